import { ByteStore } from './byte-store.ts';
import { HEAD_LIMIT } from './parser.ts';

const CR = 13;
const LF = 10;

/** Collects a head, or the trailers, up to and with the empty line that ends it. Lines end in CRLF or in a bare LF. (RFC 9112 2.2) */
export class HeadCollector {
  readonly #store = new ByteStore();
  readonly #isTrailer: boolean;
  #state: 'line' | 'start' | 'start-cr';
  at = new Date();
  done = false;

  /** Of trailers the first line may be the empty one; before a head, empty lines are left out. */
  constructor(isTrailer: boolean) {
    this.#isTrailer = isTrailer;
    this.#state = isTrailer ? 'start' : 'line';
  }

  get length(): number {
    return this.#store.length;
  }

  get isTooLong(): boolean {
    return this.#store.length > HEAD_LIMIT;
  }

  view(): Uint8Array {
    return this.#store.view();
  }

  /** Takes what belongs to it, from `from` on, and says where that ends. */
  feed(bytes: Uint8Array, from: number): number {
    let start = from;
    if (!this.#isTrailer && this.#store.length === 0) {
      while (start < bytes.length && (bytes[start] === CR || bytes[start] === LF)) start += 1;
      if (start === bytes.length) return start;
      this.at = new Date();
    }
    let end = start;
    while (end < bytes.length && !this.done && end - start <= HEAD_LIMIT) {
      const byte = bytes[end];
      end += 1;
      if (byte === LF) {
        this.done = this.#state !== 'line';
        this.#state = 'start';
      } else {
        this.#state = byte === CR && this.#state === 'start' ? 'start-cr' : 'line';
      }
    }
    this.#store.add(bytes.subarray(start, end));
    return end;
  }

  take(): Uint8Array {
    return this.#store.take();
  }
}
