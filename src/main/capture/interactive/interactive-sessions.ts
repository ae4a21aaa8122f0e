import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import { ConstatError, type Problem } from '../../../shared/problems.ts';
import { hasScreen } from '../browser.ts';
import type { CaptureDeps } from '../deps.ts';
import { checkUrl } from '../guard/url-rules.ts';
import type { QueueParts } from '../queue/capture-queue.ts';
import { JobBook } from '../queue/job-book.ts';
import { runJob } from '../queue/run-job.ts';
import { SessionControl } from './session-control.ts';

interface Running {
  abort: AbortController;
  control: SessionControl;
  /** Resolves with the job once it is over. */
  done: Promise<CaptureJob>;
}

/** The recordings by hand of one case. They wait for nothing and take no place in the queue: a person sits before them. */
export class InteractiveSessions {
  readonly #deps: CaptureDeps;
  readonly #parts: QueueParts;
  readonly #book: JobBook;
  readonly #running = new Map<string, Running>();

  constructor(deps: CaptureDeps, parts: QueueParts) {
    this.#deps = deps;
    this.#parts = parts;
    this.#book = new JobBook(deps);
  }

  /** Logs that it was asked for and opens the window. Throws URL_INVALID, URL_SCHEME, NO_SCREEN, CASE_READ_ONLY, DISK_FULL. */
  start(url: string, options: CaptureOptions, whenClosed: 'seal' | 'ask'): CaptureJob {
    checkUrl(url);
    if (!hasScreen()) throw new ConstatError('NO_SCREEN');
    const [job] = this.#book.add([{ url, options, tries: 1, interactive: true }]);
    if (!job) throw new ConstatError('SESSION_NOT_FOUND');
    const abort = new AbortController();
    const control = new SessionControl(whenClosed);
    const done = this.#run(job, control, abort.signal).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, { abort, control, done });
    return this.live(this.#book.get(job.id));
  }

  /** Throws SESSION_NOT_FOUND. */
  finish(jobId: string): CaptureJob {
    this.#control(jobId).finish();
    return this.live(this.#book.get(jobId));
  }

  /** Resolves once the page in front is kept. Throws SESSION_NOT_FOUND. */
  async mark(jobId: string): Promise<CaptureJob> {
    await this.#control(jobId).mark();
    return this.live(this.#book.get(jobId));
  }

  /** Throws a recording away; null for a job that is none. */
  cancel(jobId: string): CaptureJob | null {
    const running = this.#running.get(jobId);
    if (!running) return null;
    running.abort.abort(new ConstatError('CAPTURE_CANCELLED'));
    running.control.wake();
    return this.live(this.#book.get(jobId));
  }

  /** A job with how its recording stands. */
  live(job: CaptureJob): CaptureJob {
    return { ...job, session: this.#running.get(job.id)?.control.state ?? null };
  }

  /** Null for a job that is no recording by hand that runs. */
  settled(jobId: string): Promise<CaptureJob> | null {
    return this.#running.get(jobId)?.done ?? null;
  }

  /** Cuts short what runs, and leaves no process. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { abort, control } of running) {
      abort.abort(new ConstatError('CAPTURE_INTERRUPTED'));
      control.wake();
    }
    await Promise.allSettled(running.map(({ done }) => done));
  }

  #control(jobId: string): SessionControl {
    const running = this.#running.get(jobId);
    if (!running) throw new ConstatError('SESSION_NOT_FOUND');
    return running.control;
  }

  async #run(job: CaptureJob, session: SessionControl, signal: AbortSignal): Promise<CaptureJob> {
    const { news, store, onSealed } = this.#parts;
    const onChange = (changed: CaptureJob): void => news.tell({ type: 'job', job: changed });
    const outcome = await runJob(this.#deps, store, job, { signal, keepBusy: true, onChange, session });
    session.end();
    if ('problem' in outcome) return this.#ended(job, outcome.problem);
    this.#book.forget(job.id);
    news.tell({ type: 'sealed', capture: outcome.capture });
    onSealed(outcome.capture);
    return this.#told(this.#book.get(job.id));
  }

  #ended(job: CaptureJob, why: Problem): CaptureJob {
    const states: Partial<Record<Problem['code'], 'cancelled' | 'interrupted'>> = {
      CAPTURE_CANCELLED: 'cancelled',
      CAPTURE_INTERRUPTED: 'interrupted',
    };
    const state = states[why.code] ?? 'failed';
    try {
      this.#book.end(job.id, state, why);
    } catch {
      // The disk may be full: the job is found running, and marked, at the next start.
      return this.#told({ ...job, state, problem: why });
    }
    return this.#told(this.#book.get(job.id));
  }

  #told(job: CaptureJob): CaptureJob {
    this.#parts.news.tell({ type: 'job', job });
    return job;
  }
}
