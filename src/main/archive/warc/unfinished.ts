import { createHash } from 'node:crypto';
import type { HeaderList } from '../../../shared/domain/provenance.ts';
import type { RandomAccess } from '../bytes.ts';
import { ArchiveError } from '../errors.ts';
import type { Fields } from './head.ts';
import { holdsHttp, readHttpMessage } from './http-message.ts';
import { readRecordAt, type WarcRecord } from './reader.ts';

/** A record that is there from its first byte to its last, and what was learnt while that was checked. */
export interface WholeRecord {
  readonly type: string;
  readonly id: string;
  readonly date: string;
  readonly uri: string;
  readonly contentType: string;
  readonly fields: Fields;
  /** Its gzip member: from here to before `end`. */
  readonly offset: number;
  readonly end: number;
  /** Head of the HTTP message, where the block is one. */
  readonly http: { startLine: string; status: number | null; headers: HeaderList } | null;
  /** The block, without the HTTP head. */
  readonly payload: { size: number; sha256: string };
  /** The first bytes of a request's body, as many as an index line is made of. */
  readonly requestBody: Uint8Array;
}

/** What stands at the end of an unfinished WARC and cannot be kept. */
export interface CutRecord {
  /** Both empty where not even that can be read. */
  type: string;
  uri: string;
  /** Bytes of it that are there, packed. */
  bytes: number;
}

/** Bytes of a request's body that are read to make the key of its response's index line. */
export const QUERY_BODY = 256 * 1024;

/**
 * Reads a WARC whose writing was cut short, as far as its records are whole, in groups of what belongs together: a response with the request
 * behind it, anything else alone. What comes behind the last whole group is told to `onCut`, a record each. Never throws for what is
 * in the file; throws what the source throws.
 */
export async function* readUnfinished(
  source: RandomAccess,
  onCut: (cut: CutRecord) => void,
): AsyncGenerator<WholeRecord[], void> {
  let waiting: WholeRecord | null = null;
  let offset = 0;
  while (offset < source.size) {
    const record: WholeRecord | CutRecord = await readWhole(source, offset);
    if ('bytes' in record) {
      if (waiting) onCut(asCut(waiting));
      onCut(record);
      return;
    }
    offset = record.end;
    if (waiting && record.type === 'request') yield [waiting, record];
    else if (waiting) onCut(asCut(waiting));
    if (record.type === 'response') {
      waiting = record;
      continue;
    }
    if (record.type !== 'request') yield [record];
    else if (!waiting) onCut(asCut(record));
    waiting = null;
  }
  if (waiting) onCut(asCut(waiting));
}

function asCut({ type, uri, offset, end }: WholeRecord): CutRecord {
  return { type, uri, bytes: end - offset };
}

async function readWhole(source: RandomAccess, offset: number): Promise<WholeRecord | CutRecord> {
  const cut: CutRecord = { type: '', uri: '', bytes: source.size - offset };
  let record: WarcRecord | null = null;
  try {
    record = await readRecordAt(source, offset, 'the record');
    const { type, id, date, uri, contentType, fields } = record;
    Object.assign(cut, { type, uri });
    const message = holdsHttp(record) ? await readHttpMessage(record, 'the record') : null;
    const hash = createHash('sha256');
    const first: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of message ? message.body() : record.block()) {
      if (type === 'request' && size < QUERY_BODY) first.push(chunk.slice(0, QUERY_BODY - size));
      hash.update(chunk);
      size += chunk.byteLength;
    }
    const end = await record.finish();
    return {
      type,
      id,
      date,
      uri,
      contentType,
      fields,
      offset,
      end,
      http: message && {
        startLine: message.startLine,
        status: message.status,
        headers: message.headers,
      },
      payload: { size, sha256: hash.digest('hex') },
      requestBody: Buffer.concat(first),
    };
  } catch (error) {
    await record?.close();
    if (error instanceof ArchiveError) return cut;
    throw error;
  }
}
