import type { CaseFile } from '../vault/case-file.ts';

export interface EventRow {
  seq: number;
  leaf: Uint8Array;
  leafHash: Uint8Array;
  type: string;
  subjectKind: string;
  subjectId: string;
  time: string;
}

export interface DetailRow {
  salt: Uint8Array;
  json: string;
}

export type FullEventRow = EventRow & { salt: Uint8Array | null; json: string | null };

export interface NodeRow {
  level: number;
  idx: number;
  hash: Uint8Array;
}

export interface CheckpointRow {
  size: number;
  note: string;
  signedAt: string;
}

const fullEvent = `SELECT e.seq, e.leaf, e.leaf_hash AS leafHash, e.type, e.subject_kind AS subjectKind,
  e.subject_id AS subjectId, e.time, d.salt, d.json
  FROM custody_event e LEFT JOIN custody_detail d ON d.seq = e.seq`;

/** The SQL of the custody log: only ever inserts. */
export class LogTable {
  readonly #file: CaseFile;

  constructor(file: CaseFile) {
    this.#file = file;
  }

  /** Leaves in the log: one more than the highest number, whatever may be missing below. */
  size(): number {
    return (
      this.#file
        .prepare<[], { size: number }>(
          'SELECT ifnull(max(seq) + 1, 0) AS size FROM custody_event WHERE seq >= 0',
        )
        .get()?.size ?? 0
    );
  }

  insertEvent(row: EventRow, detail: DetailRow): void {
    this.#file
      .prepare<[EventRow]>(
        `INSERT INTO custody_event (seq, leaf, leaf_hash, type, subject_kind, subject_id, time)
         VALUES (@seq, @leaf, @leafHash, @type, @subjectKind, @subjectId, @time)`,
      )
      .run(row);
    this.#file
      .prepare<[number, Uint8Array, string]>('INSERT INTO custody_detail (seq, salt, json) VALUES (?, ?, ?)')
      .run(row.seq, detail.salt, detail.json);
  }

  insertNode(level: number, idx: number, hash: Uint8Array): void {
    this.#file
      .prepare<[number, number, Uint8Array]>('INSERT INTO custody_node (level, idx, hash) VALUES (?, ?, ?)')
      .run(level, idx, hash);
  }

  insertCheckpoint(row: CheckpointRow): void {
    this.#file
      .prepare<[number, string, string]>('INSERT INTO checkpoint (size, note, signed_at) VALUES (?, ?, ?)')
      .run(row.size, row.note, row.signedAt);
  }

  leaf(seq: number): Uint8Array | undefined {
    return this.#file
      .prepare<[number], { leaf: Uint8Array }>('SELECT leaf FROM custody_event WHERE seq = ? AND seq >= 0')
      .get(seq)?.leaf;
  }

  leafHash(seq: number): Uint8Array | undefined {
    return this.#file
      .prepare<[number], { hash: Uint8Array }>(
        'SELECT leaf_hash AS hash FROM custody_event WHERE seq = ? AND seq >= 0',
      )
      .get(seq)?.hash;
  }

  node(level: number, idx: number): Uint8Array | undefined {
    return this.#file
      .prepare<[number, number], { hash: Uint8Array }>(
        'SELECT hash FROM custody_node WHERE level = ? AND idx = ?',
      )
      .get(level, idx)?.hash;
  }

  checkpoint(size: number): CheckpointRow | undefined {
    return this.#file
      .prepare<[number], CheckpointRow>(
        'SELECT size, note, signed_at AS signedAt FROM checkpoint WHERE size = ?',
      )
      .get(size);
  }

  lastCheckpoint(): CheckpointRow | undefined {
    return this.#file
      .prepare<[], CheckpointRow>(
        'SELECT size, note, signed_at AS signedAt FROM checkpoint ORDER BY size DESC LIMIT 1',
      )
      .get();
  }

  /** Events from `seq` on, in order, at most `limit`. */
  eventsFrom(seq: number, limit: number): FullEventRow[] {
    return this.#file
      .prepare<[number, number], FullEventRow>(`${fullEvent} WHERE e.seq >= max(?, 0) ORDER BY e.seq LIMIT ?`)
      .all(seq, limit);
  }

  eventsOf(kind: string, id: string): FullEventRow[] {
    return this.#file
      .prepare<[string, string], FullEventRow>(
        `${fullEvent} WHERE e.seq >= 0 AND e.subject_kind = ? AND e.subject_id = ? ORDER BY e.seq`,
      )
      .all(kind, id);
  }

  eventsOfType(type: string): FullEventRow[] {
    return this.#file
      .prepare<[string], FullEventRow>(`${fullEvent} WHERE e.seq >= 0 AND e.type = ? ORDER BY e.seq`)
      .all(type);
  }

  /** Numbers below zero: no reading gives those entries, so that nobody takes them for entries of the log. */
  belowZero(): number[] {
    return this.#file
      .prepare<[], { seq: number }>('SELECT seq FROM custody_event WHERE seq < 0 LIMIT 100')
      .all()
      .map((row) => row.seq);
  }

  /**
   * Nodes that no log of `size` leaves has: complete subtrees that reach beyond it, or no subtree at all. From level 53 on a
   * subtree has more leaves than can be counted, and soon more than a shift can say.
   */
  nodesBeyond(size: number): NodeRow[] {
    return this.#file
      .prepare<[number], NodeRow>(
        'SELECT level, idx, hash FROM custody_node WHERE level NOT BETWEEN 1 AND 52 OR idx < 0 OR (idx + 1) * (1 << level) > ? LIMIT 100',
      )
      .all(size);
  }

  checkpointsBeyond(size: number): CheckpointRow[] {
    return this.#file
      .prepare<[number], CheckpointRow>(
        'SELECT size, note, signed_at AS signedAt FROM checkpoint WHERE size < 1 OR size > ? ORDER BY size LIMIT 100',
      )
      .all(size);
  }

  /** Details without an entry. */
  strayDetails(): number[] {
    return this.#file
      .prepare<[], { seq: number }>(
        'SELECT seq FROM custody_detail WHERE seq NOT IN (SELECT seq FROM custody_event) LIMIT 100',
      )
      .all()
      .map((row) => row.seq);
  }
}
