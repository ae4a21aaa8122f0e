import { ConstatError } from '../../shared/problems.ts';
import { BlobReader } from './blob-reader.ts';
import { BlobWriter } from './blob-writer.ts';
import type { CaseFile } from './case-file.ts';
import { BlobTable } from './store.ts';

export { BlobReader, BlobWriter };

/** How many chunks one transaction removes: few, because removed bytes are overwritten and that goes through the WAL. */
const removalStep = 4;

/** The bytes of a case: written as a stream into 1 MiB chunks, closed once, then read at any place. */
export class BlobStore {
  readonly #file: CaseFile;
  readonly #table: BlobTable;

  constructor(file: CaseFile) {
    this.#file = file;
    this.#table = new BlobTable(file);
  }

  /** Begins a blob. Until it is finished it counts for nothing and is gone after a crash. Throws as `transaction`. */
  create(mediaType: string): BlobWriter {
    const id = this.#file.transaction(() => this.#table.insert(mediaType));
    return new BlobWriter(this.#file, this.#table, id, () => this.#removeIfRoom(id));
  }

  /** A closed blob. Throws EVIDENCE_DAMAGED where there is none of that number. */
  open(id: number): BlobReader {
    return new BlobReader(this.#file, this.#table, id);
  }

  /** Removes what a crash left half-written and says how many blobs that were. Only while nothing is being written. */
  discardUnfinished(): number {
    const ids = this.#table.unfinished();
    for (const id of ids) this.#remove(id);
    return ids.length;
  }

  #removeIfRoom(id: number): void {
    try {
      this.#remove(id);
    } catch (error) {
      if (!(error instanceof ConstatError && error.code === 'DISK_FULL')) throw error;
    }
  }

  #remove(id: number): void {
    if (this.#table.get(id)?.closed !== 0) return;
    for (;;) {
      const removed = this.#file.transaction(() => this.#table.removeChunks(id, removalStep));
      if (removed < removalStep) break;
    }
    this.#file.transaction(() => this.#table.remove(id));
  }
}
