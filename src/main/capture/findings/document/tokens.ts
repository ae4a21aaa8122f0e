import { decodeEntities } from './entities.ts';

/** A piece of an HTML document, in the order of the source. */
export type Token =
  | { kind: 'open'; name: string; attributes: Map<string, string>; closed: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string; raw: boolean };

/** Elements whose content is not markup. */
const rawElements = new Set([
  'script',
  'style',
  'noscript',
  'iframe',
  'noembed',
  'noframes',
  'xmp',
  'textarea',
  'title',
]);
const nameEnd = /[\s/>]/g;
/** A start tag with more attributes than this is read no further. */
const MANY_ATTRIBUTES = 200;

/**
 * Reads any text as HTML, as tolerantly as a browser: nothing is an error. One pass, never backwards, so that time grows with length
 * alone. Comments and declarations are left out.
 */
export function* tokens(html: string): Generator<Token> {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      yield text(html.slice(at), false);
      return;
    }
    const next = html.charCodeAt(open + 1);
    const isTag = isLetter(next) || next === SLASH || next === BANG || next === QUESTION;
    if (open > at || !isTag) {
      const end = isTag ? open : open + 1;
      yield text(html.slice(at, end), false);
      at = end;
      if (!isTag) continue;
    }
    if (next === BANG || next === QUESTION) {
      at = afterDeclaration(html, open);
      continue;
    }
    if (next === SLASH) {
      const end = indexOr(html, '>', open);
      yield { kind: 'close', name: tagName(html.slice(open + 2, Math.min(end, open + 80))) };
      at = end + 1;
      continue;
    }
    const { token, end } = startTag(html, open);
    yield token;
    at = end;
    if (token.kind !== 'open' || !rawElements.has(token.name)) continue;
    const close = rawEnd(html, at, token.name);
    if (close > at) yield text(html.slice(at, close), token.name !== 'title' && token.name !== 'textarea');
    at = close;
  }
}

const SLASH = 47;
const BANG = 33;
const QUESTION = 63;

function text(source: string, raw: boolean): Token {
  return { kind: 'text', text: raw ? source : decodeEntities(source), raw };
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function indexOr(html: string, wanted: string, from: number): number {
  const found = html.indexOf(wanted, from);
  return found < 0 ? html.length : found;
}

function afterDeclaration(html: string, open: number): number {
  if (html.startsWith('<!--', open)) return indexOr(html, '-->', open + 2) + 3;
  return indexOr(html, '>', open) + 1;
}

function tagName(source: string): string {
  return source.split(/[\s/>]/, 1)[0]?.toLowerCase() ?? '';
}

function startTag(html: string, open: number): { token: Token; end: number } {
  nameEnd.lastIndex = open + 1;
  const stop = nameEnd.exec(html)?.index ?? html.length;
  const name = html.slice(open + 1, Math.min(stop, open + 80)).toLowerCase();
  const attributes = new Map<string, string>();
  let at = stop;
  let closed = false;
  for (;;) {
    while (at < html.length && (isSpace(html.charCodeAt(at)) || html.charCodeAt(at) === SLASH)) {
      closed = html.charCodeAt(at) === SLASH;
      at += 1;
    }
    if (at >= html.length || html.charAt(at) === '>') break;
    closed = false;
    const { key, value, end } = attribute(html, at);
    if (attributes.size < MANY_ATTRIBUTES && !attributes.has(key)) attributes.set(key, value);
    at = end;
  }
  return { token: { kind: 'open', name, attributes, closed }, end: Math.min(at + 1, html.length) };
}

const keyEnd = /[\s=/>]/g;
const bareEnd = /[\s>]/g;

function attribute(html: string, from: number): { key: string; value: string; end: number } {
  keyEnd.lastIndex = from + 1;
  let at = keyEnd.exec(html)?.index ?? html.length;
  const key = html.slice(from, Math.min(at, from + 100)).toLowerCase();
  while (at < html.length && isSpace(html.charCodeAt(at))) at += 1;
  if (html.charAt(at) !== '=') return { key, value: '', end: at };
  at += 1;
  while (at < html.length && isSpace(html.charCodeAt(at))) at += 1;
  const quote = html.charAt(at);
  if (quote === '"' || quote === "'") {
    const end = indexOr(html, quote, at + 1);
    return { key, value: decodeEntities(html.slice(at + 1, end)), end: end + 1 };
  }
  bareEnd.lastIndex = at;
  const end = bareEnd.exec(html)?.index ?? html.length;
  return { key, value: decodeEntities(html.slice(at, end)), end };
}

/** Where the end tag of a raw element begins; the end of the document where there is none. */
function rawEnd(html: string, from: number, name: string): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    const after = html.charAt(at + 2 + name.length);
    const same = html.slice(at + 2, at + 2 + name.length).toLowerCase() === name;
    if (same && (after === '' || after === '>' || after === '/' || /\s/.test(after))) return at;
  }
  return html.length;
}
