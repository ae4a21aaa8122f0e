import { captureSchema, type ArtefactKind, type Capture } from '../../shared/domain/capture.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { BlobReader } from '../vault/blobs.ts';
import { makeThumbnail, readArtefact, readProvenance, type Artefact } from './artefacts.ts';
import type { CaptureDeps } from './deps.ts';
import type { CaptureStore } from './store.ts';

/** The sealed captures of a case: finds them, and reads what is in their archives. */
export class SealedCaptures {
  readonly #deps: Pick<CaptureDeps, 'file' | 'blobs'>;
  readonly #store: CaptureStore;
  readonly #derived = new Set<Promise<unknown>>();

  constructor(deps: Pick<CaptureDeps, 'file' | 'blobs'>, store: CaptureStore) {
    this.#deps = deps;
    this.#store = store;
  }

  /** In the order of their exhibit numbers. */
  list(): Capture[] {
    return this.#store.list().map(asCapture);
  }

  /** A capture with its sealed account. Throws CAPTURE_NOT_FOUND, EVIDENCE_DAMAGED. */
  async get(id: string): Promise<{ capture: Capture; provenance: Provenance }> {
    const capture = this.find(id);
    return { capture, provenance: await readProvenance(this.wacz(capture.id), nameOf(capture)) };
  }

  /** By identifier, by the beginning of one (8 characters at least), or by exhibit number. Throws CAPTURE_NOT_FOUND, CAPTURE_AMBIGUOUS. */
  find(wanted: string): Capture {
    const text = wanted.trim().toLowerCase();
    const known = this.#store.get(text);
    if (known) return asCapture(known);
    const matches = this.#store
      .list()
      .filter(
        ({ id, exhibit }) =>
          String(exhibit) === text.replace(/^#/, '') || (text.length >= 8 && id.startsWith(text)),
      );
    const [first] = matches;
    if (!first) throw new ConstatError('CAPTURE_NOT_FOUND', { id: wanted });
    if (matches.length > 1) throw new ConstatError('CAPTURE_AMBIGUOUS', { id: wanted });
    return asCapture(first);
  }

  /** Something a capture holds beside the exchanges, its digest checked. Throws CAPTURE_NOT_FOUND, ARTEFACT_NOT_FOUND, EVIDENCE_DAMAGED. */
  async artefact(id: string, kind: ArtefactKind): Promise<Artefact> {
    const capture = this.find(id);
    if (kind !== 'thumbnail') return readArtefact(this.wacz(capture.id), kind, nameOf(capture));
    const known = this.#store.derived(capture.id, kind);
    if (known) return { ...known, name: 'thumbnail.webp' };
    try {
      return { mediaType: 'image/webp', name: 'thumbnail.webp', bytes: await this.#thumbnail(capture) };
    } catch (error) {
      if (error instanceof ConstatError && error.code === 'ARTEFACT_NOT_FOUND')
        throw new ConstatError('ARTEFACT_NOT_FOUND', { kind });
      throw error;
    }
  }

  /** The sealed archive of a capture. Throws CAPTURE_NOT_FOUND. */
  wacz(id: string): BlobReader {
    const stored = this.#store.get(id);
    if (!stored) throw new ConstatError('CAPTURE_NOT_FOUND', { id });
    return this.#deps.blobs.open(stored.waczBlob);
  }

  /** Begins to make the thumbnail. It can wait; without it the capture is as good. */
  derive(capture: Capture): void {
    const work = this.#thumbnail(capture).catch(() => undefined);
    this.#derived.add(work);
    void work.finally(() => this.#derived.delete(work));
  }

  /** Resolves once no thumbnail is being made. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#derived);
  }

  async #thumbnail(capture: Capture): Promise<Uint8Array> {
    const { bytes } = await readArtefact(this.wacz(capture.id), 'screenshot', nameOf(capture));
    const small = await makeThumbnail(bytes);
    const { file } = this.#deps;
    if (!file.readOnly)
      file.transaction(() => this.#store.putDerived(capture.id, 'thumbnail', 'image/webp', small));
    return small;
  }
}

function asCapture(stored: Capture): Capture {
  return captureSchema.parse(stored);
}

function nameOf({ exhibit }: Capture): string {
  return `exhibit ${exhibit}`;
}
