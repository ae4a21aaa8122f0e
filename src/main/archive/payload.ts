import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import type { Payload } from './bytes.ts';

/** Bytes in memory as a payload. The buffer must not be changed afterwards. */
export function bytesPayload(bytes: Uint8Array): Payload {
  return {
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    stream: () => (bytes.byteLength === 0 ? [] : [bytes]),
  };
}

/** Text in UTF-8 as a payload. */
export function textPayload(text: string): Payload {
  return bytesPayload(new TextEncoder().encode(text));
}

/** No bytes at all. */
export const emptyPayload: Payload = bytesPayload(new Uint8Array(0));

/**
 * A file as a payload. Without `known` it is read once to learn its size and digest. The file must stay as it is until
 * the payload was used; whoever writes it compares the digest. Throws what the file system throws.
 */
export async function filePayload(path: string, known?: { size: number; sha256: string }): Promise<Payload> {
  if (known !== undefined) return { ...known, stream: () => fileChunks(path) };
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const bytes: Uint8Array = chunk;
    hash.update(bytes);
    size += bytes.byteLength;
  }
  return { size, sha256: hash.digest('hex'), stream: () => fileChunks(path) };
}

const CHUNK = 256 * 1024;

/** The bytes of a file in pieces of 256 KiB, each a buffer of its own. */
export function* fileChunks(path: string): Generator<Uint8Array> {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    for (let at = 0; at < size;) {
      const chunk = new Uint8Array(Math.min(CHUNK, size - at));
      const read = readSync(descriptor, chunk, 0, chunk.byteLength, at);
      if (read === 0) return;
      at += read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}
