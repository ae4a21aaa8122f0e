import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { ByteStore, latin1 } from './byte-store.ts';
import { HeadCollector } from './head-collector.ts';
import { linesOf, parseFields } from './http1-head.ts';

/** Bytes a chunk's size with its extensions may have; Chromium's limit. */
const SIZE_LINE_LIMIT = 16 * 1024;
const LF = 10;

/** Undoes the transfer coding `chunked`: extensions are passed over, trailers kept. (RFC 9112 7.1) */
export class ChunkedBody {
  #phase: 'size' | 'data' | 'after-data' | 'trailers' = 'size';
  readonly #line = new ByteStore();
  readonly #trailers = new HeadCollector(true);
  #left = 0;
  /** The trailers, once the body is over. */
  ended: HeaderList | null = null;
  malformed: string | null = null;

  /** Hands on the data in `bytes` from `from` on and says where the body, or what there is of it, ends. */
  feed(bytes: Uint8Array, from: number, data: (chunk: Uint8Array) => void): number {
    let at = from;
    while (at < bytes.length && !this.ended && this.malformed === null) {
      if (this.#phase === 'data') {
        const end = Math.min(bytes.length, at + this.#left);
        data(bytes.subarray(at, end));
        this.#left -= end - at;
        at = end;
        if (this.#left === 0) this.#phase = 'after-data';
      } else if (this.#phase === 'trailers') {
        at = this.#trailers.feed(bytes, at);
        if (this.#trailers.isTooLong) this.malformed = 'The trailers of a body are too long.';
        else if (this.#trailers.done) this.ended = parseFields(linesOf(this.#trailers.take()));
      } else {
        at = this.#feedLine(bytes, at);
      }
    }
    return at;
  }

  #feedLine(bytes: Uint8Array, from: number): number {
    const newline = bytes.indexOf(LF, from);
    const end = newline < 0 ? bytes.length : newline + 1;
    if (this.#line.length + end - from > SIZE_LINE_LIMIT) {
      this.malformed = 'The size of a chunk is too long.';
      return end;
    }
    this.#line.add(bytes.subarray(from, end));
    if (newline < 0) return end;
    const line = latin1(this.#line.view()).replace(/\r?\n$/, '');
    this.#line.clear();
    if (this.#phase === 'after-data') {
      if (line === '') this.#phase = 'size';
      else this.malformed = 'A chunk is longer than its size says.';
      return end;
    }
    const size = /^([0-9a-f]+)[ \t]*(?:;[^]*)?$/i.exec(line)?.[1];
    const length = size === undefined ? Number.NaN : Number.parseInt(size, 16);
    if (!Number.isSafeInteger(length)) this.malformed = 'The size of a chunk is no number.';
    else if (length === 0) this.#phase = 'trailers';
    else {
      this.#left = length;
      this.#phase = 'data';
    }
    return end;
  }
}
