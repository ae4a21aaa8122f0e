import { v7 as uuid } from 'uuid';
import { captureOptionsSchema, type CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import { ConstatError, problem, type Problem } from '../../../shared/problems.ts';
import type { CaptureDeps } from '../deps.ts';
import { parseProxy } from '../guard/upstream-proxy.ts';
import { checkUrl } from '../guard/url-rules.ts';
import type { SealedCaptures } from '../sealed-captures.ts';
import type { CaptureStore } from '../store.ts';
import { captureJobOf, jobKind } from './capture-job.ts';
import type { News } from './news.ts';
import { runJob } from './run-job.ts';

const over = new Set<CaptureJob['state']>(['done', 'failed', 'cancelled', 'interrupted']);

/** The jobs of one case: queues them, runs them, and says how each ended. */
export class CaptureQueue {
  readonly #deps: CaptureDeps;
  readonly #store: CaptureStore;
  readonly #sealed: SealedCaptures;
  readonly #news: News;
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  readonly #waiting = new Map<string, ((job: CaptureJob) => void)[]>();
  #closed = false;

  constructor(deps: CaptureDeps, parts: { store: CaptureStore; sealed: SealedCaptures; news: News }) {
    this.#deps = deps;
    this.#store = parts.store;
    this.#sealed = parts.sealed;
    this.#news = parts.news;
  }

  /**
   * Queues one job per address. Every address is checked before anything is queued; queueing and logging are one transaction.
   * Throws URL_INVALID, URL_SCHEME, PROFILE_NOT_FOUND, CASE_READ_ONLY, DISK_FULL.
   */
  start(urls: string[], options: CaptureOptions): CaptureJob[] {
    const { file, jobs, log } = this.#deps;
    const checked = this.#checked(options);
    for (const url of urls) checkUrl(url);
    parseProxy(options.proxy);
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

  /** With the pseudonym in place of a profile's name, which no case may hold. */
  #checked(options: CaptureOptions): CaptureOptions {
    const { profiles, file } = this.#deps;
    const checked = captureOptionsSchema.parse(options);
    if (checked.profile === null) return checked;
    return { ...checked, profile: profiles.pseudonym(checked.profile, file.info.id) };
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
    this.#sealed.derive(capture);
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

  #job(id: string): CaptureJob {
    const job = this.#deps.jobs.get(id);
    if (job?.kind !== jobKind) throw new ConstatError('JOB_NOT_FOUND', { id });
    return captureJobOf(job);
  }
}
