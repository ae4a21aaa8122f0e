import { v7 as uuid } from 'uuid';
import type { CaptureNews } from '../../shared/contract/captures.ts';
import { captureOptionsSchema, type CaptureOptions } from '../../shared/domain/capture-options.ts';
import { type Provenance } from '../../shared/domain/provenance.ts';
import {
  captureSchema,
  type ArtefactKind,
  type Capture,
  type CaptureJob,
} from '../../shared/domain/capture.ts';
import { ConstatError, problem, type Problem } from '../../shared/problems.ts';
import type { WaczSigner } from '../archive/wacz/signature.ts';
import type { CustodyLog } from '../custody/log.ts';
import type { OperatorKey } from '../custody/operator-key.ts';
import type { BlobReader, BlobStore } from '../vault/blobs.ts';
import type { CaseFile } from '../vault/case-file.ts';
import type { JobStore } from '../vault/jobs.ts';
import { makeThumbnail, readArtefact, readProvenance, type Artefact } from './artefacts.ts';
import type { BrowserFound } from './find-browser.ts';
import type { Resolver } from './guard/names.ts';
import { checkUrl } from './guard/url-rules.ts';
import { captureJobOf, jobKind } from './jobs.ts';
import { News } from './news.ts';
import { removeStaleProfiles } from './profile-folder.ts';
import { runJob } from './run-job.ts';
import { CaptureStore } from './store.ts';

export interface CaptureDeps {
  file: CaseFile;
  blobs: BlobStore;
  jobs: JobStore;
  log: CustodyLog;
  key: OperatorKey;
  operatorName(): string;
  findBrowser(): Promise<BrowserFound>;
  waczSigner?: WaczSigner;
  /** Captures at the same time; one unless told otherwise. */
  concurrency?: number;
  /** Replaces the machine's name resolution, in tests. */
  resolver?: Resolver;
  /** Addresses that count as public, in tests. */
  publicToo?: readonly string[];
}

const over = new Set<CaptureJob['state']>(['done', 'failed', 'cancelled', 'interrupted']);

/** The captures of one case: asks for them, runs them one after the other, seals them, and reads what was sealed. */
export class CaptureService {
  readonly #deps: CaptureDeps;
  readonly #store: CaptureStore;
  readonly #news = new News();
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  readonly #waiting = new Map<string, ((job: CaptureJob) => void)[]>();
  readonly #derived = new Set<Promise<unknown>>();
  #closed = false;

  constructor(deps: CaptureDeps) {
    this.#deps = deps;
    this.#store = new CaptureStore(deps.file);
    if (!deps.file.readOnly) this.#afterCrash();
  }

  /**
   * Queues one job per address. Every address is checked before anything is queued; queueing and logging are one transaction.
   * Throws URL_INVALID, URL_SCHEME, CASE_READ_ONLY, DISK_FULL.
   */
  start(urls: string[], options: CaptureOptions): CaptureJob[] {
    const { file, jobs, log } = this.#deps;
    const checked = captureOptionsSchema.parse(options);
    for (const url of urls) checkUrl(url);
    const added = file.transaction(() =>
      urls.map((url) => {
        const job = jobs.add({ id: uuid(), kind: jobKind, request: { url, options: checked } });
        log.append({
          type: 'capture.requested',
          subject: { kind: 'job', id: job.id },
          detail: { url, options: checked },
        });
        return captureJobOf(job);
      }),
    );
    for (const job of added) this.#news.tell({ type: 'job', job });
    this.#next();
    return added;
  }

  /** Stops a job that waits or runs; one that is over stays as it is. Nothing of it is kept. Throws JOB_NOT_FOUND. */
  cancel(jobId: string): CaptureJob {
    const job = this.#job(jobId);
    const running = this.#running.get(jobId);
    if (running) running.abort.abort(new ConstatError('CAPTURE_CANCELLED'));
    else if (job.state === 'queued') this.#end(jobId, 'cancelled', problem('CAPTURE_CANCELLED'));
    return this.#job(jobId);
  }

  /** Jobs that wait or run, and those that ended without a capture and were not dismissed; oldest first. */
  jobs(): CaptureJob[] {
    return this.#deps.jobs
      .list(jobKind)
      .map(captureJobOf)
      .filter(({ state }) => state !== 'done');
  }

  /** Takes an ended job off the list; the log keeps it. Throws JOB_NOT_FOUND. */
  dismiss(jobId: string): void {
    if (!over.has(this.#job(jobId).state)) throw new ConstatError('JOB_NOT_FOUND', { id: jobId });
    this.#deps.jobs.dismiss(jobId);
  }

  /** Sealed captures in the order of their exhibit numbers. */
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
    const matches = this.#store
      .list()
      .filter(
        ({ id, exhibit }) =>
          id === text ||
          String(exhibit) === text.replace(/^#/, '') ||
          (text.length >= 8 && id.startsWith(text)),
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

  /** News of jobs and captures from now on, until `signal` is aborted or the service closes. */
  watch(signal?: AbortSignal): AsyncIterable<CaptureNews> {
    return this.#news.watch(signal);
  }

  /** Resolves with the job once it is over. Throws JOB_NOT_FOUND. */
  async settled(jobId: string): Promise<CaptureJob> {
    const job = this.#job(jobId);
    if (over.has(job.state)) return job;
    return new Promise((resolve) => {
      this.#waiting.set(jobId, [...(this.#waiting.get(jobId) ?? []), resolve]);
    });
  }

  /** Cancels what runs, and leaves no process. What waits is marked as interrupted when the case is opened again. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const { abort } of this.#running.values()) abort.abort(new ConstatError('CAPTURE_CANCELLED'));
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
    await Promise.allSettled(this.#derived);
    this.#news.close();
  }

  /**
   * A crash leaves jobs that say they run or wait, blobs without an end, and browser profiles. None of the jobs goes on by itself: a
   * case file may come from anybody, and opening it must send nothing. The log speaks only of jobs that it knows were asked for.
   */
  #afterCrash(): void {
    const { file, jobs, log, blobs } = this.#deps;
    removeStaleProfiles();
    file.transaction(() => {
      for (const id of jobs.interruptUnfinished(jobKind)) {
        const why = problem('CAPTURE_INTERRUPTED');
        const { url, options } = captureJobOf(jobs.update(id, { problem: why }));
        if (!this.#wasRequested(id, url)) continue;
        log.append({
          type: 'capture.interrupted',
          subject: { kind: 'job', id },
          detail: { url, options, problem: why },
        });
      }
    });
    blobs.discardUnfinished();
  }

  #wasRequested(jobId: string, url: string): boolean {
    const events = this.#deps.log.events({ subjects: [{ kind: 'job', id: jobId }] });
    return events.some(({ leaf, detail }) => leaf.type === 'capture.requested' && detail?.['url'] === url);
  }

  #next(): void {
    if (this.#closed) return;
    for (const job of this.#deps.jobs.list(jobKind)) {
      if (this.#running.size >= (this.#deps.concurrency ?? 1)) return;
      if (job.state === 'queued' && !this.#running.has(job.id)) this.#begin(captureJobOf(job));
    }
  }

  #begin(job: CaptureJob): void {
    const abort = new AbortController();
    const done = this.#run(job, abort.signal).finally(() => {
      this.#running.delete(job.id);
      this.#next();
    });
    this.#running.set(job.id, { abort, done });
  }

  async #run(job: CaptureJob, signal: AbortSignal): Promise<void> {
    const outcome = await runJob(this.#deps, this.#store, job, signal, (update) =>
      this.#news.tell({ type: 'job', job: update }),
    );
    if ('problem' in outcome) {
      this.#end(
        job.id,
        outcome.problem.code === 'CAPTURE_CANCELLED' ? 'cancelled' : 'failed',
        outcome.problem,
      );
      return;
    }
    const { capture } = outcome;
    this.#news.tell({ type: 'sealed', capture });
    this.#settle(job.id);
    this.#derive(capture);
  }

  #end(jobId: string, state: 'failed' | 'cancelled', why: Problem): void {
    const { file, jobs, log } = this.#deps;
    try {
      file.transaction(() => {
        const { url, options } = captureJobOf(jobs.update(jobId, { state, problem: why }));
        log.append({
          type: state === 'failed' ? 'capture.failed' : 'capture.cancelled',
          subject: { kind: 'job', id: jobId },
          detail: { url, options, problem: why },
        });
      });
    } catch {
      // The disk may be full: then neither the job nor the log can say so now. The job is found running, and marked, at the next start.
      this.#settle(jobId, { state, problem: why });
      return;
    }
    this.#settle(jobId);
  }

  #settle(jobId: string, unsaved: Partial<CaptureJob> = {}): void {
    const job = { ...this.#job(jobId), ...unsaved };
    this.#news.tell({ type: 'job', job });
    for (const resolve of this.#waiting.get(jobId) ?? []) resolve(job);
    this.#waiting.delete(jobId);
  }

  /** The thumbnail can wait; without it the capture is as good. */
  #derive(capture: Capture): void {
    const work = this.#thumbnail(capture).catch(() => undefined);
    this.#derived.add(work);
    void work.finally(() => this.#derived.delete(work));
  }

  async #thumbnail(capture: Capture): Promise<Uint8Array> {
    const { bytes } = await readArtefact(this.wacz(capture.id), 'screenshot', nameOf(capture));
    const small = await makeThumbnail(bytes);
    const { file } = this.#deps;
    if (!file.readOnly)
      file.transaction(() => this.#store.putDerived(capture.id, 'thumbnail', 'image/webp', small));
    return small;
  }

  #job(id: string): CaptureJob {
    const job = this.#deps.jobs.get(id);
    if (job?.kind !== jobKind) throw new ConstatError('JOB_NOT_FOUND', { id });
    return captureJobOf(job);
  }
}

function asCapture(stored: Capture): Capture {
  return captureSchema.parse(stored);
}

function nameOf({ exhibit }: Capture): string {
  return `exhibit ${exhibit}`;
}
