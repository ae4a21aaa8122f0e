import type { RandomAccess } from '../bytes.ts';
import { ArchiveError } from '../errors.ts';
import { ByteCursor } from '../warc/cursor.ts';
import { holdsHttp } from '../warc/http-message.ts';
import { MAX_HEAD, readRecordAt, type WarcRecord } from '../warc/reader.ts';
import { type HeadLines, splitHead } from './http-head.ts';

/** A record opened for one reading: the head of the HTTP message in it, where it holds one, and what follows. */
export interface OpenedRecord {
  readonly record: WarcRecord;
  readonly http: HeadLines | null;
  body: () => AsyncIterable<Uint8Array>;
}

/** Opens the record at an offset; as often as it has to be read. Throws ArchiveError about `item`. */
export async function openRecord(source: RandomAccess, offset: number, item: string): Promise<OpenedRecord> {
  const record = await readRecordAt(source, offset, item);
  if (!holdsHttp(record) || record.contentLength === 0)
    return { record, http: null, body: () => record.block() };
  const cursor = new ByteCursor(record.block()[Symbol.asyncIterator]());
  try {
    const head = await cursor.through(new TextEncoder().encode('\r\n\r\n'), MAX_HEAD, item);
    return { record, http: splitHead(Buffer.from(head).toString('latin1')), body: () => cursor.rest() };
  } catch (error) {
    await record.close();
    throw error;
  }
}

/** A stream in one piece, or null as soon as it is longer than `limit` bytes. */
export async function wholeOf(pieces: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > limit) return null;
    parts.push(piece);
  }
  return Buffer.concat(parts, size);
}

/** The lines of a stream, each with its line feed. Throws ArchiveError where one is longer than `limit` bytes. */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
  item: string,
): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      yield Buffer.concat([...held, piece.subarray(from, end + 1)]);
      held = [];
      size = 0;
      from = end + 1;
    }
    size += piece.byteLength - from;
    if (size > limit) throw new ArchiveError(item, `it has a line of more than ${limit} bytes`);
    if (from < piece.byteLength) held.push(piece.subarray(from));
  }
  if (held.length > 0) yield Buffer.concat(held);
}
