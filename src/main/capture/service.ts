import type { CaptureNews } from '../../shared/contract/captures.ts';
import type { ListPreview, QueueSummary } from '../../shared/domain/capture-queue.ts';
import type { CaptureOptions } from '../../shared/domain/capture-options.ts';
import type { ArtefactKind, CaptureJob, ListedCapture } from '../../shared/domain/capture.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import type { JobStore } from '../vault/jobs.ts';
import type { BlobReader } from '../vault/blobs.ts';
import type { Artefact } from './artefacts.ts';
import type { CaptureDeps } from './deps.ts';
import { InteractiveSessions } from './interactive/interactive-sessions.ts';
import { afterCrash } from './queue/after-crash.ts';
import { captureJobOf, jobKind } from './queue/capture-job.ts';
import { CaptureQueue, type QueueParts } from './queue/capture-queue.ts';
import { AddressLists, type ListRequest } from './queue/list.ts';
import { News } from './queue/news.ts';
import { Salvage } from './salvage/salvage.ts';
import { SealedCaptures } from './sealed-captures.ts';
import { CaptureStore } from './store.ts';

const shownStates = ['running', 'queued', 'interrupted', 'failed', 'cancelled'] as const;
const JOBS_SHOWN = 50;

/** The captures of one case: asks for them, has them made and sealed, and reads what was sealed. */
export class CaptureService {
  readonly #news = new News();
  readonly #sealed: SealedCaptures;
  readonly #queue: CaptureQueue;
  readonly #byHand: InteractiveSessions;
  readonly #lists: AddressLists;
  readonly #jobs: JobStore;
  readonly #salvage: Salvage;

  constructor(deps: CaptureDeps) {
    const store = new CaptureStore(deps.file);
    this.#sealed = new SealedCaptures(deps, store);
    this.#jobs = deps.jobs;
    const parts: QueueParts = {
      store,
      news: this.#news,
      onSealed: (capture) => this.#sealed.derive(capture),
    };
    this.#queue = new CaptureQueue(deps, parts);
    this.#byHand = new InteractiveSessions(deps, parts);
    this.#lists = new AddressLists({ store, jobs: deps.jobs, queue: this.#queue });
    const left = deps.file.readOnly ? [] : afterCrash(deps);
    this.#salvage = new Salvage(deps, store, left, ({ capture, job }) => {
      this.#queue.salvaged(job);
      this.#news.tell({ type: 'sealed', capture });
      this.#sealed.derive(capture);
    });
  }

  /**
   * Queues one job per address. Every address is checked before anything is queued; queueing and logging are one transaction.
   * `tries` as the settings say where there is more than one; a single address is tried once, for somebody waits for it.
   * Throws URL_INVALID, URL_SCHEME, CASE_READ_ONLY, DISK_FULL.
   */
  start(urls: string[], options: CaptureOptions, tries?: number): CaptureJob[] {
    return this.#queue.start(urls, options, tries);
  }

  /** What is in a list of addresses; changes nothing. Throws INPUT_INVALID for one that is too long. */
  previewList(request: ListRequest): ListPreview {
    return this.#lists.preview(request);
  }

  /** Queues a list of addresses; see `AddressLists.start`. */
  async startList(request: ListRequest): ReturnType<AddressLists['start']> {
    await this.#salvage.done;
    return this.#lists.start(request);
  }

  /** Resolves once what a crash left of recordings is sealed as far as it came; gives the jobs that were. */
  salvaged(): Promise<CaptureJob[]> {
    return this.#salvage.done;
  }

  /** Goes on with what an earlier session left; see `CaptureQueue.resume`. */
  async resume(which: { foreign: boolean }): Promise<{ jobIds: string[]; left: number }> {
    await this.#salvage.done;
    return this.#queue.resume(which);
  }

  /** Begins no further capture, or begins again. */
  hold(held: boolean): void {
    this.#queue.hold(held);
  }

  /** Tries one waiting job, or all of them, as soon as there is room. Throws JOB_NOT_FOUND. */
  tryNow(jobId?: string): void {
    this.#queue.tryNow(jobId);
  }

  /** Withdraws everything that is not begun; gives how many jobs that were. */
  async cancelWaiting(): Promise<number> {
    await this.#salvage.done;
    return this.#queue.cancelWaiting();
  }

  /** How the queue stands. */
  summary(): QueueSummary {
    return this.#queue.summary();
  }

  /**
   * Opens a window that a person drives and records all of it, until they finish. Throws as `start` does, and NO_SCREEN.
   */
  startInteractive(url: string, options: CaptureOptions, whenClosed: 'seal' | 'ask'): CaptureJob {
    return this.#byHand.start(url, this.#queue.checked(options), whenClosed);
  }

  /** Ends a recording by hand; it is then sealed. Throws SESSION_NOT_FOUND. */
  finishInteractive(jobId: string): CaptureJob {
    return this.#byHand.finish(jobId);
  }

  /** Has the page in front kept whole as it looks now; resolves when it is. Throws SESSION_NOT_FOUND. */
  markPage(jobId: string): Promise<CaptureJob> {
    return this.#byHand.mark(jobId);
  }

  /** Stops a job that waits or runs; one that is over stays as it is. Nothing of it is kept. Throws JOB_NOT_FOUND. */
  cancel(jobId: string): CaptureJob {
    return this.#byHand.cancel(jobId) ?? this.#queue.cancel(jobId);
  }

  /**
   * Jobs that wait or run, and those that ended without a capture and were not dismissed; oldest first. Of each state the oldest
   * fifty: the summary has the numbers.
   */
  jobs(): CaptureJob[] {
    return shownStates
      .flatMap((state) => this.#jobs.page(jobKind, state, JOBS_SHOWN))
      .map((job) => this.#byHand.live(captureJobOf(job)))
      .toSorted((one, other) =>
        one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : 0,
      );
  }

  /** Takes an ended job off the list; the log keeps it. Throws JOB_NOT_FOUND. */
  dismiss(jobId: string): void {
    this.#queue.dismiss(jobId);
  }

  /** Resolves with the job once it is over. Throws JOB_NOT_FOUND. */
  settled(jobId: string): Promise<CaptureJob> {
    return this.#byHand.settled(jobId) ?? this.#queue.settled(jobId);
  }

  /** Sealed captures in the order of their exhibit numbers. */
  list(): ListedCapture[] {
    return this.#sealed.list();
  }

  /** A capture with its sealed account. Throws CAPTURE_NOT_FOUND, EVIDENCE_DAMAGED. */
  get(id: string): Promise<{ capture: ListedCapture; provenance: Provenance }> {
    return this.#sealed.get(id);
  }

  /** By identifier, by the beginning of one (8 characters at least), or by exhibit number. Throws CAPTURE_NOT_FOUND, CAPTURE_AMBIGUOUS. */
  find(wanted: string): ListedCapture {
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

  /** Cuts short what runs, and leaves no process. What it leaves goes on in another session, when a person says so. */
  async close(): Promise<void> {
    await Promise.all([this.#queue.close(), this.#byHand.close()]);
    await this.#sealed.close();
    this.#news.close();
  }
}
