import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a bag is written: one file after the other. */
export interface TreeSink {
  /** Begins a file; the one before must be closed. Paths are relative to the bag, with `/`. */
  add(path: string): FileSink;
  /** Everything is on the disk when this returns. */
  finish(): void;
  /** Lets go of what is open; removing what was written is the caller's. */
  abort(): void;
}

export interface FileSink {
  write(bytes: Uint8Array): void;
  close(): void;
}

/**
 * Writes a bag as a folder, which must be there and empty. The folder's own mode keeps strangers out while it is
 * written; the files in it can be read by all, as what is handed over must be.
 */
export function folderSink(root: string): TreeSink {
  let open: number | null = null;
  const folders = new Set<string>([root]);
  const close = (): void => {
    if (open !== null) closeSync(open);
    open = null;
  };
  return {
    add(path) {
      const absolute = join(root, ...path.split('/'));
      const folder = dirname(absolute);
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      for (let up = folder; up.length > root.length; up = dirname(up)) folders.add(up);
      const descriptor = openSync(absolute, 'wx', 0o644);
      open = descriptor;
      return {
        write: (bytes) => writeAll(descriptor, bytes),
        close() {
          fsyncSync(descriptor);
          close();
        },
      };
    },
    finish() {
      for (const folder of folders) syncFolder(folder);
    },
    abort: close,
  };
}

/** Writes all of the bytes, however many pieces the system makes of them. */
export function writeAll(descriptor: number, bytes: Uint8Array, position: number | null = null): void {
  let done = 0;
  while (done < bytes.length) {
    done += writeSync(
      descriptor,
      bytes,
      done,
      bytes.length - done,
      position === null ? null : position + done,
    );
  }
}

/** Makes names in a folder last through a power cut. Where the system cannot (Windows), there is nothing to do. */
export function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
