import { hash, randomBytes } from 'node:crypto';
import { ZodError } from 'zod';
import { jsonObjectSchema, type JsonObject } from '../../shared/domain/common.ts';
import {
  leafSchema,
  type Checkpoint,
  type CustodyEvent,
  type EventType,
  type Leaf,
  type Subject,
} from '../../shared/domain/custody.ts';
import { ConstatError } from '../../shared/problems.ts';
import { softwareName } from '../../shared/software.ts';
import type { CaseFile } from '../vault/case-file.ts';
import { canonicalJson, wellFormed } from './canonical.ts';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { consistencyProof, inclusionProof, leafHash, nodeHash, treeRoot, type NodeSource } from './merkle.ts';
import { mustFitLastHead } from './last-head.ts';
import type { OperatorKey } from './operator-key.ts';
import { formatVkey, signNote } from './signed-note.ts';
import { LogTable, type CheckpointRow, type FullEventRow } from './store.ts';
import { formatTlogProof } from './tlog-proof.ts';

/** Events read at a time. */
const pageLength = 1000;

export interface NewEvent {
  type: EventType;
  subject: Subject;
  evidence?: { sha256: string; size: number } | null;
  detail: JsonObject;
  /** When it happened, where that is not now. */
  time?: string;
}

/** What a log is called in its checkpoints: the C2SP origin, and the name of its key. */
export function logOrigin(caseId: string): string {
  return `constat/${caseId}`;
}

/** SHA-256 of (salt ‖ detail), which the leaf carries in place of the detail. */
export function detailDigest(salt: Uint8Array, json: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(json)]), 'hex');
}

/**
 * What happened to a case: a Merkle tree over RFC 8785 leaves (RFC 6962), its head signed after every entry. Nothing is
 * kept in memory, so a rolled-back transaction leaves nothing to undo.
 */
export class CustodyLog {
  readonly origin: string;
  /** The operator's verifier key for this log (C2SP). */
  readonly vkey: string;
  readonly #file: CaseFile;
  readonly #key: OperatorKey;
  readonly #table: LogTable;
  readonly #listeners = new Set<(head: Checkpoint) => void>();

  constructor(file: CaseFile, key: OperatorKey) {
    this.origin = logOrigin(file.info.id);
    this.vkey = formatVkey(this.origin, key.publicKey);
    this.#file = file;
    this.#key = key;
    this.#table = new LogTable(file);
  }

  /**
   * Adds an entry: leaf, detail under a fresh salt, new nodes and a signed checkpoint, in the caller's transaction or in one of
   * its own. Throws what `CaseFile.transaction` throws, INPUT_INVALID for a detail without a canonical form, and CASE_DAMAGED where
   * the log does not fit the head that was signed last.
   */
  append(event: NewEvent): Leaf {
    return this.#file.transaction(() => {
      const fits = { table: this.#table, nodes: this.#node, origin: this.origin, vkey: this.vkey };
      this.#readable(
        () => mustFitLastHead(fits),
        'its log does not fit the head that was signed last, so nothing is added to it; run “verify” for the whole account',
      );
      const seq = this.#table.size();
      const json = canonicalJson(wellFormed(event.detail));
      const salt = randomBytes(32);
      const leaf = leafSchema.parse({
        v: 1,
        case: this.#file.info.id,
        seq,
        time: event.time ?? new Date().toISOString(),
        type: event.type,
        subject: event.subject,
        operator: this.#key.fingerprint,
        software: softwareName,
        evidence: event.evidence ?? null,
        detail: detailDigest(salt, json),
      });
      const bytes = Buffer.from(canonicalJson(leaf));
      this.#insert(leaf, bytes, { salt, json });
      const head = this.#sign(seq + 1, leaf.time);
      this.#file.afterCommit(() => this.#announce(head));
      return leaf;
    });
  }

  #insert(leaf: Leaf, bytes: Uint8Array, detail: { salt: Uint8Array; json: string }): void {
    let subtree = leafHash(bytes);
    const { seq, type, time, subject } = leaf;
    this.#table.insertEvent(
      { seq, leaf: bytes, leafHash: subtree, type, time, subjectKind: subject.kind, subjectId: subject.id },
      detail,
    );
    // A leaf with an odd number completes the subtree it ends, and so does each subtree with an odd number above it.
    for (let level = 1, index = seq; index % 2 === 1; level += 1) {
      subtree = nodeHash(this.#node(level - 1, index - 1), subtree);
      index = (index - 1) / 2;
      this.#table.insertNode(level, index, subtree);
    }
  }

  /** Of several entries in one transaction only the last is the head. */
  #announce(head: Checkpoint): void {
    if (this.#table.size() === head.size) for (const listener of this.#listeners) listener(head);
  }

  #sign(size: number, signedAt: string): Checkpoint {
    const root = treeRoot(size, this.#node);
    const note = signNote(formatCheckpoint({ origin: this.origin, size, root }), {
      name: this.origin,
      publicKey: this.#key.publicKey,
      sign: (message) => this.#key.sign(message),
    });
    this.#table.insertCheckpoint({ size, note, signedAt });
    return { size, root: Buffer.from(root).toString('hex'), note, signedAt };
  }

  readonly #node: NodeSource = (level, index) => {
    const found = level === 0 ? this.#table.leafHash(index) : this.#table.node(level, index);
    if (!found) throw new RangeError(`the log has no node ${index} at level ${level}`);
    return found;
  };

  /** Calls `listener` with the new head after every commit that moved it. Gives the way to stop it. */
  onHead(listener: (head: Checkpoint) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Events in order; with `subjects`, those about any of them. Throws CASE_DAMAGED where a leaf cannot be read. */
  events(filter: { subjects?: Subject[] } = {}): CustodyEvent[] {
    return this.#readable(() => {
      if (!filter.subjects) return this.#allEvents();
      const found = new Map<number, FullEventRow>();
      for (const { kind, id } of filter.subjects)
        for (const row of this.#table.eventsOf(kind, id)) found.set(row.seq, row);
      return [...found.values()].toSorted((one, other) => one.seq - other.seq).map(eventOf);
    });
  }

  #allEvents(): CustodyEvent[] {
    const events: CustodyEvent[] = [];
    for (let from = 0; ;) {
      const page = this.#table.eventsFrom(from, pageLength);
      events.push(...page.map(eventOf));
      const last = page.at(-1);
      if (!last || page.length < pageLength) return events;
      from = last.seq + 1;
    }
  }

  /** The exact bytes of an entry. Throws RangeError where there is none. */
  leafBytes(seq: number): Uint8Array {
    const leaf = this.#table.leaf(seq);
    if (!leaf) throw new RangeError(`the log has no entry ${seq}`);
    return leaf;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#table.size();
  }

  /** The newest checkpoint; null while the log is empty. Throws CASE_DAMAGED where it cannot be read. */
  head(): Checkpoint | null {
    return this.#readable(() => {
      const row = this.#table.lastCheckpoint();
      return row ? checkpointOf(row) : null;
    });
  }

  /** Runs `read` and turns what cannot be made sense of into CASE_DAMAGED. */
  #readable<T>(
    read: () => T,
    reason = 'an entry of its log cannot be read; run “verify” for the whole account',
  ): T {
    return this.#file.guarded(() => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof ZodError))
          throw error;
        throw new ConstatError('CASE_DAMAGED', { path: this.#file.path, reason }, { cause: error });
      }
    });
  }

  /** The root over the first `size` entries. Throws RangeError where there are fewer. */
  rootAt(size: number): Uint8Array {
    return treeRoot(size, this.#node);
  }

  /** The `.tlog-proof` text that entry `seq` is in the log of `size` entries (the newest unless said). Throws RangeError. */
  inclusion(seq: number, size = this.#table.size()): string {
    const checkpoint = this.#table.checkpoint(size);
    if (!checkpoint) throw new RangeError(`the log has no checkpoint over ${size} entries`);
    return formatTlogProof({
      index: seq,
      proof: inclusionProof(seq, size, this.#node),
      checkpoint: checkpoint.note,
    });
  }

  /** Proof that the log of `from` entries is the beginning of the log of `to` entries. Throws RangeError. */
  consistency(from: number, to: number): Uint8Array[] {
    return consistencyProof(from, to, this.#node);
  }
}

/** A stored checkpoint with its root in hexadecimal; checks nothing. Throws RangeError where it is malformed. */
export function checkpointOf(row: CheckpointRow): Checkpoint {
  const { root } = parseCheckpoint(row.note.slice(0, row.note.lastIndexOf('\n\n') + 1));
  return { size: row.size, root: Buffer.from(root).toString('hex'), note: row.note, signedAt: row.signedAt };
}

/** A stored entry as the interface and the bundle show it. Throws a SyntaxError or ZodError where it is damaged. */
export function eventOf(row: FullEventRow): CustodyEvent {
  return {
    leaf: leafSchema.parse(JSON.parse(Buffer.from(row.leaf).toString('utf8'))),
    leafHash: Buffer.from(row.leafHash).toString('hex'),
    detail: row.json === null ? null : jsonObjectSchema.parse(JSON.parse(row.json)),
    salt: row.salt === null ? null : Buffer.from(row.salt).toString('base64'),
  };
}
