/** Bytes that can be read at any place: a blob of the case, a file on disk, a buffer. */
export interface RandomAccess {
  readonly size: number;
  /** Reads exactly `length` bytes from `offset`; throws RangeError outside [0, size]. */
  read(offset: number, length: number): Uint8Array;
}

/** Where an archive is written: appended to, and patched only in what was appended before. */
export interface ByteSink {
  /** Bytes written so far. */
  readonly position: number;
  write(bytes: Uint8Array): void;
  /** Replaces bytes already written; never extends. */
  patch(offset: number, bytes: Uint8Array): void;
}

/** A body of known size and digest that can be read as often as needed, without being in memory as a whole. */
export interface Payload {
  readonly size: number;
  /** SHA-256, lower-case hexadecimal. */
  readonly sha256: string;
  /** A fresh pass over the bytes. */
  stream(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}
