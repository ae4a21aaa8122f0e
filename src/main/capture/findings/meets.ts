import { hostFits, pathFits } from './address.ts';
import { select } from './document/select.ts';
import { findPhrase, wording, type Wording } from './document/wording.ts';
import type { PreparedFacts } from './page-facts.ts';
import type { Rule, Words } from './rule.ts';

/** What made a rule fire. */
export interface Seen {
  words: string;
  header: string;
  element: string;
}

/** Whether all conditions of a rule hold, and what was seen; null where one does not. */
export function meets(when: Rule['when'], facts: PreparedFacts): Seen | null {
  const { status, text, outline } = facts;
  if (when.status && !when.status.some(([from, to]) => status !== null && status >= from && status <= to))
    return null;
  if (when.maxText !== undefined && text.low.length > when.maxText) return null;
  if (when.minText !== undefined && text.low.length < when.minText) return null;
  if (when.notFree === true && !facts.notFree) return null;
  if (when.password === true && !facts.password) return null;
  if (!addressMeets(when, facts)) return null;
  const header = when.headers ? headerSeen(when.headers, facts) : '';
  if (header === null) return null;
  const element = when.has ? when.has.find((one) => select(outline, one).length > 0) : '';
  if (element === undefined) return null;
  if (when.lacks?.some((one) => select(outline, one).length > 0) === true) return null;
  if (when.script && !when.script.some((part) => outline.scripts.some((script) => script.includes(part))))
    return null;
  const words = (when.words ?? []).map((one) => wordsSeen(one, facts));
  if (words.includes(null)) return null;
  return { words: words[0] ?? '', header, element };
}

function addressMeets(when: Rule['when'], { requested, final }: PreparedFacts): boolean {
  const { arrivedAt, arrivedOn, askedFor } = when;
  if (arrivedAt) {
    if (!final || !arrivedAt.some((pattern) => pathFits(final, pattern))) return false;
    // Whoever asks for a login page and gets it has what they asked for.
    if (requested && arrivedAt.some((pattern) => pathFits(requested, pattern))) return false;
  }
  if (arrivedOn) {
    if (!final || !arrivedOn.some((host) => hostFits(final.hostname, host))) return false;
    if (requested && arrivedOn.some((host) => hostFits(requested.hostname, host))) return false;
  }
  return !askedFor || (requested !== null && askedFor.some((pattern) => pathFits(requested, pattern)));
}

function headerSeen(wanted: NonNullable<Rule['when']['headers']>, { headers }: PreparedFacts): string | null {
  for (const { name, has } of wanted) {
    for (const [key, value] of headers) {
      if (key.toLowerCase() !== name) continue;
      if (has.length === 0 || has.some((part) => value.toLowerCase().includes(part)))
        return `${name}: ${value}`;
    }
  }
  return null;
}

function wordsSeen(words: Words, facts: PreparedFacts): string | null {
  const phrases = Object.values(words.say).flat();
  for (const place of words.in) {
    for (const region of regions(place, words, facts)) {
      for (const phrase of phrases) {
        const found = findPhrase(region.low, phrase);
        if (!found) continue;
        // What a style sheet hides stands in the document, but not in the text a person can read.
        const readable =
          facts.text.low.length === 0 || facts.text.low.includes(region.low.slice(found.start, found.end));
        if (place !== 'title' && !readable) continue;
        if ((place === 'title' || place === 'heading') && !isMostOf(region, found, words.share)) continue;
        if (place === 'text' && words.within !== undefined && found.start > words.within) continue;
        return region.shown.slice(found.start, found.end);
      }
    }
  }
  return null;
}

function regions(place: Words['in'][number], { inside }: Words, facts: PreparedFacts): Wording[] {
  if (place === 'title') return [facts.title];
  if (place === 'heading') return facts.headings;
  if (place === 'dialog') return facts.dialogs;
  if (inside.length === 0) return [facts.text];
  const { outline } = facts;
  return inside
    .flatMap((one) => select(outline, one).slice(0, 40))
    .map(({ from, to }) => wording(outline.text.slice(from, Math.min(to, from + 20_000))));
}

/** Between what a page calls itself and the name of its site. */
const separators = ['|', '·', '•', '—', '–', ':', ' - '];

function isMostOf({ low }: Wording, { start, end }: { start: number; end: number }, share: number): boolean {
  const ends = separators.map((one) => ({ one, at: low.slice(0, start).lastIndexOf(one) }));
  const left = Math.max(0, ...ends.filter(({ at }) => at >= 0).map(({ one, at }) => at + one.length));
  const starts = separators.map((one) => low.indexOf(one, end)).filter((at) => at >= 0);
  const right = Math.min(low.length, ...starts);
  return (end - start) / low.slice(left, right).trim().length >= share;
}
