import type { HeaderList } from '../../../shared/domain/provenance.ts';
import { ArchiveError } from '../errors.ts';
import { ByteCursor } from './cursor.ts';
import { parseHead } from './head.ts';
import { MAX_HEAD, type WarcRecord } from './reader.ts';

/** An HTTP message as a record holds it: its head, and a body of known length that can be read once. */
export interface StoredMessage {
  readonly startLine: string;
  /** Of a response; null for a request. */
  readonly status: number | null;
  readonly headers: HeaderList;
  readonly headLength: number;
  readonly bodyLength: number;
  body(): AsyncIterable<Uint8Array>;
}

/** True where a record's block is an HTTP message. */
export function holdsHttp(record: Pick<WarcRecord, 'type' | 'contentType'>): boolean {
  return (
    ['request', 'response', 'revisit'].includes(record.type) &&
    /^application\/http\b/i.test(record.contentType)
  );
}

/** Splits a request's or response's block into head and body. Throws ArchiveError about `item` where there is no head. */
export async function readHttpMessage(record: WarcRecord, item: string): Promise<StoredMessage> {
  const cursor = new ByteCursor(record.block()[Symbol.asyncIterator]());
  const head = await cursor.through(new TextEncoder().encode('\r\n\r\n'), MAX_HEAD, item);
  const { start, fields } = parseHead(head, 'latin1', item);
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(start)?.[1];
  if (record.type !== 'request' && status === undefined)
    throw new ArchiveError(item, 'its HTTP status line is not readable');
  return {
    startLine: start,
    status: status === undefined ? null : Number(status),
    headers: fields.list.map(([name, value]): [string, string] => [name, value]),
    headLength: head.byteLength,
    bodyLength: record.contentLength - head.byteLength,
    body: () => cursor.rest(),
  };
}
