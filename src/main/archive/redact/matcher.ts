/** Bytes to look for, and what is put in their place. */
export interface Pattern {
  readonly form: Uint8Array;
  readonly marker: Uint8Array;
}

/** What a passage through a matcher changed. */
export interface Replaced {
  /** How many places, and bytes that stood there. */
  places: number;
  bytes: number;
}

const WINDOW = 4;

/**
 * Replaces any of many byte strings (each of at least four bytes) in one pass; where several begin at one place, the longest.
 * Keeps a table over their first four bytes, so that the work does not grow with their number.
 */
export class Matcher {
  readonly #byStart = new Map<number, Pattern[]>();
  readonly #maybe = new Uint8Array(65_536);
  readonly #longest: number;

  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns.toSorted((a, b) => b.form.byteLength - a.form.byteLength)) {
      const start = startOf(pattern.form, 0);
      const list = this.#byStart.get(start) ?? [];
      if (list.some(({ form }) => Buffer.compare(form, pattern.form) === 0)) continue;
      list.push(pattern);
      this.#byStart.set(start, list);
      this.#maybe[slot(start)] = 1;
    }
    this.#longest = Math.max(0, ...[...this.#byStart.values()].flat().map(({ form }) => form.byteLength));
  }

  /** The bytes with every form replaced; the same object where there is none. */
  replace(bytes: Uint8Array, count: Replaced): Uint8Array {
    const { pieces, rest } = this.#scan(bytes, count, true);
    return pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]);
  }

  /** Text by its bytes in UTF-8. */
  replaceText(text: string, count: Replaced): string {
    const before = count.places;
    const bytes = this.replace(Buffer.from(text), count);
    return count.places === before ? text : Buffer.from(bytes).toString();
  }

  /** A stream with every form replaced, also one that lies across two pieces. */
  async *stream(
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    count: Replaced,
  ): AsyncGenerator<Uint8Array> {
    let held: Uint8Array = new Uint8Array(0);
    if (this.#longest === 0) {
      yield* pieces;
      return;
    }
    for await (const piece of pieces) {
      const whole = held.byteLength === 0 ? piece : Buffer.concat([held, piece]);
      const { pieces: done, rest } = this.#scan(whole, count, false);
      yield* done;
      held = rest;
    }
    const { pieces: done, rest } = this.#scan(held, count, true);
    yield* done;
    if (rest.byteLength > 0) yield rest;
  }

  /** What is settled, and what must wait because a form may begin in it; at the `end` nothing waits. */
  #scan(bytes: Uint8Array, count: Replaced, end: boolean): { pieces: Uint8Array[]; rest: Uint8Array } {
    const pieces: Uint8Array[] = [];
    let from = 0;
    // Only where the longest form would fit is it known that no longer one begins there.
    const last = end ? bytes.byteLength - WINDOW : bytes.byteLength - Math.max(this.#longest, WINDOW);
    let at = 0;
    if (last >= 0 && this.#longest > 0) {
      while (at <= last) {
        const start = startOf(bytes, at);
        const pattern = this.#maybe[slot(start)] === 1 ? this.#at(bytes, at, start) : null;
        if (pattern === null) {
          at += 1;
          continue;
        }
        if (at > from) pieces.push(bytes.subarray(from, at));
        pieces.push(pattern.marker);
        count.places += 1;
        count.bytes += pattern.form.byteLength;
        at += pattern.form.byteLength;
        from = at;
      }
    }
    if (end) return { pieces, rest: bytes.subarray(from) };
    if (at > from) pieces.push(bytes.subarray(from, at));
    return { pieces, rest: bytes.subarray(Math.max(at, from)) };
  }

  #at(bytes: Uint8Array, at: number, start: number): Pattern | null {
    for (const pattern of this.#byStart.get(start) ?? []) {
      const { form } = pattern;
      if (at + form.byteLength > bytes.byteLength) continue;
      let same = WINDOW;
      while (same < form.byteLength && form[same] === bytes[at + same]) same += 1;
      if (same === form.byteLength) return pattern;
    }
    return null;
  }
}

function startOf(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}

function slot(start: number): number {
  return Math.imul(start, 0x9e3779b1) >>> 16;
}
