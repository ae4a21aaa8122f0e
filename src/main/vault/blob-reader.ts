import { ConstatError } from '../../shared/problems.ts';
import { chunkSize } from './blob-writer.ts';
import type { CaseFile } from './case-file.ts';
import type { BlobTable } from './store.ts';

/** What of a blob is read: a closed one whole, an unfinished one as far as somebody vouches for it. */
export interface BlobExtent {
  id: number;
  size: number;
  sha256: string;
  mediaType: string;
  closed: boolean;
}

/** A blob, readable at any place; holds at most one chunk in memory. */
export class BlobReader {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal, as it was when the blob was closed; reading does not check it. Empty for an unfinished one. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly #closed: boolean;
  readonly #file: CaseFile;
  readonly #table: BlobTable;
  #held: { seq: number; bytes: Uint8Array } | null = null;

  /** Made by `BlobStore` only. */
  constructor(file: CaseFile, table: BlobTable, { id, size, sha256, mediaType, closed }: BlobExtent) {
    this.id = id;
    this.size = size;
    this.sha256 = sha256;
    this.mediaType = mediaType;
    this.#closed = closed;
    this.#file = file;
    this.#table = table;
  }

  /** Reads exactly `length` bytes. Throws RangeError outside [0, size], EVIDENCE_DAMAGED where a chunk is missing or short. */
  read(offset: number, length: number): Uint8Array {
    this.#checkRange(offset, offset + length);
    const result = new Uint8Array(length);
    let done = 0;
    for (const part of this.stream(offset, offset + length)) {
      result.set(part, done);
      done += part.length;
    }
    return result;
  }

  /** The bytes from `start` to before `end`, in pieces of at most 1 MiB. Throws as `read` does. */
  *stream(start = 0, end = this.size): Generator<Uint8Array, void, undefined> {
    this.#checkRange(start, end);
    let at = start;
    while (at < end) {
      const within = at % chunkSize;
      const chunk = this.#chunk((at - within) / chunkSize);
      const part = chunk.subarray(within, Math.min(chunk.length, within + end - at));
      yield part;
      at += part.length;
    }
  }

  #chunk(seq: number): Uint8Array {
    if (this.#held?.seq === seq) return this.#held.bytes;
    const bytes = this.#file.guarded(() => this.#table.chunk(this.id, seq));
    const expected = Math.min(chunkSize, this.size - seq * chunkSize);
    const enough = bytes && (bytes.length === expected || (!this.#closed && bytes.length > expected));
    if (!enough) {
      const reason = bytes
        ? `piece ${seq} has ${bytes.length} bytes instead of ${expected}`
        : `piece ${seq} is missing`;
      throw new ConstatError('EVIDENCE_DAMAGED', { item: `stored bytes ${this.id}`, reason });
    }
    this.#held = { seq, bytes };
    return bytes;
  }

  #checkRange(start: number, end: number): void {
    if (!(start >= 0 && start <= end && end <= this.size))
      throw new RangeError(`outside the ${this.size} bytes of blob ${this.id}`);
  }
}
