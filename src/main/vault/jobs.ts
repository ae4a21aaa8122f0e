import type { JobState } from '../../shared/domain/capture.ts';
import { jsonObjectSchema, type JsonObject, type JsonValue } from '../../shared/domain/common.ts';
import { problemSchema, type Problem } from '../../shared/problems.ts';
import type { CaseFile } from './case-file.ts';
import { JobTable, type JobRow } from './store.ts';

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

  /** Marks what an earlier session left: every job of the kind that still runs or waits. Gives their ids. */
  interruptUnfinished(kind: string): string[] {
    return this.#file.transaction(() => {
      const ids = this.list(kind, { includeDismissed: true })
        .filter((job) => job.state === 'running' || job.state === 'queued')
        .map((job) => job.id);
      for (const id of ids) this.update(id, { state: 'interrupted' });
      return ids;
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
