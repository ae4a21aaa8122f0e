import { formsOf } from './forms.ts';
import { Matcher } from './matcher.ts';

/** What stands where a credential stood. */
export const MARKER = 'redacted';

/** How a value came to be known: it decides where else it is looked for. */
export type SecretKind = 'password' | 'token' | 'cookie';

interface Known {
  readonly number: number;
  everywhere: boolean;
}

/** Shorter values occur everywhere by chance: they are replaced in their own place only. Bytes. */
export const SHORTEST = 6;
const SHORTEST_ANYWHERE = 8;
/** More values than this are not looked for elsewhere; each is replaced in its own place all the same. */
const MOST = 20_000;

/**
 * The credentials of one archive, numbered in the order in which they are first met. The number makes one value's marker
 * differ from another's, so that addresses which differ only in it stay different and replay finds each.
 */
export class Secrets {
  readonly #known = new Map<string, Known>();

  /** Notes a value. What is too short or too plain to be told from other text is not looked for elsewhere. */
  note(value: string, kind: SecretKind): void {
    const trimmed = value.trim();
    if (trimmed.startsWith(MARKER)) return;
    this.#add(trimmed, kind);
    const decoded = percentDecoded(trimmed);
    if (decoded !== trimmed) this.#add(decoded, kind);
  }

  /** The marker of a value: with its number where it has one. */
  marker(value: string): string {
    const known = this.#known.get(value.trim()) ?? this.#known.get(percentDecoded(value.trim()));
    return known === undefined ? MARKER : markerOf(known.number);
  }

  get size(): number {
    return this.#known.size;
  }

  /** Finds the values in what was sent; with `everywhere`, only those that no other text is taken for. */
  matcher(everywhere: boolean): Matcher {
    return new Matcher(
      [...this.#known]
        .filter(([, known]) => known.everywhere || !everywhere)
        .flatMap(([value, { number }]) =>
          formsOf(value).map((form) => ({ form, marker: Buffer.from(markerOf(number)) })),
        ),
    );
  }

  #add(value: string, kind: SecretKind): void {
    const length = Buffer.byteLength(value);
    if (length < SHORTEST || length > 16_384) return;
    if (kind === 'cookie' && !looksMade(value)) return;
    if (kind === 'token' && !looksMade(value) && !(hasBoth(value) && !isDate(value))) return;
    // A page could send its own sentences as passwords, to have them left out of its text.
    const telling = kind !== 'password' || !/^\p{L}+$|\s/u.test(value);
    const everywhere = length >= SHORTEST_ANYWHERE && telling;
    const known = this.#known.get(value);
    if (known !== undefined) known.everywhere ||= everywhere;
    else if (this.#known.size < MOST) this.#known.set(value, { number: this.#known.size + 1, everywhere });
  }
}

function markerOf(number: number): string {
  return `${MARKER}-${number}`;
}

/** True of what a machine made up, as against a language, a slug, a date or a name. */
function looksMade(value: string): boolean {
  return (value.match(/[A-Za-z0-9]+/g) ?? []).some((run) => {
    if (run.length < 10) return false;
    if (hasBoth(run)) return true;
    return run.length >= 16 && (/^\d+$/.test(run) || (run.match(/[a-z][A-Z]/g) ?? []).length >= 3);
  });
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d([T ]|$)|^\w{3}, \d\d \w{3} \d{4}/.test(text);
}

function hasBoth(text: string): boolean {
  return /\d/.test(text) && /\p{L}/u.test(text);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
