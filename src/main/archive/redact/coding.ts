import { Readable, type Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import type { Fields } from '../warc/head.ts';
import { ArchiveError, archiveError } from '../errors.ts';

/** The content codings of a stored body, first applied first; null where one is not known or the body is still in chunks. */
export function codingsOf(headers: Fields): string[] | null {
  const list = headers
    .all('content-encoding')
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const chunked = headers.all('transfer-encoding').some((value) => value.trim().toLowerCase() !== 'identity');
  return chunked || list.length > 4 || list.some((coding) => !known.has(coding)) ? null : list;
}

/** A small body may be made to unpack to any size. Bytes. */
const LARGEST_UNPACKED = 2 ** 30;

const known = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

/** Undoes the codings, last first. Throws ArchiveError about `item` where the bytes are not what they claim. */
export async function* undone(
  pieces: AsyncIterable<Uint8Array>,
  codings: readonly string[],
  item: string,
): AsyncGenerator<Uint8Array> {
  let stream: AsyncIterable<Uint8Array> = pieces;
  for (const coding of codings.toReversed()) stream = through(stream, coding, item);
  let size = 0;
  for await (const piece of stream) {
    size += piece.byteLength;
    if (codings.length > 0 && size > LARGEST_UNPACKED)
      throw new ArchiveError(item, `it unpacks to more than ${LARGEST_UNPACKED} bytes`);
    yield piece;
  }
}

async function* through(
  pieces: AsyncIterable<Uint8Array>,
  coding: string,
  item: string,
): AsyncGenerator<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const decoder = decoderOf(coding, first.value);
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  };
  const feed = Readable.from(rest(), { highWaterMark: 1 });
  feed.on('error', (error) => decoder.destroy(error));
  feed.pipe(decoder);
  try {
    for await (const piece of decoder) {
      const bytes: Uint8Array = piece;
      yield bytes;
    }
  } catch (error) {
    throw archiveError(item, new ArchiveError(item, 'its compression cannot be undone', { cause: error }));
  } finally {
    feed.destroy();
    decoder.destroy();
  }
}

function decoderOf(coding: string, first: Uint8Array): Transform {
  if (coding === 'br') return createBrotliDecompress();
  if (coding === 'zstd') return createZstdDecompress();
  if (coding !== 'deflate') return createGunzip();
  // RFC 9110 8.4.1.2 asks for the zlib form; servers send both.
  return ((first[0] ?? 0) & 0x0f) === 8 && (((first[0] ?? 0) << 8) | (first[1] ?? 0)) % 31 === 0
    ? createInflate()
    : createInflateRaw();
}
