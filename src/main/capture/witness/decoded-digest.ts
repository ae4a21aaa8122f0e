import { createHash } from 'node:crypto';
import { Readable, Writable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import type { Payload } from '../../archive/bytes.ts';

/**
 * Digest of a body after undoing its content codings (RFC 9110 8.4), which is how the browser hands it over. `null` where a coding is not
 * known, the bytes do not follow it, or more than `limit` bytes come out: a body may be made to unpack without end.
 */
export async function decodedDigest(
  payload: Payload,
  codings: readonly string[],
  limit: number,
): Promise<string | null> {
  if (codings.length === 0) return payload.sha256;
  const hash = createHash('sha256');
  const isWhole = await decode(payload, codings, limit, (bytes) => hash.update(bytes));
  return isWhole ? hash.digest('hex') : null;
}

/** Undoes content codings piece by piece; false where `decodedDigest` would be null. What was handed to `take` is then of no use. */
export async function decode(
  payload: Payload,
  codings: readonly string[],
  limit: number,
  take: (bytes: Uint8Array) => void,
): Promise<boolean> {
  const decoders: Transform[] = [];
  for (const coding of codings.toReversed()) {
    const decoder = await decoderOf(coding, payload);
    if (!decoder) return false;
    decoders.push(decoder);
  }
  let size = 0;
  const measure = new Writable({
    write(chunk: Buffer, _, next) {
      size += chunk.byteLength;
      if (size > limit) {
        next(new RangeError('more than the browser got'));
        return;
      }
      try {
        take(chunk);
        next();
      } catch (error) {
        next(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  try {
    await pipeline([Readable.from(payload.stream()), ...decoders, measure]);
  } catch {
    return false;
  }
  return true;
}

const known: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'br', 'zstd', 'deflate']);

/** Whether a content coding can be undone here, and in browsers. */
export function isKnownCoding(coding: string): boolean {
  return known.has(coding);
}

async function decoderOf(coding: string, payload: Payload): Promise<Transform | null> {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      // Servers send it with and without the zlib head that it should have.
      return (await isZlib(payload)) ? createInflate() : createInflateRaw();
    default:
      return null;
  }
}

/** RFC 1950 2.2: method 8, and a check over the first two bytes. */
async function isZlib(payload: Payload): Promise<boolean> {
  for await (const chunk of payload.stream()) {
    const [first = 0, second = 0] = chunk;
    return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  }
  return false;
}
