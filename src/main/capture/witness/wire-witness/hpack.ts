import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { latin1 } from './byte-store.ts';
import { ENTRY_OVERHEAD, HpackTable } from './hpack-table.ts';
import { decodeHuffman } from './huffman.ts';
import { HEAD_LIMIT } from './parser.ts';
import { Unfollowable } from './unfollowable.ts';

/** SETTINGS_HEADER_TABLE_SIZE before it is set. (RFC 9113 6.5.2) */
const DEFAULT_TABLE_SIZE = 4096;
/** A table larger than this is not followed; browsers allow 64 KiB. */
const TABLE_SIZE_LIMIT = 1024 * 1024;

/** Reads the header blocks of one direction of a connection, in their order. (RFC 7541) */
export class HpackDecoder {
  readonly #table: HpackTable;
  #allowed: number;

  constructor(tableSize = DEFAULT_TABLE_SIZE) {
    this.#table = new HpackTable(tableSize);
    this.#allowed = tableSize;
  }

  get tableSize(): number {
    return this.#table.size;
  }

  /**
   * The receiver said how large a table it keeps. It counts for the sender once that has acknowledged it, which is not waited for:
   * the largest size ever allowed stays allowed.
   */
  allow(tableSize: number): void {
    this.#allowed = Math.max(this.#allowed, Math.min(tableSize, TABLE_SIZE_LIMIT));
  }

  /** The fields of a whole block, a character per byte. @throws Unfollowable after which no other block can be read */
  decode(block: Uint8Array): HeaderList {
    const fields: HeaderList = [];
    const input = new Input(block);
    let size = 0;
    while (!input.isAtEnd) {
      const first = input.peek();
      if ((first & 0xe0) === 0x20) {
        const tableSize = input.integer(5);
        if (tableSize > this.#allowed) throw new Unfollowable('A header table is larger than was allowed.');
        this.#table.resize(tableSize);
        continue;
      }
      const field = this.#field(input, first);
      size += field[0].length + field[1].length + ENTRY_OVERHEAD;
      if (size > HEAD_LIMIT) throw new Unfollowable('A header block is too large when unpacked.');
      fields.push(field);
    }
    return fields;
  }

  #field(input: Input, first: number): [string, string] {
    if (first & 0x80) {
      const [name, value] = this.#entry(input.integer(7));
      return [name, value];
    }
    const isKept = (first & 0x40) !== 0;
    const index = input.integer(isKept ? 6 : 4);
    const name = index === 0 ? input.string() : this.#entry(index)[0];
    const value = input.string();
    if (isKept) this.#table.add(name, value);
    return [name, value];
  }

  #entry(index: number): readonly [string, string] {
    const entry = this.#table.get(index);
    if (!entry) throw new Unfollowable('A header names an entry that is not in the table.');
    return entry;
  }
}

/** The primitive types of a block. (RFC 7541 5) */
class Input {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  peek(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Unfollowable('A header block ends too early.');
    return byte;
  }

  integer(prefixBits: number): number {
    const mask = 2 ** prefixBits - 1;
    let value = this.peek() & mask;
    this.#at += 1;
    if (value < mask) return value;
    for (let factor = 1; ; factor *= 128) {
      if (factor > 2 ** 28) throw new Unfollowable('A number in a header block is too large.');
      const byte = this.peek();
      this.#at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  string(): string {
    const isHuffman = this.peek() >= 0x80;
    const length = this.integer(7);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Unfollowable('A header block ends too early.');
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return isHuffman ? decodeHuffman(bytes) : latin1(bytes);
  }
}
