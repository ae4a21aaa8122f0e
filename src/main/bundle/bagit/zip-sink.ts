import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { ByteSink } from '../../archive/bytes.ts';
import { ZipWriter } from '../../archive/zip/writer.ts';
import { writeAll, type TreeSink } from './sink.ts';

/**
 * Writes a bag as a zip of stored files under one folder (RFC 8493 section 4). Stored, because the archives and pictures
 * in it are compressed already and can then be read in place. Every entry bears the same time, the export's.
 */
export function zipSink(path: string, folder: string, time: Date): TreeSink {
  const file = new FileByteSink(path);
  const zip = new ZipWriter(file, time);
  return {
    add(name) {
      const entry = zip.open(`${folder}/${name}`);
      return { write: (bytes) => entry.write(bytes), close: () => void entry.close() };
    },
    finish() {
      zip.finish();
      file.close(true);
    },
    abort: () => file.close(false),
  };
}

/** A new file, written from its start. */
class FileByteSink implements ByteSink {
  #descriptor: number | null;
  #position = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx', 0o644);
  }

  get position(): number {
    return this.#position;
  }

  write(bytes: Uint8Array): void {
    writeAll(this.#open, bytes, this.#position);
    this.#position += bytes.length;
  }

  patch(offset: number, bytes: Uint8Array): void {
    if (offset + bytes.length > this.#position)
      throw new RangeError('a patch reaches beyond what was written');
    writeAll(this.#open, bytes, offset);
  }

  get #open(): number {
    if (this.#descriptor === null) throw new Error('the file is closed');
    return this.#descriptor;
  }

  close(sync: boolean): void {
    if (this.#descriptor === null) return;
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    try {
      if (sync) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}
