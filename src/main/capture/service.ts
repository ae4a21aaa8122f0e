import type { CaptureNews } from '../../shared/contract/captures.ts';
import type { CaptureOptions } from '../../shared/domain/capture-options.ts';
import type { ArtefactKind, Capture, CaptureJob } from '../../shared/domain/capture.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import type { BlobReader } from '../vault/blobs.ts';
import type { Artefact } from './artefacts.ts';
import type { CaptureDeps } from './deps.ts';
import { afterCrash } from './queue/after-crash.ts';
import { CaptureQueue } from './queue/capture-queue.ts';
import { News } from './queue/news.ts';
import { SealedCaptures } from './sealed-captures.ts';
import { CaptureStore } from './store.ts';

/** The captures of one case: asks for them, has them made and sealed, and reads what was sealed. */
export class CaptureService {
  readonly #news = new News();
  readonly #sealed: SealedCaptures;
  readonly #queue: CaptureQueue;

  constructor(deps: CaptureDeps) {
    const store = new CaptureStore(deps.file);
    this.#sealed = new SealedCaptures(deps, store);
    this.#queue = new CaptureQueue(deps, { store, sealed: this.#sealed, news: this.#news });
    if (!deps.file.readOnly) afterCrash(deps);
  }

  /**
   * Queues one job per address. Every address is checked before anything is queued; queueing and logging are one transaction.
   * Throws URL_INVALID, URL_SCHEME, CASE_READ_ONLY, DISK_FULL.
   */
  start(urls: string[], options: CaptureOptions): CaptureJob[] {
    return this.#queue.start(urls, options);
  }

  /** Stops a job that waits or runs; one that is over stays as it is. Nothing of it is kept. Throws JOB_NOT_FOUND. */
  cancel(jobId: string): CaptureJob {
    return this.#queue.cancel(jobId);
  }

  /** Jobs that wait or run, and those that ended without a capture and were not dismissed; oldest first. */
  jobs(): CaptureJob[] {
    return this.#queue.jobs();
  }

  /** Takes an ended job off the list; the log keeps it. Throws JOB_NOT_FOUND. */
  dismiss(jobId: string): void {
    this.#queue.dismiss(jobId);
  }

  /** Resolves with the job once it is over. Throws JOB_NOT_FOUND. */
  settled(jobId: string): Promise<CaptureJob> {
    return this.#queue.settled(jobId);
  }

  /** Sealed captures in the order of their exhibit numbers. */
  list(): Capture[] {
    return this.#sealed.list();
  }

  /** A capture with its sealed account. Throws CAPTURE_NOT_FOUND, EVIDENCE_DAMAGED. */
  get(id: string): Promise<{ capture: Capture; provenance: Provenance }> {
    return this.#sealed.get(id);
  }

  /** By identifier, by the beginning of one (8 characters at least), or by exhibit number. Throws CAPTURE_NOT_FOUND, CAPTURE_AMBIGUOUS. */
  find(wanted: string): Capture {
    return this.#sealed.find(wanted);
  }

  /** Something a capture holds beside the exchanges, its digest checked. Throws CAPTURE_NOT_FOUND, ARTEFACT_NOT_FOUND, EVIDENCE_DAMAGED. */
  artefact(id: string, kind: ArtefactKind): Promise<Artefact> {
    return this.#sealed.artefact(id, kind);
  }

  /** The sealed archive of a capture. Throws CAPTURE_NOT_FOUND. */
  wacz(id: string): BlobReader {
    return this.#sealed.wacz(id);
  }

  /** News of jobs and captures from now on, until `signal` is aborted or the service closes. */
  watch(signal?: AbortSignal): AsyncIterable<CaptureNews> {
    return this.#news.watch(signal);
  }

  /** Cancels what runs, and leaves no process. What waits is marked as interrupted when the case is opened again. */
  async close(): Promise<void> {
    await this.#queue.close();
    await this.#sealed.close();
    this.#news.close();
  }
}
