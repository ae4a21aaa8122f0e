import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { QueueSummary } from '../../../shared/domain/capture-queue.ts';
import { captureOptionsSchema, type CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { Capture, CaptureJob } from '../../../shared/domain/capture.ts';
import { ConstatError, problem, problemOf, type Problem } from '../../../shared/problems.ts';
import type { Job } from '../../vault/jobs.ts';
import type { CaptureDeps } from '../deps.ts';
import { destination } from '../guard/load-problem.ts';
import { parseProxy } from '../guard/upstream-proxy.ts';
import { checkUrl } from '../guard/url-rules.ts';
import type { CaptureStore } from '../store.ts';
import { pauseAfter, retryAfter } from './back-off.ts';
import { jobKind, laneOf, openHosts } from './capture-job.ts';
import { systemClock, type Clock } from './clock.ts';
import { JobBook, type JobRequest } from './job-book.ts';
import { meaningOf, systemNetwork, type Network } from './network.ts';
import type { News } from './news.ts';
import { OfflineWatch } from './offline-watch.ts';
import { runJob } from './run-job.ts';
import { Schedule, type Limits } from './schedule.ts';
import { setbackOf } from './setback.ts';

const over = new Set<CaptureJob['state']>(['done', 'failed', 'cancelled', 'interrupted']);

/** Failures of one host in a row after which its further addresses are tried once only. */
const HOST_GIVEN_UP = 8;
/** Watchers are told of the queue as a whole at most this often (milliseconds). */
const SUMMARY_EVERY = 400;
/** Jobs written or read in one go, before others get their turn. */
export const BATCH = 200;
/** More new jobs than this are not told one by one. */
const TOLD_SINGLY = 50;

export interface QueueParts {
  store: CaptureStore;
  news: News;
  onSealed: (capture: Capture) => void;
}

/** The jobs of one case: when each is begun, what follows from how it ends, and what is left for another session. */
export class CaptureQueue {
  readonly #deps: CaptureDeps;
  readonly #parts: QueueParts;
  readonly #book: JobBook;
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #offline: OfflineWatch;
  readonly #schedule = new Schedule();
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  readonly #listeners = new Map<string, ((job: CaptureJob) => void)[]>();
  /** Left by an earlier session and not begun yet. */
  readonly #takenUp = new Set<string>();
  #held: QueueSummary['held'] = null;
  #stopWaiting: () => void = () => undefined;
  #stopTelling: (() => void) | null = null;
  #closed = false;

  constructor(deps: CaptureDeps, parts: QueueParts) {
    this.#deps = deps;
    this.#parts = parts;
    this.#book = new JobBook(deps);
    this.#clock = deps.clock ?? systemClock;
    this.#network = deps.network ?? systemNetwork(deps.resolver);
    this.#offline = new OfflineWatch({
      clock: this.#clock,
      network: this.#network,
      hosts: () => openHosts(this.#schedule.lanes()),
      onChange: () => this.#pump(),
    });
  }

  /** Queues one job per address; see `CaptureService.start`. */
  start(urls: readonly string[], options: CaptureOptions, tries: number | undefined): CaptureJob[] {
    const checked = this.checked(options);
    for (const url of urls) checkUrl(url);
    const times = tries ?? (urls.length > 1 ? this.triesOfLists : 1);
    return this.add(urls.map((url) => ({ url, options: checked, tries: times })));
  }

  /** Queues jobs that were checked. */
  add(requests: readonly JobRequest[]): CaptureJob[] {
    const added = this.#book.add(requests);
    this.#enter(added);
    return added;
  }

  /** Options that hold, with the pseudonym in place of a profile's name, which no case may hold. Throws PROFILE_NOT_FOUND, INPUT_INVALID. */
  checked(options: CaptureOptions): CaptureOptions {
    const { profiles, file } = this.#deps;
    const checked = captureOptionsSchema.parse(options);
    parseProxy(checked.proxy);
    if (checked.profile === null) return checked;
    return { ...checked, profile: profiles.pseudonym(checked.profile, file.info.id) };
  }

  /** Stops a job that waits or runs; one that is over stays as it is. Nothing of it is kept. Throws JOB_NOT_FOUND. */
  cancel(jobId: string): CaptureJob {
    const job = this.#book.get(jobId);
    const running = this.#running.get(jobId);
    if (running) running.abort.abort(new ConstatError('CAPTURE_CANCELLED'));
    else if (!over.has(job.state)) this.#end(jobId, 'cancelled', problem('CAPTURE_CANCELLED'));
    return this.#book.get(jobId);
  }

  /** Withdraws everything that is not begun, what an earlier session left included; gives how many jobs that were. */
  async cancelWaiting(): Promise<number> {
    let count = 0;
    for (const state of ['queued', 'interrupted'] as const) {
      await this.#inBatches(state, (jobs) => {
        const idle = jobs.filter(({ id }) => !this.#running.has(id));
        for (const job of this.#book.withdraw(idle)) this.#over(job);
        count += idle.length;
      });
    }
    return count;
  }

  /**
   * Goes on with what an earlier session left: what this installation queued, and with `foreign` also what another did, where the log
   * says that it was asked for. Gives the jobs that go on, and how many are left.
   */
  async resume({ foreign }: { foreign: boolean }): Promise<{ jobIds: string[]; left: number }> {
    const jobIds: string[] = [];
    await this.#inBatches('interrupted', (jobs) => {
      for (const { id } of this.takeUp(jobs.filter((job) => foreign || this.#book.isOwn(job))))
        jobIds.push(id);
    });
    return { jobIds, left: this.#deps.jobs.count(jobKind, 'interrupted') };
  }

  /** Puts interrupted jobs back into the queue; gives those the log knows. */
  takeUp(jobs: readonly Job[]): CaptureJob[] {
    const back = this.#book.takeUp(jobs);
    for (const { id } of back) this.#takenUp.add(id);
    this.#enter(back);
    return back;
  }

  /** How often an address of a list is tried, unless said otherwise. */
  get triesOfLists(): number {
    return this.#deps.queueSettings().tries;
  }

  isOwn(job: Job): boolean {
    return this.#book.isOwn(job);
  }

  /** Tries one waiting job, or all of them, as soon as there is room, and looks for a network at once. */
  tryNow(jobId?: string): void {
    if (jobId !== undefined) this.#book.get(jobId);
    this.#schedule.hasten(jobId);
    void this.#offline.look();
    this.#pump();
  }

  /** A job that an earlier session left was sealed as far as it came. */
  salvaged(job: CaptureJob): void {
    this.#book.forget(job.id);
    this.#over(job);
  }

  /** Begins no further capture, or begins again. */
  hold(held: boolean): void {
    this.#held = held ? { problem: null } : null;
    this.#pump();
  }

  summary(): QueueSummary {
    const { jobs } = this.#deps;
    const { count: waiting, next } = this.#schedule.waiting();
    const offline = this.#offline.state;
    return {
      queued: this.#schedule.size,
      waiting,
      running: this.#running.size,
      interrupted: jobs.count(jobKind, 'interrupted'),
      failed: jobs.count(jobKind, 'failed'),
      cancelled: jobs.count(jobKind, 'cancelled'),
      nextTryAt: next === null ? null : instant(next),
      held: this.#held,
      offline: offline && { since: instant(offline.since), looksAt: instant(offline.looksAt) },
    };
  }

  /** Takes an ended job off the list; the log keeps it. Throws JOB_NOT_FOUND. */
  dismiss(jobId: string): void {
    if (!over.has(this.#book.get(jobId).state)) throw new ConstatError('JOB_NOT_FOUND', { id: jobId });
    this.#deps.jobs.dismiss(jobId);
    this.#tellSoon();
  }

  /** Resolves with the job once it is over. Throws JOB_NOT_FOUND. */
  async settled(jobId: string): Promise<CaptureJob> {
    const job = this.#book.get(jobId);
    if (over.has(job.state)) return job;
    return new Promise((resolve) => {
      this.#listeners.set(jobId, [...(this.#listeners.get(jobId) ?? []), resolve]);
    });
  }

  /** Cuts short what runs, and leaves no process. It goes on, with what waits, when a person says so in another session. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWaiting();
    this.#stopTelling?.();
    this.#offline.stop();
    for (const { abort } of this.#running.values()) abort.abort(new ConstatError('CAPTURE_INTERRUPTED'));
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }

  #enter(jobs: readonly CaptureJob[]): void {
    for (const job of jobs) this.#schedule.add(job.id, laneOf(job));
    if (jobs.length <= TOLD_SINGLY) for (const job of jobs) this.#parts.news.tell({ type: 'job', job });
    this.#pump();
  }

  async #inBatches(state: 'queued' | 'interrupted', work: (jobs: readonly Job[]) => void): Promise<void> {
    const { jobs, file } = this.#deps;
    for (let page = jobs.page(jobKind, state, BATCH); page.length > 0 && !this.#closed;) {
      file.transaction(() => work(page));
      await setImmediate();
      page = this.#closed ? [] : jobs.page(jobKind, state, BATCH, page.at(-1));
    }
    this.#pump();
  }

  /** Begins what may begin, and sees to it that it looks again when something more may. */
  #pump(): void {
    if (this.#closed) return;
    this.#stopWaiting();
    this.#tellSoon();
    if (this.#held || this.#offline.state) return;
    try {
      const limits = this.#limits();
      for (let id = this.#next(limits); id !== null; id = this.#next(limits)) this.#begin(id);
      const at = this.#schedule.wakeAt(limits);
      if (at !== null) this.#stopWaiting = this.#clock.after(at - this.#clock.now(), () => this.#pump());
    } catch (error) {
      this.#held = { problem: problemOf(error) };
    }
  }

  #next(limits: Limits): string | null {
    return this.#schedule.next(this.#clock.now(), limits);
  }

  #limits(): Limits {
    const { concurrency, hostPause } = this.#deps.queueSettings();
    const suited = Math.max(2, Math.min(4, Math.floor(availableParallelism() / 2)));
    return { concurrency: concurrency === 0 ? suited : concurrency, pause: hostPause };
  }

  #begin(id: string): void {
    const job = this.#book.get(id);
    if (this.#takenUp.delete(id)) this.#book.tookUp(job);
    const abort = new AbortController();
    const done = this.#run(job, abort.signal)
      .catch((error: unknown) => this.#stopFor(problemOf(error)))
      .finally(() => {
        this.#running.delete(id);
        this.#pump();
      });
    this.#running.set(id, { abort, done });
  }

  async #run(job: CaptureJob, signal: AbortSignal): Promise<void> {
    const lane = laneOf(job);
    const isLast = job.attempts + 1 >= job.tries || this.#schedule.laneFailures(lane) >= HOST_GIVEN_UP;
    const onChange = (changed: CaptureJob): void => this.#parts.news.tell({ type: 'job', job: changed });
    const outcome = await runJob(this.#deps, this.#parts.store, job, { signal, keepBusy: isLast, onChange });
    if ('problem' in outcome) {
      await this.#failed(job, outcome.problem, { signal, isLast, asked: outcome.retryAfter });
      return;
    }
    this.#schedule.remove(job.id);
    this.#schedule.laneGave(lane);
    this.#offline.reached();
    this.#book.forget(job.id);
    this.#parts.news.tell({ type: 'sealed', capture: outcome.capture });
    this.#over(this.#book.get(job.id));
    this.#parts.onSealed(outcome.capture);
  }

  async #failed(
    job: CaptureJob,
    why: Problem,
    { signal, isLast, asked }: { signal: AbortSignal; isLast: boolean; asked: string | null },
  ): Promise<void> {
    const lane = laneOf(job);
    let setback: ReturnType<typeof setbackOf> | 'offline' = setbackOf(why);
    if (setback === 'network') {
      const failed = { host: destination(job.url).host, code: why.params['code'] ?? '' };
      setback = await meaningOf(failed, openHosts(this.#schedule.lanes()), this.#network);
    }
    if (signal.aborted) {
      const { problem: cause } =
        signal.reason instanceof ConstatError ? signal.reason : new ConstatError('CAPTURE_CANCELLED');
      this.#end(job.id, cause.code === 'CAPTURE_INTERRUPTED' ? 'interrupted' : 'cancelled', cause);
    } else if (setback === 'offline') {
      this.#schedule.add(job.id, lane);
      this.#offline.begin();
      this.#parts.news.tell({ type: 'job', job: this.#book.putBack(job) });
    } else if (setback === 'final' || setback === 'stop' || isLast) {
      if (setback === 'host') this.#schedule.laneFailed(lane);
      this.#end(job.id, 'failed', why);
      if (setback === 'stop' && this.#schedule.size > 0) this.#stopFor(why);
    } else {
      this.#postpone(job, why, setback === 'host', asked);
    }
  }

  #postpone(job: CaptureJob, why: Problem, wholeHost: boolean, asked: string | null): void {
    const lane = laneOf(job);
    const now = this.#clock.now();
    const attempts = job.attempts + 1;
    const failures = wholeHost ? Math.max(attempts, this.#schedule.laneFailed(lane)) : attempts;
    const random = this.#deps.random ?? Math.random;
    const at = now + pauseAfter(failures, retryAfter(asked, now), random());
    const changed = this.#book.postpone(job.id, why, attempts, new Date(at));
    this.#schedule.add(job.id, lane, at);
    if (wholeHost) this.#schedule.holdLane(lane, at);
    this.#parts.news.tell({ type: 'job', job: changed });
  }

  /** Every further capture would meet the same: none is begun until a person says so. */
  #stopFor(why: Problem): void {
    this.#held = { problem: why };
  }

  #end(jobId: string, state: 'failed' | 'cancelled' | 'interrupted', why: Problem): void {
    this.#schedule.remove(jobId);
    try {
      this.#book.end(jobId, state, why);
    } catch {
      // The disk may be full: then neither the job nor the log can say so now. The job is found running, and marked, at the next start.
      this.#over({ ...this.#book.get(jobId), state, problem: why });
      return;
    }
    this.#over(this.#book.get(jobId));
  }

  #over(job: CaptureJob): void {
    this.#schedule.remove(job.id);
    this.#takenUp.delete(job.id);
    this.#parts.news.tell({ type: 'job', job });
    for (const resolve of this.#listeners.get(job.id) ?? []) resolve(job);
    this.#listeners.delete(job.id);
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#closed || this.#stopTelling) return;
    this.#stopTelling = this.#clock.after(SUMMARY_EVERY, () => {
      this.#stopTelling = null;
      try {
        this.#parts.news.tell({ type: 'queue', queue: this.summary() });
      } catch {
        // The case was let go of meanwhile: there is nothing to tell.
      }
    });
  }
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
