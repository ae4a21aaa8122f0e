import { ArchiveError } from '../errors.ts';

/** Reads a stream of bytes from the front: up to a mark, so many, or to the end. */
export class ByteCursor {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** The bytes up to and with `mark`. Throws ArchiveError about `item` where it is not within `limit` bytes. */
  async through(mark: Uint8Array, limit: number, item: string): Promise<Uint8Array> {
    let parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const tail = parts.length === 0 ? this.#held : Buffer.concat([...parts, this.#held]);
      // Only what is new, and a mark that lies across the seam, has to be searched.
      const at = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).indexOf(
        mark,
        Math.max(0, size - mark.byteLength),
      );
      if (at >= 0) {
        this.#held = tail.subarray(at + mark.byteLength);
        return tail.subarray(0, at + mark.byteLength);
      }
      size = tail.byteLength;
      parts = size === 0 ? [] : [tail];
      this.#held = new Uint8Array(0);
      if (size > limit) throw new ArchiveError(item, `its head is longer than ${limit} bytes`);
      if (!(await this.#more()))
        throw new ArchiveError(item, size === 0 ? 'nothing is there' : 'its head does not end');
    }
  }

  /** Exactly `length` bytes, in pieces. Throws ArchiveError where the stream ends before. */
  async *take(length: number, item: string): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      if (this.#held.byteLength === 0 && !(await this.#more())) {
        throw new ArchiveError(item, `it is cut off: ${left} of ${length} bytes are missing`);
      }
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.byteLength);
      left -= piece.byteLength;
      if (piece.byteLength > 0) yield piece;
    }
  }

  /** All that is left. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#held.byteLength > 0) {
        const piece = this.#held;
        this.#held = new Uint8Array(0);
        yield piece;
      }
      if (!(await this.#more())) return;
    }
  }

  /** True where nothing is left. */
  async atEnd(): Promise<boolean> {
    while (this.#held.byteLength === 0) {
      if (!(await this.#more())) return true;
    }
    return false;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#held = next.value;
    return true;
  }
}
