import type { RandomAccess } from '../../archive/bytes.ts';

/** A file of a bag, wherever the bag is: in a folder or inside a zip. */
export interface TreeFile {
  /** Relative to the bag, with `/`. */
  readonly path: string;
  readonly size: number;
  /** Opens the bytes for reading; close them. */
  open(): OpenedFile;
}

export interface OpenedFile extends RandomAccess {
  close(): void;
}

/** What was found wrong with how files are kept, not with what is in them. */
export interface TreeFault {
  item: string;
  message: string;
}

/** All files of a bag, and what makes it unfit to be one (links, odd names, damage of the zip around it). */
export interface Tree {
  readonly files: readonly TreeFile[];
  readonly faults: readonly TreeFault[];
  /** Folders with nothing in them: no manifest can list them, so a bundle has none. */
  readonly emptyFolders: readonly string[];
  close(): void;
}

const pieceSize = 1_048_576;

/** Passes over the bytes of an open file in pieces of one mebibyte. */
export function* piecesOf(file: RandomAccess): Generator<Uint8Array> {
  for (let at = 0; at < file.size; at += pieceSize) yield file.read(at, Math.min(pieceSize, file.size - at));
}

/** The whole of a small file. Throws RangeError where it is larger than `limit` bytes. */
export function wholeOf(file: TreeFile, limit: number): Uint8Array {
  if (file.size > limit) throw new RangeError(`it is larger than ${limit} bytes`);
  const opened = file.open();
  try {
    return opened.read(0, opened.size);
  } finally {
    opened.close();
  }
}
