import { decodeEntities } from '../document/entities.ts';
import type { OutlineElement } from '../document/outline.ts';
import { hostFits } from '../address.ts';
import { termsOf } from './terms.ts';

/** Where what is shown can have come from. */
export interface Explanations {
  /** Bodies of the record, as text; read one after the other, as far as needed. */
  texts: Iterable<string>;
  /** Every address that was asked for. */
  urls: readonly string[];
  /** What the browser itself can have given to a script: its name, its dates in words. */
  ambient: readonly string[];
  /** False where not every body that may hold text could be read: then nothing can be said. */
  complete: boolean;
}

interface Added {
  served: string;
  added: readonly OutlineElement[];
  addedTexts: readonly string[];
}

/** Fewer different words than these may be anything: a number, a name, a date. */
const FEW = 5;
/** Part of the words of a text that occur nowhere, from which it counts as unexplained. */
const MOST = 0.6;
const TEXTS = 300;
const TERMS = 800;
/** Time for the search (milliseconds); after it nothing is claimed. */
const PATIENCE = 1500;
const TOLD = 5;

const extension = /^(?:chrome|moz|ms-browser|safari-web|safari|edge)-extension:/i;
const linking = ['src', 'href', 'action', 'data', 'poster'];

/** In sentences: what stands in the shown document though nothing in the record holds it. Only clear cases; bounded in time. */
export function unexplained(added: Added, explanations: Explanations): string[] {
  const marks = [...extensionMarks(added), ...translationMarks(added)];
  if (!explanations.complete) return marks;
  const texts = longest(added.addedTexts).map((text) => ({ text, terms: termsOf(text) }));
  const wanted = new Set<string>();
  for (const { terms } of texts)
    if (terms.length >= FEW) for (const term of terms) if (wanted.size < TERMS) wanted.add(term);
  const hosts = foreignHosts(added.added, explanations.urls);
  const missing = search([...wanted, ...hosts.keys()], [added.served], explanations);
  if (missing === null) return marks;
  return [
    ...marks,
    ...brief(
      [...hosts]
        .filter(([host]) => missing.has(host))
        .map(
          ([host, name]) =>
            `A <${name}> element points to ${host}, an address that occurs in no answer of the record.`,
        ),
    ),
    ...brief(
      texts
        .filter(({ terms }) => terms.length >= FEW && terms.every((term) => wanted.has(term)))
        .filter(({ terms }) => terms.filter((term) => missing.has(term)).length > terms.length * MOST)
        .map(
          ({ text }) =>
            `“${shorten(text)}” is shown, and most of its words occur in no answer of the record.`,
        ),
    ),
  ];
}

function extensionMarks({ added }: Added): string[] {
  const marked = added.filter(({ attributes }) =>
    linking.some((key) => extension.test(attributes.get(key) ?? '')),
  );
  return marked.length === 0
    ? []
    : [
        `${marked.length === 1 ? 'An element comes' : `${marked.length} elements come`} from an extension of the browser (${shorten(firstLink(marked))}).`,
      ];
}

function firstLink([element]: OutlineElement[]): string {
  return (
    linking.map((key) => element?.attributes.get(key) ?? '').find((value) => extension.test(value)) ?? ''
  );
}

function translationMarks({ added, served }: Added): string[] {
  const fonts = added.filter(
    ({ name, attributes }) =>
      name === 'font' && /vertical-align:\s?inherit/.test(attributes.get('style') ?? ''),
  );
  return fonts.length > 2 && !/vertical-align:\s?inherit/.test(served)
    ? [
        `The document carries the marks of a translation made in the browser (${fonts.length} <font> elements).`,
      ]
    : [];
}

/** Hosts that added elements point to and nothing was asked from, with the kind of element. */
function foreignHosts(added: readonly OutlineElement[], urls: readonly string[]): Map<string, string> {
  const asked = [...new Set(urls.map((url) => URL.parse(url)?.hostname ?? ''))].filter((host) => host !== '');
  const found = new Map<string, string>();
  for (const { name, attributes } of added) {
    if (found.size >= 60) break;
    for (const key of linking) {
      const value = attributes.get(key) ?? '';
      if (!/^(?:https?:)?\/\//i.test(value)) continue;
      const url = URL.parse(value, 'https://x.invalid');
      if (!url || !url.hostname.includes('.')) continue;
      const site = url.hostname.split('.').slice(-2).join('.');
      if (!asked.some((host) => hostFits(host, site))) found.set(site, name);
    }
  }
  return found;
}

/** What of these occurs nowhere; null where the search was not over in time. */
function search(
  wanted: string[],
  first: string[],
  { texts, ambient, urls }: Explanations,
): Set<string> | null {
  const missing = new Set(wanted);
  const until = performance.now() + PATIENCE;
  const look = (text: string): void => {
    for (const term of missing) if (text.includes(term)) missing.delete(term);
  };
  for (const source of [first, [ambient.join('\n'), urls.join('\n')], texts]) {
    for (const text of source) {
      if (missing.size === 0) return missing;
      if (performance.now() > until) return null;
      for (const form of forms(text)) look(form.toLowerCase());
    }
  }
  return missing;
}

/** A text as it stands, and with what stands for characters in scripts, markup and addresses undone. */
function* forms(text: string): Generator<string> {
  yield text;
  if (/\\[ux]/.test(text))
    yield text.replaceAll(
      /\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\u\{([0-9a-fA-F]{1,6})\}/g,
      (all, ...groups) => {
        const code = Number.parseInt(String(groups[0] ?? groups[1] ?? groups[2]), 16);
        return code <= 0x10_ffff ? String.fromCodePoint(code) : all;
      },
    );
  if (text.includes('&')) yield decodeEntities(text);
  if (/%[0-9a-f]{2}/i.test(text))
    yield Buffer.from(
      text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8');
  const hidden = text.match(/[A-Za-z0-9+/_-]{80,}={0,2}/g)?.slice(0, 200) ?? [];
  if (hidden.length > 0)
    yield hidden.map((one) => Buffer.from(one.slice(0, 200_000), 'base64').toString('utf8')).join('\n');
}

function longest(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => b.length - a.length).slice(0, TEXTS);
}

function brief(sentences: string[]): string[] {
  return sentences.length > TOLD
    ? [...sentences.slice(0, TOLD), `And ${sentences.length - TOLD} more of the same kind.`]
    : sentences;
}

function shorten(text: string): string {
  const clean = text.replaceAll(/\s+/g, ' ').trim();
  return clean.length > 160 ? `${clean.slice(0, 159)}…` : clean;
}
