import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createGzip, createInflateRaw, deflateRawSync, gzip } from 'node:zlib';
import type { Payload, RandomAccess } from './bytes.ts';
import { ArchiveError, archiveError } from './errors.ts';
import { chunksOf } from './random-access.ts';

const gzipWhole = promisify(gzip);
/** Up to here a member is compressed in one go; above, as a stream. */
const WHOLE = 256 * 1024;

/** Compresses `size` bytes as one gzip member and hands the compressed pieces to `write`, in order and in flat memory. */
export async function gzipMember(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
  level: number,
  write: (bytes: Uint8Array) => void,
): Promise<void> {
  if (size <= WHOLE) {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    write(await gzipWhole(Buffer.concat(parts), { level }));
    return;
  }
  await pipeline(
    Readable.from(chunks, { highWaterMark: 1 }),
    createGzip({ level, chunkSize: 64 * 1024 }),
    async (compressed: AsyncIterable<Uint8Array>) => {
      for await (const chunk of compressed) write(chunk);
    },
  );
}

/** Compression pays for text and costs time for what is compressed already: 0 (stored) for media, 6 for the rest. */
export function gzipLevel(mediaType: string | null): number {
  const type = (mediaType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/^image\/(svg|bmp|x-ms-bmp|tiff|vnd\.microsoft\.icon|x-icon)/.test(type)) return 6;
  if (/^(image|video|audio)\//.test(type)) return 0;
  if (
    /^(font\/woff2?|application\/(font-woff2?|zip|gzip|x-gzip|pdf|x-7z-compressed|x-rar-compressed|zstd))$/.test(
      type,
    )
  )
    return 0;
  return 6;
}

/** Bodies above this are tried with a sample: to compress for nothing costs a second for each 30 MB. */
const LARGE = 256 * 1024;
const SAMPLE = 64 * 1024;
/** A sample that stays above this part of its size is not worth compressing. */
const WORTH = 0.95;

/** The level for one body: what is compressed already, by its content coding, its type or a look at its beginning, is stored. */
export async function levelFor(
  payload: Payload,
  mediaType: string | null,
  isEncoded: boolean,
): Promise<number> {
  if (isEncoded) return 0;
  const level = gzipLevel(mediaType);
  if (level === 0 || payload.size <= LARGE) return level;
  for await (const chunk of payload.stream()) {
    const sample = chunk.subarray(0, SAMPLE);
    return deflateRawSync(sample, { level: 1 }).byteLength > sample.byteLength * WORTH ? 0 : level;
  }
  return level;
}

/**
 * Decompresses the one gzip member that starts at `offset` (RFC 1952) and returns the offset behind it. Checks the header's
 * reserved flags, the CRC-32 and the length. Throws ArchiveError about `item`; never reads past the member's end but into
 * one buffer of input.
 */
export async function* gunzipMember(
  source: RandomAccess,
  offset: number,
  item: string,
): AsyncGenerator<Uint8Array, number> {
  const start = offset + headerLength(source, offset, item);
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  const feed = Readable.from(chunksOf(source, start), { highWaterMark: 1 });
  feed.on('error', (error) => inflate.destroy(error));
  feed.pipe(inflate);
  let crc = 0;
  let size = 0;
  try {
    for await (const piece of inflate) {
      const bytes: Uint8Array = piece;
      crc = crc32(bytes, crc);
      size += bytes.byteLength;
      yield bytes;
    }
  } catch (error) {
    throw archiveError(
      item,
      error instanceof Error ? new Error(`compressed data is damaged (${error.message})`) : error,
    );
  } finally {
    feed.unpipe(inflate);
    feed.destroy();
    inflate.destroy();
  }
  const trailer = start + inflate.bytesWritten;
  if (trailer + 8 > source.size) throw new ArchiveError(item, 'the gzip member is cut off');
  const end = view(source.read(trailer, 8));
  if (end.getUint32(0, true) !== crc) throw new ArchiveError(item, 'the gzip checksum does not match');
  if (end.getUint32(4, true) !== size % 2 ** 32)
    throw new ArchiveError(item, 'the gzip length does not match');
  return trailer + 8;
}

/** True where a gzip member (deflate) may start. */
export function isGzipAt(source: RandomAccess, offset: number): boolean {
  if (offset + 3 > source.size) return false;
  const magic = source.read(offset, 3);
  return magic[0] === 0x1f && magic[1] === 0x8b && magic[2] === 8;
}

const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;

function headerLength(source: RandomAccess, offset: number, item: string): number {
  if (offset + 18 > source.size) throw new ArchiveError(item, 'the gzip member is cut off');
  if (!isGzipAt(source, offset)) throw new ArchiveError(item, `no gzip member starts at byte ${offset}`);
  const head = source.read(offset, Math.min(64 * 1024, source.size - offset));
  const flags = head[3] ?? 0;
  if ((flags & 0xe0) !== 0) throw new ArchiveError(item, 'the gzip header has reserved flags set');
  let at = 10;
  if ((flags & FEXTRA) !== 0) at += 2 + (head[at] ?? 0) + 256 * (head[at + 1] ?? 0);
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = head.indexOf(0, at);
    if (end < 0) throw new ArchiveError(item, 'the gzip header does not end');
    at = end + 1;
  }
  if ((flags & FHCRC) !== 0) at += 2;
  if (at >= head.byteLength) throw new ArchiveError(item, 'the gzip header does not end');
  return at;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
