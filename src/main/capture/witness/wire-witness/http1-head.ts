import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { latin1 } from './byte-store.ts';
import type { HttpVersion, RequestHead, ResponseHead } from './parser.ts';

/** Header fields as browsers read them: folded lines joined, lines that are no field left out. (RFC 9112 5) */
export function parseFields(lines: string[]): HeaderList {
  const fields: HeaderList = [];
  for (const line of lines) {
    if (line === '') continue;
    const last = fields.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last[1] = last[1] === '' ? trim(line) : `${last[1]} ${trim(line)}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) fields.push([trim(line.slice(0, colon)), trim(line.slice(colon + 1))]);
  }
  return fields;
}

/** The lines of a head without what ends them. */
export function linesOf(raw: Uint8Array): string[] {
  return latin1(raw)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Spaces and tabs only: a byte of another character set must not be taken for a space. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** All values of a field, in order. */
export function valuesOf(headers: HeaderList, name: string): string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/** The members of a field that is a list, in lower case. */
export function membersOf(headers: HeaderList, name: string): string[] {
  return valuesOf(headers, name)
    .flatMap((value) => value.split(','))
    .map((member) => trim(member).toLowerCase());
}

/** Null where the first line is none of a request. (RFC 9112 3) */
export function parseRequestHead(raw: Uint8Array, at: Date): RequestHead | null {
  const [first = '', ...lines] = linesOf(raw);
  const afterMethod = first.indexOf(' ');
  const beforeVersion = first.lastIndexOf(' ');
  if (afterMethod < 1 || beforeVersion <= afterMethod) return null;
  const method = first.slice(0, afterMethod);
  const target = trim(first.slice(afterMethod, beforeVersion));
  const version = /^HTTP\/1\.(\d)$/.exec(first.slice(beforeVersion + 1));
  if (!version || target === '' || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return null;
  const headers = parseFields(lines);
  const authority = valuesOf(headers, 'host')[0] ?? (method === 'CONNECT' ? target : null);
  return {
    method,
    target,
    authority,
    scheme: null,
    headers,
    version: version[1] === '0' ? 'http/1.0' : 'http/1.1',
    raw,
    at,
    protocol: null,
  };
}

/** Bytes that browsers pass over before a status line. (Chromium, `HttpUtil::LocateStartOfStatusLine`) */
const SLOP = 4;
const STATUS_LINE_START = 'http/';

/** Whether these first bytes can no longer become an answer. */
export function isNoStatusLine(soFar: Uint8Array): boolean {
  const needed = SLOP + STATUS_LINE_START.length;
  return soFar.length >= needed && startOfStatusLine(latin1(soFar.subarray(0, needed))) < 0;
}

function startOfStatusLine(text: string): number {
  return text
    .slice(0, SLOP + STATUS_LINE_START.length)
    .toLowerCase()
    .indexOf(STATUS_LINE_START);
}

/** Null where there is no status line. The reason phrase may be missing. (RFC 9112 4) */
export function parseResponseHead(collected: Uint8Array, at: Date): ResponseHead | null {
  const start = startOfStatusLine(latin1(collected.subarray(0, SLOP + STATUS_LINE_START.length)));
  if (start < 0) return null;
  const raw = start === 0 ? collected : collected.slice(start);
  const [first = '', ...lines] = linesOf(raw);
  const match = /^HTTP\/(\d)\.(\d)[ \t]+(\d{3})(?!\d)([^]*)$/i.exec(first);
  if (!match) return null;
  const version: HttpVersion =
    match[1] === '0' || (match[1] === '1' && match[2] === '0') ? 'http/1.0' : 'http/1.1';
  return {
    status: Number(match[3]),
    statusText: trim(match[4] ?? ''),
    headers: parseFields(lines),
    version,
    raw,
    at,
  };
}
