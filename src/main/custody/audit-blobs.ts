import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CustodyEvent } from '../../shared/domain/custody.ts';
import { chunkSize } from '../vault/blob-writer.ts';
import type { CaseFile } from '../vault/case-file.ts';
import { BlobTable, type BlobRow } from '../vault/store.ts';
import type { Findings } from './findings.ts';

/** What every blob that `item.sealed` speaks of is. */
const archiveMediaType = 'application/wacz';

/** Reads every closed blob in full and holds it against its row and against the entry that sealed it. */
export async function auditBlobs(
  file: CaseFile,
  events: readonly CustodyEvent[],
  findings: Findings,
  onBytes: (item: string, count: number) => void,
): Promise<void> {
  const before = findings.failures;
  const table = new BlobTable(file);
  const names = sealedNames(events);
  const rows = table.all();
  let bytes = 0;
  for (const row of rows) {
    const item = names.get(row.sha256 ?? '') ?? `stored bytes ${row.id}`;
    if (row.closed !== 1) {
      findings.warn(item, 'They were not sealed: a capture is writing them now, or one was cut short.');
      continue;
    }
    const fault = await chunkFault(file, table, row, (count) => onBytes(item, count));
    if (fault !== null) findings.fail(item, fault);
    else if (!names.has(row.sha256 ?? '')) findings.fail(item, 'No entry of the log speaks of them.');
    bytes += row.size ?? 0;
  }
  missingBytes(events, rows, findings);
  if (findings.failures === before)
    findings.pass(
      'the stored bytes',
      `${rows.length} sealed items, ${bytes} bytes, were read in full; each matches its digest and its entry.`,
    );
}

/** What a person calls the bytes that an entry sealed, by their digest. */
function sealedNames(events: readonly CustodyEvent[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { leaf, detail } of events) {
    if (!leaf.evidence) continue;
    names.set(leaf.evidence.sha256, sealedName(leaf.seq, detail));
  }
  return names;
}

function sealedName(seq: number, detail: CustodyEvent['detail']): string {
  const exhibit = detail?.['exhibit'];
  return typeof exhibit === 'number' ? `exhibit ${exhibit}, sealed archive` : `the evidence of entry ${seq}`;
}

/** Null where the chunks are there, in order, and hash to what the row says. */
async function chunkFault(
  file: CaseFile,
  table: BlobTable,
  row: BlobRow,
  onBytes: (count: number) => void,
): Promise<string | null> {
  const size = row.size ?? 0;
  const hash = createHash('sha256');
  const pieces = Math.ceil(size / chunkSize);
  const { count } = file.guarded(() => table.chunkSpan(row.id));
  if (count !== pieces) return `They are in ${count} pieces instead of ${pieces}.`;
  for (let seq = 0; seq < pieces; seq += 1) {
    const expected = Math.min(chunkSize, size - seq * chunkSize);
    let chunk: Uint8Array | undefined;
    try {
      chunk = file.guarded(() => table.chunk(row.id, seq));
    } catch (error) {
      return `Piece ${seq} cannot be read (${error instanceof Error ? error.message : String(error)}).`;
    }
    if (!chunk) return `Piece ${seq} is missing.`;
    if (chunk.length !== expected) return `Piece ${seq} has ${chunk.length} bytes instead of ${expected}.`;
    hash.update(chunk);
    onBytes(chunk.length);
    await setImmediate();
  }
  const found = hash.digest('hex');
  return found === row.sha256
    ? null
    : `Their SHA-256 is ${found}, not ${row.sha256} as when they were sealed.`;
}

/** Every archive that was sealed must be there, under the digest, size and media type it was sealed with. */
function missingBytes(events: readonly CustodyEvent[], rows: readonly BlobRow[], findings: Findings): void {
  const kept = new Map(rows.filter((row) => row.closed === 1).map((row) => [row.sha256, row]));
  for (const { leaf, detail } of events) {
    if (leaf.type !== 'item.sealed') continue;
    const item = sealedName(leaf.seq, detail);
    const row = kept.get(leaf.evidence?.sha256 ?? '');
    if (!leaf.evidence) findings.fail(item, `Entry ${leaf.seq} of the log sealed it without a digest.`);
    else if (!row)
      findings.fail(item, `No stored bytes have the digest that entry ${leaf.seq} of the log sealed.`);
    else if (row.size !== leaf.evidence.size)
      findings.fail(item, `Its size is not the one that entry ${leaf.seq} of the log sealed.`);
    else if (row.mediaType !== archiveMediaType)
      findings.fail(item, `Its media type is “${row.mediaType}”, which no sealed archive has.`);
  }
}
