import { v7 as uuid } from 'uuid';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import { ConstatError, problem, type Problem } from '../../../shared/problems.ts';
import type { Job } from '../../vault/jobs.ts';
import type { CaptureDeps } from '../deps.ts';
import { captureJobOf, jobKind } from './capture-job.ts';
import { wasRequested } from './was-requested.ts';

export interface JobRequest {
  url: string;
  options: CaptureOptions;
  tries: number;
  /** A recording by hand. */
  interactive?: boolean;
}

/** Writes down what becomes of jobs: the row, the entry in the log, and whether this installation still has it to do. */
export class JobBook {
  readonly #deps: Pick<CaptureDeps, 'file' | 'jobs' | 'log' | 'own'>;

  constructor(deps: Pick<CaptureDeps, 'file' | 'jobs' | 'log' | 'own'>) {
    this.#deps = deps;
  }

  /** Throws JOB_NOT_FOUND. */
  get(id: string): CaptureJob {
    const job = this.#deps.jobs.get(id);
    if (job?.kind !== jobKind) throw new ConstatError('JOB_NOT_FOUND', { id });
    return captureJobOf(job);
  }

  /** Queues jobs and logs that they were asked for, all in one transaction. Throws CASE_READ_ONLY, DISK_FULL. */
  add(requests: readonly JobRequest[]): CaptureJob[] {
    const { file, jobs, log } = this.#deps;
    const added = file.transaction(() =>
      requests.map(({ url, options, tries, interactive = false }) => {
        const job = jobs.add({ id: uuid(), kind: jobKind, request: { url, options, tries, interactive } });
        log.append({
          type: 'capture.requested',
          subject: { kind: 'job', id: job.id },
          detail: { url, options, ...(interactive ? { interactive } : {}) },
        });
        return job;
      }),
    );
    this.#own(added);
    return added.map(captureJobOf);
  }

  /** A try came to nothing and is repeated. */
  postpone(id: string, why: Problem, attempts: number, retryAt: Date): CaptureJob {
    const { file, jobs, log } = this.#deps;
    return file.transaction(() => {
      const at = retryAt.toISOString();
      const progress = { attempts, retryAt: at };
      const job = captureJobOf(jobs.update(id, { state: 'queued', problem: why, progress }));
      log.append({
        type: 'capture.postponed',
        subject: { kind: 'job', id },
        detail: { url: job.url, problem: why, attempt: attempts, retryAt: at },
      });
      return job;
    });
  }

  /** As if it had not been begun; `attempts` as they were. */
  putBack({ id, attempts }: CaptureJob): CaptureJob {
    const change = { state: 'queued', problem: null, progress: { attempts } } as const;
    return captureJobOf(this.#deps.jobs.update(id, change));
  }

  /** Writes down how it ended without a capture. */
  end(id: string, state: 'failed' | 'cancelled' | 'interrupted', why: Problem): void {
    const { file, jobs, log } = this.#deps;
    file.transaction(() => {
      const { url, options } = captureJobOf(jobs.update(id, { state, problem: why }));
      log.append({
        type: `capture.${state}`,
        subject: { kind: 'job', id },
        detail: { url, options, problem: why },
      });
    });
    // What was interrupted is still to be done.
    if (state !== 'interrupted') this.forget(id);
  }

  /** The job is over: this installation has nothing more to do for it. */
  forget(id: string): void {
    const { file, own } = this.#deps;
    file.afterCommit(() => quietly(() => own.remove(id)));
  }

  /** Notes that a job which an earlier session left is begun now. */
  tookUp({ id, url }: CaptureJob): void {
    this.#deps.log.append({ type: 'capture.resumed', subject: { kind: 'job', id }, detail: { url } });
  }

  /** Whether this installation queued the job itself. */
  isOwn(job: Job): boolean {
    return this.#deps.own.has(job.id, JSON.stringify(job.request));
  }

  /**
   * Puts interrupted jobs back into the queue, those alone that the log says were asked for; gives them. A recording by hand is begun
   * again by hand.
   */
  takeUp(found: readonly Job[]): CaptureJob[] {
    const { file, jobs, log } = this.#deps;
    const taken = found.filter((job) => {
      const shown = captureJobOf(job);
      return !shown.interactive && wasRequested(log, shown);
    });
    const change = { state: 'queued', problem: null, progress: {} } as const;
    const back = file.transaction(() => taken.map(({ id }) => captureJobOf(jobs.update(id, change))));
    this.#own(taken.filter((job) => !this.isOwn(job)));
    return back;
  }

  #own(jobs: readonly Job[]): void {
    const { file, own } = this.#deps;
    const asked = jobs.map(({ id, request }) => ({ id, request: JSON.stringify(request) }));
    file.afterCommit(() => quietly(() => own.add(asked)));
  }

  /** Withdraws jobs that nothing was done for; those the log never heard of without a word. */
  withdraw(found: readonly Job[]): CaptureJob[] {
    const { file, jobs, log } = this.#deps;
    const why = problem('CAPTURE_CANCELLED');
    return file.transaction(() =>
      found.map((job) => {
        const shown = captureJobOf(job);
        if (wasRequested(log, shown)) this.end(job.id, 'cancelled', why);
        else jobs.update(job.id, { state: 'cancelled', problem: why });
        return this.get(job.id);
      }),
    );
  }
}

/** Without a note in the operator's folder a job is only not known as this installation's own. */
function quietly(note: () => void): void {
  try {
    note();
  } catch {
    // The folder cannot be written; the job is in the case.
  }
}
