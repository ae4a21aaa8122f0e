import { closeSync, openSync, writeSync } from 'node:fs';
import type { ByteSink } from '../../src/main/archive/bytes.ts';

/** A sink in memory. */
export class MemorySink implements ByteSink {
  #bytes = new Uint8Array(64 * 1024);
  #size = 0;

  get position(): number {
    return this.#size;
  }

  write(bytes: Uint8Array): void {
    const needed = this.#size + bytes.byteLength;
    if (needed > this.#bytes.byteLength) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.byteLength * 2));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = needed;
  }

  patch(offset: number, bytes: Uint8Array): void {
    if (offset + bytes.byteLength > this.#size) throw new RangeError('a patch never extends');
    this.#bytes.set(bytes, offset);
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

/** A sink that is a new file. */
export class FileSink implements ByteSink {
  readonly #descriptor: number;
  #size = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx');
  }

  get position(): number {
    return this.#size;
  }

  write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.byteLength;) {
      done += writeSync(this.#descriptor, bytes, done, bytes.byteLength - done, this.#size + done);
    }
    this.#size += bytes.byteLength;
  }

  patch(offset: number, bytes: Uint8Array): void {
    if (offset + bytes.byteLength > this.#size) throw new RangeError('a patch never extends');
    writeSync(this.#descriptor, bytes, 0, bytes.byteLength, offset);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
