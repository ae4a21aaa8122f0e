import type { HeaderList } from '../../../../shared/domain/provenance.ts';

/** A header block as sent over HTTP/1.1: status or request line first, then fields in their own order and spelling. */
export function parseHeadersText(text: string): HeaderList {
  const list: HeaderList = [];
  for (const line of text.split(/\r?\n/).slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) list.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return list;
}

/** Headers as the protocol gives them: a name once, several values of it joined by line feeds. Pseudo-headers are left out. */
export function splitHeaders(headers: Record<string, string>): HeaderList {
  const list: HeaderList = [];
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':')) continue;
    for (const one of value.split('\n')) list.push([name, one]);
  }
  return list;
}

/** Reason phrase of a raw head (`HTTP/1.1 404 Not Found` gives `Not Found`). */
export function statusTextOf(headersText: string): string {
  return /^HTTP\/\S+ \d+ ?(.*?)\r?$/m.exec(headersText)?.[1] ?? '';
}

/** Value of the first header of that name; names do not distinguish case. */
export function header(headers: HeaderList, name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

/** Bytes the sender announced for the body as transferred, or null. */
export function announcedLength(headers: HeaderList): number | null {
  const value = header(headers, 'content-length');
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : null;
}

/** Content codings in the order in which they were applied; `identity` is none. (RFC 9110 8.4) */
export function codingsOf(headers: HeaderList): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/** True where the body is compressed in transfer, so that its announced length is not that of what the page got. */
export function isEncoded(headers: HeaderList): boolean {
  return codingsOf(headers).length > 0;
}
