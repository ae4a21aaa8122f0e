import { bytesOf, type Editor, utf8Of } from './editor.ts';
import { isSecretArgument, isSecretField, kindOfField } from './names.ts';

/**
 * Leaves secret fields out of a form body (`a=1&b=2`), a character per byte. Names count however they are written (percent
 * signs, plus signs, brackets); a value that holds something itself goes through `within`.
 */
export function editForm(text: string, editor: Editor, within: (text: string) => string): string {
  return editPairs(text, within, (name, value, length) =>
    isSecretField(name) ? editor.omit(name, value, length, kindOfField(name), 'secret-field') : null,
  );
}

/**
 * Leaves credentials out of an address: user and password, secret arguments of query, fragment and path. A relative one and
 * one behind a name (`urn:dom:https://…`) too.
 */
export function editUrl(url: string, editor: Editor, depth = 0): string {
  const match =
    /^((?:urn:[A-Za-z]+:)?(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?)(?:([^/?#@\s]*)@)?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(
      url,
    );
  if (match === null || url.length > 100_000) return url;
  const [, scheme = '', user, rest = '', query, fragment] = match;
  const within = (text: string): string =>
    depth < 3 && mayBeUrl(text) ? editUrl(text, editor, depth + 1) : text;
  const pairs = (text: string): string =>
    editPairs(text, within, (name, value, length) =>
      isSecretArgument(name) ? editor.omit(name, value, length, kindOfField(name), 'secret-argument') : null,
    );
  const signed =
    user !== undefined && scheme.endsWith('//')
      ? `${userMarker(user, editor)}@`
      : user === undefined
        ? ''
        : `${user}@`;
  const path = rest.replace(/;([^;=/]+)=([^;/]*)/g, (whole, name: string, value: string) =>
    isSecretArgument(name) && value !== ''
      ? `;${name}=${editor.omit(name, decoded(value), value.length, 'token', 'secret-argument')}`
      : whole,
  );
  const after = (part: string | undefined): string =>
    part === undefined
      ? ''
      : `${part.slice(0, 1)}${part.includes('=') ? pairs(part.slice(1)) : part.slice(1)}`;
  return `${scheme}${signed}${path}${after(query)}${after(fragment)}`;
}

/** Leaves credentials out of every address in a text: the Referer, a list of links. */
export function editUrlsIn(text: string, editor: Editor): string {
  if (!mayBeUrl(text)) return text;
  return text.replace(/[^\s<>"']+/g, (found) => (mayBeUrl(found) ? editUrl(found, editor) : found));
}

/** Looked for sign by sign: a hostile text must not make the search long. */
function mayBeUrl(text: string): boolean {
  return (text.includes('=') && /[?#;]/.test(text)) || (text.includes('://') && text.includes('@'));
}

/** The user is no secret, but the pair opens the door. */
function userMarker(user: string, editor: Editor): string {
  const colon = user.indexOf(':');
  const password = colon < 0 ? '' : decoded(user.slice(colon + 1));
  return editor.omit('user and password', password, user.length, 'password', 'user-in-address');
}

function editPairs(
  text: string,
  within: (text: string) => string,
  omit: (name: string, value: string, length: number) => string | null,
): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return pair;
      const raw = pair.slice(equals + 1);
      const name = decoded(pair.slice(0, equals));
      if (raw === '') return pair;
      const value = decoded(raw);
      const marker = omit(name, value, raw.length);
      if (marker !== null) return `${pair.slice(0, equals + 1)}${marker}`;
      const inner = within(value);
      return inner === value
        ? pair
        : `${pair.slice(0, equals + 1)}${encodeURIComponent(inner.toWellFormed())}`;
    })
    .join('&');
}

/** Percent and plus signs undone; what is no such coding stays. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  const bytes = (/[^\0-\xff]/.test(spaced) ? bytesOf(spaced) : spaced).replace(
    /%([0-9a-f]{2})/gi,
    (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return utf8Of(bytes);
}
