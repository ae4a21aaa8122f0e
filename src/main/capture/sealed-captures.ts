import {
  listedCaptureSchema,
  type ArtefactKind,
  type Capture,
  type ListedCapture,
} from '../../shared/domain/capture.ts';
import { pageKindSchema, type PageKind } from '../../shared/domain/page-finding.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { BlobReader } from '../vault/blobs.ts';
import { makeThumbnail, readArtefact, readProvenance, type Artefact } from './artefacts.ts';
import type { CaptureDeps } from './deps.ts';
import { pageKindOf } from './seal.ts';
import type { CaptureStore, CaptureRow } from './store.ts';

/** The sealed captures of a case: finds them, and reads what is in their archives. */
export class SealedCaptures {
  readonly #deps: Pick<CaptureDeps, 'file' | 'blobs'>;
  readonly #store: CaptureStore;
  readonly #derived = new Set<Promise<unknown>>();
  readonly #pageKinds = new Map<string, PageKind | null>();
  #lastLearned: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(deps: Pick<CaptureDeps, 'file' | 'blobs'>, store: CaptureStore) {
    this.#deps = deps;
    this.#store = store;
  }

  /** In the order of their exhibit numbers. */
  list(): ListedCapture[] {
    return this.#store.list().map((stored) => this.#listed(stored));
  }

  /** A capture with its sealed account. Throws CAPTURE_NOT_FOUND, EVIDENCE_DAMAGED. */
  async get(id: string): Promise<{ capture: ListedCapture; provenance: Provenance }> {
    const capture = this.find(id);
    return { capture, provenance: await readProvenance(this.wacz(capture.id), nameOf(capture)) };
  }

  /** By identifier, by the beginning of one (8 characters at least), or by exhibit number. Throws CAPTURE_NOT_FOUND, CAPTURE_AMBIGUOUS. */
  find(wanted: string): ListedCapture {
    const text = wanted.trim().toLowerCase();
    const known = this.#store.get(text);
    if (known) return this.#listed(known);
    const matches = this.#store
      .list()
      .filter(
        ({ id, exhibit }) =>
          String(exhibit) === text.replace(/^#/, '') || (text.length >= 8 && id.startsWith(text)),
      );
    const [first] = matches;
    if (!first) throw new ConstatError('CAPTURE_NOT_FOUND', { id: wanted });
    if (matches.length > 1) throw new ConstatError('CAPTURE_AMBIGUOUS', { id: wanted });
    return this.#listed(first);
  }

  /** Something a capture holds beside the exchanges, its digest checked. Throws CAPTURE_NOT_FOUND, ARTEFACT_NOT_FOUND, EVIDENCE_DAMAGED. */
  async artefact(id: string, kind: ArtefactKind): Promise<Artefact> {
    const capture = this.find(id);
    if (kind !== 'thumbnail')
      return readArtefact(this.wacz(capture.id), kind, nameOf(capture), capture.finalUrl);
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

  /** Resolves once nothing is being derived. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#derived, this.#lastLearned]);
  }

  #listed(stored: CaptureRow): ListedCapture {
    const pageKind = stored.pageKind ?? this.#pageKinds.get(stored.id) ?? null;
    const capture = listedCaptureSchema.parse({
      ...stored,
      pageKind: pageKindSchema.nullable().catch(null).parse(pageKind),
    });
    if (stored.pageKind === null) this.#learnPageKind(capture);
    return capture;
  }

  /** For a capture sealed before there was such a copy, or whose copy is lost: once, in the background, one account at a time. */
  #learnPageKind(capture: Capture): void {
    if (this.#pageKinds.has(capture.id)) return;
    this.#pageKinds.set(capture.id, null);
    const before = this.#lastLearned;
    const learn = async (): Promise<void> => {
      await before;
      if (this.#closed) return;
      const kind = pageKindOf(await readProvenance(this.wacz(capture.id), nameOf(capture)));
      this.#pageKinds.set(capture.id, kind);
      const { file } = this.#deps;
      if (!this.#closed && !file.readOnly) file.transaction(() => this.#store.putPageKind(capture.id, kind));
    };
    this.#lastLearned = learn().catch(() => undefined);
  }

  async #thumbnail(capture: Capture): Promise<Uint8Array> {
    const { bytes } = await readArtefact(
      this.wacz(capture.id),
      'screenshot',
      nameOf(capture),
      capture.finalUrl,
    );
    const small = await makeThumbnail(bytes);
    const { file } = this.#deps;
    if (!file.readOnly)
      file.transaction(() => this.#store.putDerived(capture.id, 'thumbnail', 'image/webp', small));
    return small;
  }
}

function nameOf({ exhibit }: Capture): string {
  return `exhibit ${exhibit}`;
}
