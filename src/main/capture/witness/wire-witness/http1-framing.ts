import { membersOf } from './http1-head.ts';
import type { RequestHead, ResponseHead } from './parser.ts';

/** How the end of a body is found. (RFC 9112 6.3) `refused`: it cannot be, and a browser would not go on either. */
export type Framing =
  | { kind: 'none' }
  | { kind: 'length'; length: number }
  | { kind: 'chunked' }
  | { kind: 'close' }
  | { kind: 'refused'; reason: string };

const NONE: Framing = { kind: 'none' };

export function requestFraming(head: RequestHead): Framing {
  if (head.method === 'CONNECT') return NONE;
  const codings = membersOf(head.headers, 'transfer-encoding');
  if (codings.at(-1) === 'chunked') return { kind: 'chunked' };
  if (codings.length > 0)
    return { kind: 'refused', reason: 'A request has a transfer coding without an end.' };
  const length = contentLength(head);
  if (length === 'differ' || length === 'invalid')
    return { kind: 'refused', reason: 'A request does not say how long it is.' };
  return length === null ? NONE : { kind: 'length', length };
}

/**
 * Where Chromium and the RFC differ, as Chromium: it is what the page got. `chunked` counts in HTTP/1.1 only and wherever it stands in
 * the list; other codings do not keep `Content-Length` from counting; a length that is no number counts as none.
 */
export function responseFraming(method: string, head: ResponseHead): Framing {
  const { status, headers, version } = head;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NONE;
  if (version === 'http/1.1' && membersOf(headers, 'transfer-encoding').includes('chunked'))
    return { kind: 'chunked' };
  const length = contentLength(head);
  if (length === 'differ') return { kind: 'refused', reason: 'An answer has several lengths that differ.' };
  if (typeof length === 'number') return { kind: 'length', length };
  return status === 205 ? NONE : { kind: 'close' };
}

function contentLength(head: RequestHead | ResponseHead): number | null | 'differ' | 'invalid' {
  const values = new Set(membersOf(head.headers, 'content-length'));
  if (values.size > 1) return 'differ';
  const [value] = values;
  if (value === undefined) return null;
  const length = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(length) ? length : 'invalid';
}
