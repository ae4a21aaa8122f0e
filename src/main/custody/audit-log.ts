import { setImmediate } from 'node:timers/promises';
import type { CaseInfo } from '../../shared/domain/case.ts';
import type { Checkpoint, CustodyEvent } from '../../shared/domain/custody.ts';
import type { CaseFile } from '../vault/case-file.ts';
import { canonicalJson } from './canonical.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { Findings } from './findings.ts';
import { readKnownKeys, type KnownKey } from './known-keys.ts';
import { checkpointOf, detailDigest, eventOf, logOrigin } from './log.ts';
import { leafHash } from './merkle.ts';
import { sameBytes } from './merkle-verify.ts';
import { RunningTree } from './running-tree.ts';
import { checkSignatures, openNote, readNote, type ReadNote } from './signed-note.ts';
import { LogTable, type FullEventRow } from './store.ts';

/** Entries looked at before others get their turn. */
const pageLength = 250;

export interface AuditedLog {
  /** Those that could be read. */
  events: CustodyEvent[];
  /** The checkpoint over the last entry, where it is sound. */
  head: Checkpoint | null;
}

/**
 * Recomputes the whole log: every leaf, its detail, the nodes of the tree, every checkpoint and who signed it, and holds an
 * outside checkpoint against it where one is given.
 */
export async function auditLog(
  file: CaseFile,
  findings: Findings,
  onEvents: (count: number) => void,
  against?: string,
): Promise<AuditedLog> {
  return new LogAudit(file, findings).run(onEvents, against);
}

class LogAudit {
  readonly #info: CaseInfo;
  readonly #table: LogTable;
  readonly #findings: Findings;
  readonly #tree = new RunningTree();
  readonly #events: CustodyEvent[] = [];
  #keys: KnownKey[] = [];
  #head: Checkpoint | null = null;
  /** Signatures of the current page, which are checked on other threads. */
  #signatures: Promise<void>[] = [];
  #previousTime = '';
  /** Names on checkpoints that nobody here answers for: the first checkpoint that carries each, and how many do. */
  readonly #unchecked = new Map<string, { first: number; count: number }>();

  constructor(file: CaseFile, findings: Findings) {
    this.#info = file.info;
    this.#table = new LogTable(file);
    this.#findings = findings;
  }

  async run(onEvents: (count: number) => void, against: string | undefined): Promise<AuditedLog> {
    const before = this.#findings.failures;
    this.#keys = readKnownKeys(this.#info.id, this.#table.eventsOfType('operator.enrolled'), this.#findings);
    this.#furtherKeys();
    const outside = against === undefined ? null : this.#openOutside(against);
    for (let page = this.#page(); page.length > 0; page = this.#page()) {
      for (const row of page) {
        if (row.seq !== this.#tree.size) {
          await Promise.all(this.#signatures);
          return this.#brokenOff(row.seq);
        }
        this.#entry(row);
        if (outside?.size === this.#tree.size) this.#compareOutside(outside.root);
      }
      await Promise.all(this.#signatures.splice(0));
      onEvents(page.length);
      await setImmediate();
    }
    this.#ends(outside?.size ?? 0);
    if (this.#findings.failures === before) this.#pass();
    return { events: this.#events, head: this.#head };
  }

  /** Whoever can write to the file can enrol a key of their own, under any name: only a person can say whose it is. */
  #furtherKeys(): void {
    for (const { from, fingerprint } of this.#keys)
      if (from > 1)
        this.#findings.warn(
          'the operators’ keys',
          `A further key was enrolled at entry ${from}: ${fingerprint}; ask whether it is known.`,
        );
  }

  #page(): FullEventRow[] {
    return this.#table.eventsFrom(this.#tree.size, pageLength);
  }

  #entry(row: FullEventRow): void {
    const item = `entry ${row.seq} of the log`;
    const hash = leafHash(row.leaf);
    if (!sameBytes(hash, row.leafHash))
      this.#findings.fail(item, 'Its stored hash is not that of its bytes.');
    for (const node of this.#tree.add(hash)) {
      const stored = this.#table.node(node.level, node.index);
      const place = `node ${node.index} at level ${node.level} of the log’s tree`;
      if (!stored) this.#findings.fail(place, 'It is missing.');
      else if (!sameBytes(stored, node.hash))
        this.#findings.fail(place, 'It is not what the entries below it give.');
    }
    const event = this.#leaf(item, row);
    this.#detail(item, row, event);
    this.#checkpoint(event);
    if (event) this.#events.push(event);
  }

  #leaf(item: string, row: FullEventRow): CustodyEvent | null {
    let event: CustodyEvent;
    try {
      event = eventOf(row);
    } catch {
      this.#findings.fail(item, 'It cannot be read as an entry.');
      return null;
    }
    const { leaf } = event;
    const fail = (message: string) => this.#findings.fail(item, message);
    if (!sameBytes(Buffer.from(canonicalJson(leaf)), row.leaf))
      fail('It is not in canonical form (RFC 8785).');
    if (leaf.seq !== row.seq) fail(`It says that it is entry ${leaf.seq}.`);
    if (leaf.case !== this.#info.id) fail('It belongs to another case.');
    const repeated = {
      type: leaf.type,
      subjectKind: leaf.subject.kind,
      subjectId: leaf.subject.id,
      time: leaf.time,
    };
    for (const column of ['type', 'subjectKind', 'subjectId', 'time'] as const)
      if (row[column] !== repeated[column])
        fail(`Its look-up column “${column}” does not say what the entry says.`);
    if (!this.#keys.some((key) => key.fingerprint === leaf.operator && key.from <= leaf.seq))
      fail(`It names an operator (${leaf.operator}) who is not enrolled.`);
    if (leaf.time < this.#previousTime)
      this.#findings.warn(
        item,
        `The computer’s clock went back before it: ${leaf.time} follows ${this.#previousTime}.`,
      );
    this.#previousTime = leaf.time;
    if (leaf.seq < 2) this.#opening(item, event);
    return event;
  }

  /** The first two entries say what the case is and who keeps it. */
  #opening(item: string, { leaf, detail }: CustodyEvent): void {
    const expected = leaf.seq === 0 ? 'case.created' : 'operator.enrolled';
    if (leaf.type !== expected) this.#findings.fail(item, `It should be “${expected}”.`);
    else if (leaf.seq === 0 && canonicalJson(detail) !== canonicalJson({ ...this.#info }))
      this.#findings.fail(
        'the title page of the case',
        'It is not what was entered when the case was created.',
      );
  }

  #detail(item: string, row: FullEventRow, event: CustodyEvent | null): void {
    if (row.salt === null || row.json === null) this.#findings.fail(`${item}, its detail`, 'It is missing.');
    else if (event && detailDigest(row.salt, row.json) !== event.leaf.detail)
      this.#findings.fail(`${item}, its detail`, 'It is not the detail whose digest the entry carries.');
  }

  /** Only whom an entry names may sign the checkpoint it ends: a key enrolled later answers for nobody else's entries. */
  #checkpoint(event: CustodyEvent | null): void {
    const leaf = event?.leaf;
    const size = this.#tree.size;
    const item = `checkpoint ${size} of the log`;
    this.#head = null;
    const row = this.#table.checkpoint(size);
    if (!row) return this.#findings.fail(item, 'It is missing.');
    try {
      const note = readNote(
        row.note,
        this.#keys.filter((key) => key.from < size && (!leaf || key.fingerprint === leaf.operator)),
      );
      const fault = this.#checkpointFault(note.text);
      if (fault !== null) return this.#findings.fail(item, fault);
      if (leaf && row.signedAt !== leaf.time)
        return this.#findings.fail(item, 'Its time is not that of the entry it was signed for.');
      for (const name of new Set(note.unknown)) this.#uncheckedName(name, size);
      const head = checkpointOf(row);
      this.#head = head;
      this.#signatures.push(this.#signature(item, note, head));
    } catch (error) {
      this.#findings.fail(item, `Its form does not hold (${said(error)}).`);
    }
  }

  #uncheckedName(name: string, size: number): void {
    const { first, count } = this.#unchecked.get(name) ?? { first: size, count: 0 };
    this.#unchecked.set(name, { first, count: count + 1 });
  }

  #checkpointFault(text: string): string | null {
    const { origin, size, root } = parseCheckpoint(text);
    if (origin !== logOrigin(this.#info.id)) return 'It is of another log.';
    if (size !== this.#tree.size) return `It speaks of ${size} entries.`;
    return sameBytes(root, this.#tree.root())
      ? null
      : 'The root it signs is not that of the entries before it.';
  }

  async #signature(item: string, note: ReadNote, head: Checkpoint): Promise<void> {
    try {
      await checkSignatures(note);
    } catch (error) {
      this.#findings.fail(item, `Its signature does not hold (${said(error)}).`);
      if (this.#head === head) this.#head = null;
    }
  }

  #openOutside(note: string): { size: number; root: Uint8Array } | null {
    try {
      const body = parseCheckpoint(openNote(note, this.#keys).text);
      if (body.origin !== logOrigin(this.#info.id)) throw new RangeError('it is of another log');
      return body;
    } catch (error) {
      this.#findings.fail(
        'the outside checkpoint',
        `It is not a checkpoint of this log by an operator it names (${said(error)}).`,
      );
      return null;
    }
  }

  #compareOutside(root: Uint8Array): void {
    const item = 'the outside checkpoint';
    if (sameBytes(root, this.#tree.root()))
      this.#findings.pass(item, `The log still begins with the ${this.#tree.size} entries it covers.`);
    else
      this.#findings.fail(
        item,
        `The first ${this.#tree.size} entries are not those it was signed for: the log was rewritten.`,
      );
  }

  /** After a gap nothing that follows can be recomputed, so it is named and the rest is not guessed at. */
  #brokenOff(next: number): AuditedLog {
    const missing = this.#tree.size;
    this.#findings.fail(
      `entry ${missing} of the log`,
      `It is missing; the next is entry ${next}. What follows cannot be checked.`,
    );
    return { events: this.#events, head: null };
  }

  #ends(outsideSize: number): void {
    const size = this.#tree.size;
    for (const [name, { first, count }] of this.#unchecked)
      this.#findings.warn(
        `checkpoint ${first} of the log`,
        `It carries a signature nobody checked, under the name “${name}”${count > 1 ? `; further checkpoints that do: ${count - 1}` : ''}.`,
      );
    if (size === 0) this.#findings.fail('the custody log', 'It has no entries.');
    for (const seq of this.#table.belowZero())
      this.#findings.fail(`entry ${seq} of the log`, 'No log has an entry of that number.');
    for (const row of this.#table.checkpointsBeyond(size))
      this.#findings.fail(
        `checkpoint ${row.size} of the log`,
        row.size < 1
          ? 'No log has a checkpoint of that size.'
          : `It covers ${row.size} entries, but the log ends after ${size}: entries were removed.`,
      );
    for (const node of this.#table.nodesBeyond(size))
      this.#findings.fail(
        `node ${node.idx} at level ${node.level} of the log’s tree`,
        'It covers entries that are not there.',
      );
    for (const seq of this.#table.strayDetails())
      this.#findings.fail(`entry ${seq} of the log, its detail`, 'There is no such entry.');
    if (outsideSize > size)
      this.#findings.fail(
        'the outside checkpoint',
        `It covers ${outsideSize} entries, but the log ends after ${size}: the case was cut or put back to an older state.`,
      );
  }

  #pass(): void {
    const keys = this.#keys.map((key) => key.fingerprint).join(', ');
    this.#findings.pass(
      'the custody log',
      `${this.#tree.size} entries with their details, the tree over them and every checkpoint were recomputed; signed by ${keys}.`,
    );
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
