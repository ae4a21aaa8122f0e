import { brotliDecompressSync, gunzipSync, inflateSync, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import type { HeaderList } from '../../../../shared/domain/provenance.ts';

/** A body that unfolds to more than this many bytes is not read. */
const UNFOLDED = 16_000_000;

/** The text of a body as a browser reads it: content coding undone, character set applied. Null where it cannot be read. */
export function decodeBody(bytes: Uint8Array, headers: HeaderList, isDecoded: boolean): string | null {
  try {
    const plain = isDecoded ? bytes : unfold(bytes, valueOf(headers, 'content-encoding'));
    return new TextDecoder(charset(plain, valueOf(headers, 'content-type'))).decode(plain);
  } catch {
    return null;
  }
}

function valueOf(headers: HeaderList, name: string): string {
  return headers.findLast(([key]) => key.toLowerCase() === name)?.[1].toLowerCase() ?? '';
}

function unfold(bytes: Uint8Array, codings: string): Uint8Array {
  let result = bytes;
  const limit = { maxOutputLength: UNFOLDED };
  for (const coding of codings
    .split(',')
    .map((one) => one.trim())
    .toReversed()) {
    if (coding === 'gzip' || coding === 'x-gzip') result = gunzipSync(result, limit);
    else if (coding === 'br') result = brotliDecompressSync(result, limit);
    else if (coding === 'zstd') result = zstdDecompressSync(result, limit);
    else if (coding === 'deflate')
      result = (result[0] ?? 0) % 16 === 8 ? inflateSync(result, limit) : inflateRawSync(result, limit);
    else if (coding !== '' && coding !== 'identity') throw new Error(`unknown coding ${coding}`);
  }
  return result;
}

/** By byte order mark, header, or what the document says of itself in its first kilobyte. (HTML 13.2.3) */
function charset(bytes: Uint8Array, contentType: string): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const label =
    /charset\s{0,9}=\s{0,9}["']?([\w.:-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w.:-]+)/i.exec(start)?.[1] ??
    'utf-8';
  return isKnown(label) ? label : 'utf-8';
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
