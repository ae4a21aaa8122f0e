import type { JobState } from '../../shared/domain/capture.ts';
import type { CaseInfo } from '../../shared/domain/case.ts';
import type { CaseFile } from './case-file.ts';

/** The holder of a case as its row says: whose name a second writer is told. */
export interface WriterRow {
  application: string;
  pid: number;
  since: string;
}

export const writerSql = {
  get: 'SELECT application, pid, since FROM writer',
  set: `INSERT INTO writer (one, application, pid, since) VALUES (1, ?, ?, ?)
        ON CONFLICT (one) DO UPDATE SET application = excluded.application, pid = excluded.pid, since = excluded.since`,
  clear: 'DELETE FROM writer',
} as const;

export const caseInfoSql = {
  get: 'SELECT id, title, reference, purpose, created_at AS createdAt, created_with AS createdWith FROM case_info WHERE one = 1',
  insert: `INSERT INTO case_info (one, id, title, reference, purpose, created_at, created_with)
           VALUES (1, @id, @title, @reference, @purpose, @createdAt, @createdWith)`,
} as const;

export type CaseInfoRow = { [K in keyof CaseInfo]: string };

export interface BlobRow {
  id: number;
  mediaType: string;
  closed: 0 | 1;
  size: number | null;
  sha256: string | null;
}

/** The SQL of `blob` and `blob_chunk`. */
export class BlobTable {
  readonly #file: CaseFile;

  constructor(file: CaseFile) {
    this.#file = file;
  }

  insert(mediaType: string): number {
    const made = this.#file.prepare<[string]>('INSERT INTO blob (media_type) VALUES (?)').run(mediaType);
    return Number(made.lastInsertRowid);
  }

  get(id: number): BlobRow | undefined {
    return this.#file
      .prepare<[number], BlobRow>(
        'SELECT id, media_type AS mediaType, closed, size, sha256 FROM blob WHERE id = ?',
      )
      .get(id);
  }

  all(): BlobRow[] {
    return this.#file
      .prepare<[], BlobRow>('SELECT id, media_type AS mediaType, closed, size, sha256 FROM blob ORDER BY id')
      .all();
  }

  unfinished(): number[] {
    return this.#file
      .prepare<[], { id: number }>('SELECT id FROM blob WHERE closed = 0')
      .all()
      .map((row) => row.id);
  }

  close(id: number, size: number, sha256: string): void {
    this.#file
      .prepare<[number, string, number]>('UPDATE blob SET closed = 1, size = ?, sha256 = ? WHERE id = ?')
      .run(size, sha256, id);
  }

  remove(id: number): void {
    this.#file.prepare<[number]>('DELETE FROM blob WHERE id = ?').run(id);
  }

  putChunk(id: number, seq: number, bytes: Uint8Array): void {
    this.#file
      .prepare<[number, number, Uint8Array]>(
        `INSERT INTO blob_chunk (blob_id, seq, bytes) VALUES (?, ?, ?)
         ON CONFLICT (blob_id, seq) DO UPDATE SET bytes = excluded.bytes`,
      )
      .run(id, seq, bytes);
  }

  chunk(id: number, seq: number): Uint8Array | undefined {
    return this.#file
      .prepare<[number, number], { bytes: Uint8Array }>(
        'SELECT bytes FROM blob_chunk WHERE blob_id = ? AND seq = ?',
      )
      .get(id, seq)?.bytes;
  }

  /** How many chunks there are and the highest number among them; the two differ by one where none is missing. */
  chunkSpan(id: number): { count: number; last: number | null } {
    const found = this.#file
      .prepare<[number], { count: number; last: number | null }>(
        'SELECT count(*) AS count, max(seq) AS last FROM blob_chunk WHERE blob_id = ?',
      )
      .get(id);
    return found ?? { count: 0, last: null };
  }

  /** Removes up to `limit` chunks and says how many there were to remove. */
  removeChunks(id: number, limit: number): number {
    return this.#file
      .prepare<[number, number, number]>(
        `DELETE FROM blob_chunk WHERE blob_id = ?
         AND seq IN (SELECT seq FROM blob_chunk WHERE blob_id = ? ORDER BY seq DESC LIMIT ?)`,
      )
      .run(id, id, limit).changes;
  }
}

export interface JobRow {
  id: string;
  kind: string;
  state: JobState;
  request: string;
  progress: string;
  problem: string | null;
  resultId: string | null;
  dismissed: 0 | 1;
  createdAt: string;
  updatedAt: string;
}

/** Where a page of jobs goes on. */
export type JobPlace = Pick<JobRow, 'createdAt' | 'id'>;

const jobColumns = `id, kind, state, request, progress, problem, result_id AS resultId, dismissed,
  created_at AS createdAt, updated_at AS updatedAt`;

/** The SQL of `job`. */
export class JobTable {
  readonly #file: CaseFile;

  constructor(file: CaseFile) {
    this.#file = file;
  }

  insert(id: string, kind: string, request: string, now: string): void {
    this.#file
      .prepare<[string, string, string, string, string]>(
        `INSERT INTO job (id, kind, state, request, progress, created_at, updated_at)
         VALUES (?, ?, 'queued', ?, '{}', ?, ?)`,
      )
      .run(id, kind, request, now, now);
  }

  update(job: Pick<JobRow, 'id' | 'state' | 'progress' | 'problem' | 'resultId' | 'updatedAt'>): void {
    this.#file
      .prepare<[typeof job]>(
        `UPDATE job SET state = @state, progress = @progress, problem = @problem, result_id = @resultId,
         updated_at = @updatedAt WHERE id = @id`,
      )
      .run(job);
  }

  dismiss(id: string, now: string): void {
    this.#file
      .prepare<[string, string]>('UPDATE job SET dismissed = 1, updated_at = ? WHERE id = ?')
      .run(now, id);
  }

  get(id: string): JobRow | undefined {
    return this.#file.prepare<[string], JobRow>(`SELECT ${jobColumns} FROM job WHERE id = ?`).get(id);
  }

  list(kind: string, includeDismissed: boolean): JobRow[] {
    return this.#file
      .prepare<[string, 0 | 1], JobRow>(
        `SELECT ${jobColumns} FROM job WHERE kind = ? AND dismissed <= ? ORDER BY created_at, id`,
      )
      .all(kind, includeDismissed ? 1 : 0);
  }

  page(kind: string, state: JobState, after: JobPlace, limit: number): JobRow[] {
    return this.#file
      .prepare<[string, JobState, string, string, number], JobRow>(
        `SELECT ${jobColumns} FROM job WHERE kind = ? AND state = ? AND (created_at, id) > (?, ?) AND dismissed = 0
         ORDER BY created_at, id LIMIT ?`,
      )
      .all(kind, state, after.createdAt, after.id, limit);
  }

  count(kind: string, state: JobState): number {
    const row = this.#file
      .prepare<[string, JobState], { count: number }>(
        'SELECT count(*) AS count FROM job WHERE kind = ? AND state = ? AND dismissed = 0',
      )
      .get(kind, state);
    return row?.count ?? 0;
  }

  move(kind: string, from: JobState, to: JobState, problem: string | null, now: string): number {
    return this.#file
      .prepare<[JobState, string | null, string, string, JobState]>(
        'UPDATE job SET state = ?, problem = ?, updated_at = ? WHERE kind = ? AND state = ?',
      )
      .run(to, problem, now, kind, from).changes;
  }
}
