import { isIP } from 'node:net';
import type { JsonObject } from '../../../shared/domain/common.ts';

/**
 * Everything a page can choose (addresses, header names and values, reasons, methods) passes here before it enters a record,
 * so that it cannot end a line, start a field or leave its own: the rule for each is in its comment.
 */

/** For WARC-Target-URI: what is not a visible ASCII character, and `<` and `>`, is percent-encoded as UTF-8. */
export function safeUri(uri: string): string {
  return uri.toWellFormed().replace(/[^\x21-\x7e]+|[<>]/gu, (found) => encodeURIComponent(found));
}

/** An address as it went over the network: without its fragment. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

/** The address of a WebSocket handshake as the HTTP request that it is: checkers read HTTP only under http(s) addresses. */
function httpForm(url: string): string {
  return url.replace(/^ws(s?):/i, 'http$1:');
}

/** The WARC-Target-URI of an exchange with this address. */
export function recordUri(url: string): string {
  return safeUri(httpForm(withoutFragment(url)));
}

/** A header value, or a reason: each run of CR, LF and NUL becomes one space (RFC 9110, 5.5); the ends are trimmed. */
export function safeValue(value: string): string {
  return value.replace(/[\r\n\0]+/g, ' ').replace(/^[ \t]+|[ \t]+$/g, '');
}

/** A header name or method: each character that no token may hold (RFC 9110, 5.6.2) becomes `_`. */
export function safeToken(name: string): string {
  return name.replace(/[^!#$%&'*+\-.^_`|~0-9A-Za-z]/g, '_') || '_';
}

/** A WARC field value: control characters of any kind become spaces. */
export function safeField(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const mediaType = new RegExp(
  `^${token}/${token}[ \\t]*(;[ \\t]*${token}=(${token}|"[^"\\\\\\x00-\\x1f\\x7f]*")[ \\t]*)*$`,
);

/** The media type where it is one (RFC 9110, 8.3.1), or null. */
export function validMediaType(type: string | null | undefined): string | null {
  const trimmed = type?.trim() ?? '';
  return mediaType.test(trimmed) && /^[\x20-\x7e]+$/.test(trimmed) ? trimmed : null;
}

/** The bare address of `1.2.3.4`, `1.2.3.4:443`, `::1` or `[::1]:443`, or null where there is none. */
export function bareAddress(address: string | null | undefined): string | null {
  if (!address) return null;
  const inner = /^\[(.+)\](:\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  return isIP(inner) === 0 ? null : inner;
}

/** JSON in one line of ASCII. */
export function asciiJson(value: JsonObject): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A head's bytes: one per character, or UTF-8 where a character is no byte. */
export function headBytes(line: string): Uint8Array {
  return /^[\0-\xff]*$/.test(line) ? Buffer.from(line, 'latin1') : Buffer.from(line.toWellFormed(), 'utf8');
}
