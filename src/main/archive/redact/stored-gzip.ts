import { crc32 } from 'node:zlib';

/** RFC 1952: deflate, no name, no time, unknown system. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
const BLOCK = 0xffff;

/**
 * Bytes as a gzip member of stored blocks (RFC 1951 3.2.4). Its form follows from the bytes alone, whatever compressor a
 * machine has: whoever makes a copy again anywhere gets the same one.
 */
export async function* storedGzip(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield HEADER;
  let crc = 0;
  let size = 0;
  let held = Buffer.alloc(0);
  for await (const piece of pieces) {
    crc = crc32(piece, crc);
    size += piece.byteLength;
    held = Buffer.concat([held, piece]);
    // The last block is marked as such, so a full one waits until more follows.
    while (held.byteLength > BLOCK) {
      yield* block(held.subarray(0, BLOCK), false);
      held = held.subarray(BLOCK);
    }
  }
  yield* block(held, true);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

/** The same in one piece. */
export function storedGzipSync(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [HEADER];
  for (let at = 0; at === 0 || at < bytes.byteLength; at += BLOCK)
    parts.push(...block(bytes.subarray(at, at + BLOCK), at + BLOCK >= bytes.byteLength));
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.byteLength % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}

function block(bytes: Uint8Array, last: boolean): [Uint8Array, Uint8Array] {
  const head = Buffer.alloc(5);
  head.writeUInt8(last ? 1 : 0, 0);
  head.writeUInt16LE(bytes.byteLength, 1);
  head.writeUInt16LE(~bytes.byteLength & 0xffff, 3);
  return [head, bytes];
}
