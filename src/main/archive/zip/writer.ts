import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ByteSink } from '../bytes.ts';
import { centralHeader, dosTime, endRecords, localHeader, type ZipMember } from './layout.ts';

/** An entry as written: its bytes' size, SHA-256 (hexadecimal) and CRC-32. */
export interface WrittenEntry {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** An entry that is being written; the archive takes no other until it is closed. */
export interface EntryWriter {
  /** Bytes written to this entry so far. */
  readonly position: number;
  write(bytes: Uint8Array): void;
  /** Of the bytes written so far. */
  sha256SoFar(): string;
  close(): WrittenEntry;
}

/**
 * Writes a ZIP in which every entry is stored as it is: no compression, no data descriptors (sizes and CRC are patched into
 * the local header), no extra field that is only local, UTF-8 names, ZIP64 where a number needs it.
 */
export class ZipWriter {
  readonly #sink: ByteSink;
  readonly #base: number;
  readonly #stamp: { time: number; date: number };
  readonly #members: ZipMember[] = [];
  readonly #names = new Set<string>();
  #open = false;

  /** `time` is the time of every entry. What is written starts at the sink's present position. */
  constructor(sink: ByteSink, time: Date) {
    this.#sink = sink;
    this.#base = sink.position;
    this.#stamp = dosTime(time);
  }

  /** Begins an entry of unknown size; it may grow beyond 4 GiB. */
  open(path: string): EntryWriter {
    const member = this.#begin(path, { crc: 0, size: 0, wide: true });
    const hash = createHash('sha256');
    let closed: WrittenEntry | null = null;
    this.#open = true;
    return {
      get position() {
        return member.size;
      },
      write: (bytes) => {
        if (closed) throw new Error(`${path} is closed`);
        member.crc = crc32(bytes, member.crc);
        member.size += bytes.byteLength;
        hash.update(bytes);
        this.#sink.write(bytes);
      },
      sha256SoFar: () => closed?.sha256 ?? hash.copy().digest('hex'),
      close: () => {
        if (closed) throw new Error(`${path} is closed`);
        closed = { path, size: member.size, sha256: hash.digest('hex') };
        this.#open = false;
        this.#sink.patch(this.#base + member.offset, localHeader(member));
        return closed;
      },
    };
  }

  /** Writes a whole entry. */
  add(path: string, bytes: Uint8Array): WrittenEntry {
    this.#begin(path, { crc: crc32(bytes), size: bytes.byteLength, wide: false });
    this.#sink.write(bytes);
    return { path, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  /** Writes the central directory. Nothing may be written afterwards. */
  finish(): void {
    if (this.#open) throw new Error('an entry is still open');
    const start = this.#position;
    for (const member of this.#members) this.#sink.write(centralHeader(member));
    this.#sink.write(endRecords(this.#members.length, start, this.#position - start));
  }

  get #position(): number {
    return this.#sink.position - this.#base;
  }

  #begin(name: string, content: { crc: number; size: number; wide: boolean }): ZipMember {
    if (this.#open) throw new Error('an entry is still open');
    if (this.#names.has(name)) throw new Error(`there is already an entry ${name}`);
    const member = { name, ...content, ...this.#stamp, offset: this.#position };
    this.#names.add(name);
    this.#members.push(member);
    this.#sink.write(localHeader(member));
    return member;
  }
}
