import type { JobState } from '../../shared/domain/capture.ts';
import { jsonObjectSchema, type JsonObject, type JsonValue } from '../../shared/domain/common.ts';
import { problemSchema, type Problem } from '../../shared/problems.ts';
import type { CaseFile } from './case-file.ts';
import { JobTable, type JobPlace, type JobRow } from './store.ts';

/** Jobs read at a time. */
const pageLength = 500;

/** Something long that was asked for. It survives a crash as `interrupted`. */
export interface Job {
  id: string;
  kind: string;
  state: JobState;
  request: JsonValue;
  progress: JsonObject;
  problem: Problem | null;
  /** What came of it: the id of a capture, for one. */
  resultId: string | null;
  dismissed: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface JobChange {
  state?: JobState;
  progress?: JsonObject;
  problem?: Problem | null;
  resultId?: string | null;
}

/** The jobs of a case. Not evidence: what matters of them is in the custody log. */
export class JobStore {
  readonly #file: CaseFile;
  readonly #table: JobTable;

  constructor(file: CaseFile) {
    this.#file = file;
    this.#table = new JobTable(file);
  }

  /** Queues a job. */
  add(job: { id: string; kind: string; request: JsonValue }): Job {
    const now = new Date().toISOString();
    return this.#file.transaction(() => {
      this.#table.insert(job.id, job.kind, JSON.stringify(job.request), now);
      return this.#must(job.id);
    });
  }

  /** Changes what is given and leaves the rest. Throws a RangeError where there is no such job. */
  update(id: string, change: JobChange): Job {
    return this.#file.transaction(() => {
      const job = { ...this.#must(id), ...change };
      this.#table.update({
        id,
        state: job.state,
        progress: JSON.stringify(job.progress),
        problem: job.problem === null ? null : JSON.stringify(job.problem),
        resultId: job.resultId,
        updatedAt: new Date().toISOString(),
      });
      return this.#must(id);
    });
  }

  get(id: string): Job | null {
    const row = this.#table.get(id);
    return row ? jobOf(row) : null;
  }

  /** Jobs of a kind, oldest first; those taken off the list only where asked for. */
  list(kind: string, options: { includeDismissed?: boolean } = {}): Job[] {
    return this.#table.list(kind, options.includeDismissed ?? false).map(jobOf);
  }

  /** Takes a job off the list. */
  dismiss(id: string): void {
    this.#file.transaction(() => this.#table.dismiss(id, new Date().toISOString()));
  }

  /** Some jobs of one state that are still on the list, oldest first; `after` the last of the page before. */
  page(kind: string, state: JobState, limit: number, after: JobPlace = { createdAt: '', id: '' }): Job[] {
    return this.#table.page(kind, state, after, limit).map(jobOf);
  }

  /** Every job of one state that is still on the list, page by page; it may be changed meanwhile. */
  *each(kind: string, state: JobState): Generator<Job, void, undefined> {
    for (let page = this.page(kind, state, pageLength); page.length > 0;) {
      yield* page;
      page = this.page(kind, state, pageLength, page.at(-1));
    }
  }

  /** How many jobs of one state are still on the list. */
  count(kind: string, state: JobState): number {
    return this.#table.count(kind, state);
  }

  /** Marks what an earlier session left, every job of the kind that still runs or waits. Gives those that ran. */
  interruptUnfinished(kind: string, why: Problem): Job[] {
    return this.#file.transaction(() => {
      const cutShort = [...this.each(kind, 'running')];
      const now = new Date().toISOString();
      for (const state of ['running', 'queued'] as const)
        this.#table.move(kind, state, 'interrupted', JSON.stringify(why), now);
      return cutShort;
    });
  }

  #must(id: string): Job {
    const job = this.get(id);
    if (!job) throw new RangeError(`there is no job ${id}`);
    return job;
  }
}

function jobOf(row: JobRow): Job {
  const request: JsonValue = JSON.parse(row.request);
  return {
    ...row,
    request,
    progress: jsonObjectSchema.parse(JSON.parse(row.progress)),
    problem: row.problem === null ? null : problemSchema.parse(JSON.parse(row.problem)),
    dismissed: row.dismissed === 1,
  };
}
