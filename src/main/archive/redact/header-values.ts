import type { Secrets } from './secrets.ts';
import { isSecretField, isSessionCookie } from './names.ts';
import { editJson } from './json-fields.ts';
import { bytesOf, notingEditor, utf8Of } from './editor.ts';

/** Notes what a header that is left out holds: each cookie, the parts of what is authorised with, else the whole value. */
export function noteHeader(name: string, value: string, secrets: Secrets): void {
  const lower = name.toLowerCase();
  const text = utf8Of(value).trim();
  if (/^cookie2?$/.test(lower)) for (const pair of text.split(/[;,]/)) noteCookie(pair, secrets);
  else if (/^set-cookie2?$/.test(lower)) noteCookie(text.split(';', 1)[0] ?? '', secrets);
  else if (/^(proxy-)?authorization$/.test(lower)) noteAuthorization(text, secrets);
  else secrets.note(text, 'token');
}

function noteCookie(pair: string, secrets: Secrets): void {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  const value = pair
    .slice(equals + 1)
    .trim()
    .replace(/^"(.*)"$/, '$1');
  secrets.note(value, isSessionCookie(name) ? 'token' : 'cookie');
  const decoded = value.includes('%') ? tryDecode(value) : value;
  if (/^[{[]/.test(decoded)) editJson(bytesOf(decoded), notingEditor(secrets), { isSecret: isSecretField });
}

function noteAuthorization(text: string, secrets: Secrets): void {
  const [, scheme = '', rest = text] = /^([\w-]+)\s+(.*)$/s.exec(text) ?? [];
  if (scheme.toLowerCase() === 'basic') {
    const pair = Buffer.from(rest, 'base64').toString('utf8');
    const colon = pair.indexOf(':');
    secrets.note(rest, 'token');
    secrets.note(pair, 'password');
    if (colon >= 0) secrets.note(pair.slice(colon + 1), 'password');
    return;
  }
  secrets.note(rest, 'token');
  for (const [, quoted, bare] of rest.matchAll(/=\s*(?:"([^"]{16,})"|([^\s",]{16,}))/g))
    secrets.note(quoted ?? bare ?? '', 'token');
}

function tryDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
