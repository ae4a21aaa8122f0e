import { STATUS_CODES } from 'node:http';
import type { HeaderList } from '../../../shared/domain/provenance.ts';
import { headBytes, safeToken, safeUri, safeValue, withoutFragment } from './safe-text.ts';
import type { HttpExchange } from './types.ts';

/** A Content-Length above this is left out: a checker in use reads it as a 32-bit number. The WARC's own length stays. */
const MAX_LENGTH_FIELD = 2 ** 31 - 1;

/**
 * The head of a response as stored (reference part 3.6): the status line says HTTP/1.1 whatever was spoken; the body is
 * stored without chunks, so `transfer-encoding` becomes `x-orig-transfer-encoding`; a decoded body turns `content-encoding`
 * into `x-orig-content-encoding`; `content-length` is the stored length, and what it said before is kept as
 * `x-orig-content-length`. A status that is none stands before the reason. All other headers stay, in order, as often as they came.
 */
export function responseHead(exchange: HttpExchange): Uint8Array {
  const { status, statusText } = exchange;
  const stored = storedStatus(status);
  const reason =
    stored === status
      ? safeValue(statusText) || (STATUS_CODES[status] ?? '')
      : safeValue(`${status} ${statusText}`);
  const headers = framed(exchange.responseHeaders, exchange.payload?.size ?? 0, exchange.bodyDecoded);
  return head(`HTTP/1.1 ${String(stored).padStart(3, '0')} ${reason}`, headers);
}

/**
 * The head of a request as stored: HTTP/1.1 whatever was spoken. Pseudo headers of HTTP/2 and 3 go; `:authority` becomes
 * `Host` where there is none. A body gets a `Content-Length` where it had none, as nothing else would say where it ends.
 */
export function requestHead(exchange: HttpExchange): Uint8Array {
  const url = URL.parse(exchange.url);
  const size = exchange.requestBody?.size ?? 0;
  const headers = framed(exchange.requestHeaders, size, false);
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  const authority = exchange.requestHeaders.find(([name]) => name === ':authority')?.[1] ?? url?.host;
  if (!has('host') && authority) headers.unshift(['Host', authority]);
  if (size > 0 && !has('content-length')) headers.push(['Content-Length', String(size)]);
  const target =
    exchange.requestTarget ?? (url === null ? withoutFragment(exchange.url) : url.pathname + url.search);
  return head(`${safeToken(exchange.method)} ${safeUri(target) || '/'} HTTP/1.1`, headers);
}

/** The status as stored: 0 for what has not three digits. Browsers take a server's `2000`. */
export function storedStatus(status: number): number {
  return Number.isInteger(status) && status >= 0 && status <= 999 ? status : 0;
}

/** The media type a response claims: the last `content-type`, without parameters, lower case; null where there is none. */
export function claimedType(headers: HeaderList): string | null {
  const value = headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const essence = value?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return essence === '' ? null : safeValue(essence);
}

function framed(headers: HeaderList, stored: number, decoded: boolean): HeaderList {
  const result: HeaderList = [];
  let lengthSaid = false;
  for (const [name, value] of headers) {
    if (name.startsWith(':')) continue;
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding' || (decoded && lower === 'content-encoding')) {
      result.push([`x-orig-${lower}`, value]);
    } else if (lower === 'content-length') {
      const fits = stored <= MAX_LENGTH_FIELD;
      if (!lengthSaid && fits) result.push([name, String(stored)]);
      if (lengthSaid || !fits || value.trim() !== String(stored))
        result.push(['x-orig-content-length', value]);
      lengthSaid = true;
    } else {
      result.push([name, value]);
    }
  }
  return result;
}

function head(start: string, headers: HeaderList): Uint8Array {
  const lines = headers.map(([name, value]) => `${safeToken(name)}: ${safeValue(value)}`);
  return Buffer.concat([start, ...lines, ''].map((line) => headBytes(`${line}\r\n`)));
}
