import { createHash } from 'node:crypto';
import type { CaseFile } from './case-file.ts';
import type { BlobTable } from './store.ts';

/** Bytes of every chunk but the last. Part of the format. */
export const chunkSize = 1_048_576;

/** What closing a blob fixed for good. */
export interface FinishedBlob {
  id: number;
  /** Bytes. */
  size: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** A blob while it is written: a byte sink that holds at most one chunk in memory. */
export class BlobWriter {
  readonly id: number;
  readonly #file: CaseFile;
  readonly #table: BlobTable;
  readonly #remove: () => void;
  /** The chunk being filled; it is stored when full, on `flush` and on `finish`. */
  readonly #tail = Buffer.alloc(chunkSize);
  #tailStart = 0;
  #tailLength = 0;
  #tailStored = 0;

  /** Made by `BlobStore.create` only. */
  constructor(file: CaseFile, table: BlobTable, id: number, remove: () => void) {
    this.#file = file;
    this.#table = table;
    this.id = id;
    this.#remove = remove;
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#tailStart + this.#tailLength;
  }

  /** Appends. Throws DISK_FULL, and then nothing of the last chunk is kept; the writer can only be discarded. */
  write(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) {
      const part = rest.subarray(0, chunkSize - this.#tailLength);
      this.#tail.set(part, this.#tailLength);
      this.#tailLength += part.length;
      rest = rest.subarray(part.length);
      if (this.#tailLength === chunkSize) this.#nextChunk();
    }
  }

  #nextChunk(): void {
    this.#storeTail();
    this.#tailStart += chunkSize;
    this.#tailLength = 0;
    this.#tailStored = 0;
  }

  #storeTail(): void {
    if (this.#tailLength === this.#tailStored) return;
    const bytes = this.#tail.subarray(0, this.#tailLength);
    this.#file.transaction(() => this.#table.putChunk(this.id, this.#tailStart / chunkSize, bytes));
    this.#tailStored = this.#tailLength;
  }

  /** Replaces bytes already written; never extends. Throws RangeError outside what was written. */
  patch(offset: number, bytes: Uint8Array): void {
    this.#checkRange(offset, bytes.length);
    let at = offset;
    let rest = bytes;
    while (rest.length > 0 && at < this.#tailStart) {
      const within = at % chunkSize;
      const part = rest.subarray(0, chunkSize - within);
      const chunk = this.#chunk((at - within) / chunkSize);
      chunk.set(part, within);
      this.#file.transaction(() => this.#table.putChunk(this.id, (at - within) / chunkSize, chunk));
      at += part.length;
      rest = rest.subarray(part.length);
    }
    if (rest.length === 0) return;
    this.#tail.set(rest, at - this.#tailStart);
    // What is stored of the tail is stale now, whatever its length.
    this.#tailStored = 0;
  }

  /** Reads back what was written, stored or not. Throws RangeError outside it. */
  read(offset: number, length: number): Uint8Array {
    this.#checkRange(offset, length);
    const result = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const at = offset + done;
      const within = at % chunkSize;
      const source = at < this.#tailStart ? this.#chunk((at - within) / chunkSize) : this.#tail;
      const part = source.subarray(within, Math.min(chunkSize, within + length - done));
      result.set(part, done);
      done += part.length;
    }
    return result;
  }

  /** Stores what is still in memory, so that only a crash of the disk could lose it. */
  flush(): void {
    this.#storeTail();
  }

  /**
   * Closes the blob for good. Every chunk is read back from the database and hashed, so that the digest is of what is
   * kept, not of what was meant to be. Must run in the transaction that seals what the blob is for.
   */
  finish(): FinishedBlob {
    if (!this.#file.inTransaction) throw new Error('a blob is finished in the transaction that seals it');
    this.#storeTail();
    const size = this.position;
    const hash = createHash('sha256');
    for (let start = 0; start < size; start += chunkSize) {
      const chunk = this.#chunk(start / chunkSize);
      if (chunk.length !== Math.min(chunkSize, size - start))
        throw new Error(`a chunk of blob ${this.id} was not kept whole`);
      hash.update(chunk);
    }
    const sha256 = hash.digest('hex');
    this.#table.close(this.id, size, sha256);
    return { id: this.id, size, sha256 };
  }

  /**
   * Removes the blob and its chunks. Does nothing once it is closed, and leaves to `discardUnfinished` what a full disk has no room
   * to remove now.
   */
  discard(): void {
    this.#remove();
  }

  #chunk(seq: number): Uint8Array {
    const bytes = this.#table.chunk(this.id, seq);
    if (!bytes) throw new Error(`chunk ${seq} of blob ${this.id} is missing`);
    return bytes;
  }

  #checkRange(offset: number, length: number): void {
    if (offset < 0 || length < 0 || offset + length > this.position)
      throw new RangeError('outside what was written');
  }
}
