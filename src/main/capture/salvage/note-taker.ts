import type { SoFar } from './recording-notes.ts';

/** Milliseconds between two notes at least. */
const EVERY = 1000;
/** Noting may take this part of the time: on a slow disk it is done less often. */
const SHARE = 0.05;

/** Sees to it that a recording is noted often enough for a crash to cost little: every second, and as soon as the page itself has come. */
export class NoteTaker {
  readonly #write: (soFar: SoFar) => void;
  readonly #fail: (error: unknown) => void;
  #look: (() => SoFar) | null = null;
  #document: (() => string | undefined) | null = null;
  #hasDocument = false;
  #timer: NodeJS.Timeout | null = null;

  /** `write` stores what was recorded and notes it; where it throws, `fail` is told. */
  constructor(write: (soFar: SoFar) => void, fail: (error: unknown) => void) {
    this.#write = write;
    this.#fail = fail;
  }

  /** Begins. `document` gives the address of the page itself, once it is known. */
  begin(look: () => SoFar, document: () => string | undefined): void {
    this.#look = look;
    this.#document = document;
    this.#next(EVERY);
  }

  /** An answer was written into the record. */
  kept(url: string): void {
    if (this.#hasDocument || url !== this.#document?.()?.replace(/#.*$/, '')) return;
    this.#hasDocument = true;
    this.now();
  }

  /** Notes at once. */
  now(): void {
    if (!this.#look) return;
    const from = performance.now();
    const soFar = this.#look();
    try {
      this.#write(soFar);
    } catch (error) {
      this.end();
      this.#fail(error);
      return;
    }
    this.#next(Math.max(EVERY, (performance.now() - from) / SHARE));
  }

  end(): void {
    this.#look = null;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #next(after: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), after);
  }
}
