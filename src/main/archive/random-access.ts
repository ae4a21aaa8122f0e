import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RandomAccess } from './bytes.ts';

/** A buffer as RandomAccess. */
export function bytesSource(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.byteLength,
    read(offset, length) {
      assertRange(offset, length, bytes.byteLength);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A file as RandomAccess, of the size it has now. Throws what the file system throws. `close` it when done. */
export function fileSource(path: string): RandomAccess & { close(): void } {
  const descriptor = openSync(path, 'r');
  const { size } = fstatSync(descriptor);
  return {
    size,
    read(offset, length) {
      assertRange(offset, length, size);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const read = readSync(descriptor, bytes, done, length - done, offset + done);
        if (read === 0) throw new RangeError(`${path} became shorter while it was read`);
        done += read;
      }
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

/** The bytes [start, start + size) of another source, numbered from 0. Throws RangeError where they are not all there. */
export function sliceSource(source: RandomAccess, start: number, size: number): RandomAccess {
  assertRange(start, size, source.size);
  return {
    size,
    read(offset, length) {
      assertRange(offset, length, size);
      return source.read(start + offset, length);
    },
  };
}

/** The bytes [start, end) in pieces: small ones first, as most records are small, then up to 256 KiB. */
export function* chunksOf(source: RandomAccess, start = 0, end = source.size): Generator<Uint8Array> {
  let step = 8 * 1024;
  for (let at = start; at < end;) {
    const length = Math.min(step, end - at);
    yield source.read(at, length);
    at += length;
    step = Math.min(step * 4, 256 * 1024);
  }
}

function assertRange(offset: number, length: number, size: number): void {
  if (
    !Number.isSafeInteger(offset) ||
    !Number.isSafeInteger(length) ||
    offset < 0 ||
    length < 0 ||
    offset + length > size
  ) {
    throw new RangeError(`bytes ${offset} to ${offset + length} are outside of the ${size} that are there`);
  }
}
