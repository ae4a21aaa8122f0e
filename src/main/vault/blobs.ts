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
    const row = this.#file.guarded(() => this.#table.get(id));
    if (row?.closed !== 1 || row.size === null || row.sha256 === null)
      throw new ConstatError('EVIDENCE_DAMAGED', {
        item: `stored bytes ${id}`,
        reason: 'they are not in the case',
      });
    const { size, sha256, mediaType } = row;
    return new BlobReader(this.#file, this.#table, { id, size, sha256, mediaType, closed: true });
  }

  /** The first `size` bytes of a blob that was never finished; null where there is none of that number. Reading throws as of a closed one. */
  openUnfinished(id: number, size: number): BlobReader | null {
    const row = this.#file.guarded(() => this.#table.get(id));
    if (row?.closed !== 0) return null;
    const { mediaType } = row;
    return new BlobReader(this.#file, this.#table, { id, size, sha256: '', mediaType, closed: false });
  }

  /** Removes what a crash left half-written, but for `keep`, and says how many blobs that were. Only while nothing is being written. */
  discardUnfinished(keep: ReadonlySet<number> = new Set()): number {
    const ids = this.#table.unfinished().filter((id) => !keep.has(id));
    for (const id of ids) this.#remove(id);
    return ids.length;
  }

  /** Removes one that was kept then. Does nothing once it is closed. */
  discard(id: number): void {
    this.#removeIfRoom(id);
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
