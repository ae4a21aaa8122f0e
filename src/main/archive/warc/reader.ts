import type { RandomAccess } from '../bytes.ts';
import { ArchiveError, archiveError } from '../errors.ts';
import { gunzipMember, isGzipAt } from '../gzip.ts';
import { chunksOf } from '../random-access.ts';
import { ByteCursor } from './cursor.ts';
import { type Fields, parseHead } from './head.ts';

/** Longest head of a WARC record or HTTP message that is read, in bytes. */
export const MAX_HEAD = 8 * 1024 * 1024;

const CRLF2 = new TextEncoder().encode('\r\n\r\n');
const RECORD_TYPES = [
  'warcinfo',
  'response',
  'resource',
  'request',
  'metadata',
  'revisit',
  'conversion',
  'continuation',
];

/** One record. Its block can be read once; `finish` reads what is left of it. */
export interface WarcRecord {
  /** Of the gzip member, or of the record itself where the file is not compressed. */
  readonly offset: number;
  readonly type: string;
  readonly id: string;
  readonly date: string;
  /** Empty for warcinfo. */
  readonly uri: string;
  readonly contentType: string;
  readonly fields: Fields;
  /** Of the block. */
  readonly contentLength: number;
  block(): AsyncIterable<Uint8Array>;
  /** Reads to the record's end, checks that it ends as it must, and says where the next one starts. Throws ArchiveError. */
  finish(): Promise<number>;
  /** Stops reading before the end. */
  close(): Promise<void>;
}

/**
 * Reads the record that starts at `offset`: WARC 1.0 or 1.1, alone in its gzip member, or uncompressed. Throws ArchiveError
 * about `item` for anything else.
 */
export async function readRecordAt(source: RandomAccess, offset: number, item: string): Promise<WarcRecord> {
  const packed = isGzipAt(source, offset);
  const member = packed ? gunzipMember(source, offset, item) : plain(source, offset);
  let end: number | null = null;
  const cursor = new ByteCursor({
    next: async () => {
      const step = await member.next();
      if (step.done === true) end = step.value;
      return step.done === true ? { done: true, value: undefined } : step;
    },
  });
  const close = async (): Promise<void> => {
    await member.return(0);
  };
  try {
    const head = await cursor.through(CRLF2, MAX_HEAD, item);
    const fields = warcFields(head, item);
    const contentLength = Number(fields.get('Content-Length'));
    const left = cursor.take(contentLength, item);
    let ending: Promise<number> | null = null;
    const finish = async (): Promise<number> => {
      try {
        for await (const _ of left) void _;
        const seal: Uint8Array[] = [];
        for await (const tail of cursor.take(4, item)) seal.push(tail);
        if (Buffer.compare(Buffer.concat(seal), CRLF2) !== 0)
          throw new ArchiveError(item, 'its block does not end where it says');
        if (!packed) return offset + head.byteLength + contentLength + 4;
        if (!(await cursor.atEnd()))
          throw new ArchiveError(item, 'its gzip member holds more than one record');
        if (end === null) throw new ArchiveError(item, 'its gzip member does not end');
        return end;
      } catch (error) {
        throw archiveError(item, error);
      } finally {
        await close();
      }
    };
    return {
      offset,
      type: fields.get('WARC-Type') ?? '',
      id: fields.get('WARC-Record-ID') ?? '',
      date: fields.get('WARC-Date') ?? '',
      // Some writers put 1.0's angle brackets around it.
      uri: (fields.get('WARC-Target-URI') ?? '').replace(/^<(.*)>$/, '$1'),
      contentType: fields.get('Content-Type') ?? '',
      fields,
      contentLength,
      close,
      block: () => ({ [Symbol.asyncIterator]: () => keepOpen(left) }),
      finish: () => {
        ending ??= finish();
        return ending;
      },
    };
  } catch (error) {
    await close();
    throw archiveError(item, error);
  }
}

/**
 * All records of a WARC file, first to last. Each is finished before the next is read, so a block must be read before going
 * on. Throws ArchiveError, naming the record by number (from 1), type and address.
 */
export async function* readWarc(source: RandomAccess, file: string): AsyncGenerator<WarcRecord> {
  let number = 1;
  for (let offset = 0; offset < source.size; number += 1) {
    let item = `${file}, record ${number}`;
    const record = await readRecordAt(source, offset, item);
    item = recordItem(file, number, record);
    yield record;
    try {
      offset = await record.finish();
    } catch (error) {
      throw error instanceof ArchiveError ? new ArchiveError(item, error.reason, { cause: error }) : error;
    }
  }
}

/** `archive/data.warc.gz, record 7: response http://…` */
export function recordItem(file: string, number: number, record: { type: string; uri: string }): string {
  return `${file}, record ${number}: ${`${record.type} ${record.uri}`.trim()}`;
}

/** Iterating does not close the generator when the loop ends early, so that `finish` can go on from there. */
function keepOpen(bytes: AsyncGenerator<Uint8Array>): AsyncIterator<Uint8Array> {
  return { next: () => bytes.next() };
}

async function* plain(source: RandomAccess, offset: number): AsyncGenerator<Uint8Array, number> {
  yield* chunksOf(source, offset);
  return source.size;
}

function warcFields(head: Uint8Array, item: string): Fields {
  const { start, fields } = parseHead(head, 'utf8', item);
  if (start !== 'WARC/1.1' && start !== 'WARC/1.0')
    throw new ArchiveError(item, 'no WARC record starts here');
  for (const name of ['WARC-Type', 'WARC-Record-ID', 'WARC-Date', 'Content-Length']) {
    const values = fields.all(name);
    if (values.length === 0) throw new ArchiveError(item, `the field ${name} is missing`);
    if (values.length > 1) throw new ArchiveError(item, `the field ${name} is there more than once`);
  }
  const type = fields.get('WARC-Type') ?? '';
  if (!RECORD_TYPES.includes(type))
    throw new ArchiveError(item, `${JSON.stringify(type)} is no type of record`);
  const length = fields.get('Content-Length') ?? '';
  if (!/^\d{1,15}$/.test(length))
    throw new ArchiveError(item, `the Content-Length ${JSON.stringify(length)} is no length`);
  return fields;
}
