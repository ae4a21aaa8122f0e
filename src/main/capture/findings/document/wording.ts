/** Text beyond this many characters is not looked at. */
const LONG = 400_000;

/** A text made comparable: one form of letters, apostrophes and spaces, no invisible characters. Same length in both. */
export interface Wording {
  /** As a person would quote it. */
  shown: string;
  /** In small letters, to search in. */
  low: string;
}

/** Makes a text of any source comparable. Length is bounded. */
export function wording(text: string): Wording {
  const shown = text
    .slice(0, LONG)
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640]|[\u064b-\u0652]/g, '')
    .replaceAll(/[’‘ʼ`´]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim();
  const low = shown.toLowerCase().replaceAll('ё', 'е');
  return { shown: low.length === shown.length ? shown : low, low };
}

/** How far apart the two sides of a gap (`…`) in a phrase may be, in characters. */
const GAP = 60;
/** Places where the beginning of a phrase is tried. */
const TRIES = 40;

/** Where a phrase (small letters, `…` for a few characters that vary) stands in a text; null where it does not. */
export function findPhrase(low: string, phrase: string, from = 0): { start: number; end: number } | null {
  const [first = '', ...rest] = phrase.split('…').map((part) => part.trim());
  let start = low.indexOf(first, from);
  for (let tries = 0; start >= 0 && tries < TRIES; tries += 1) {
    let end = start + first.length;
    const whole = rest.every((part) => {
      const found = low.slice(end, end + GAP + part.length).indexOf(part);
      if (found < 0) return false;
      end += found + part.length;
      return true;
    });
    if (whole) return { start, end };
    start = low.indexOf(first, start + 1);
  }
  return null;
}
