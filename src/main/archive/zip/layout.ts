/** One stored entry of a ZIP, as the headers say it (APPNOTE 6.3.10). Sizes and offsets are bytes. */
export interface ZipMember {
  name: string;
  /** CRC-32 of the bytes. */
  crc: number;
  size: number;
  /** Of the local header, from the start of the archive. */
  offset: number;
  /** MS-DOS time and date, in UTC so that the machine's own zone stays out of the file. */
  time: number;
  date: number;
  /** Both headers hold the sizes as 64 bits: for entries whose size is not known when they are begun. */
  wide: boolean;
}

const MAX32 = 0xffffffff;
const MAX16 = 0xffff;
const UTF8_NAME = 0x0800;
/** Made by version 4.5 on Unix, a regular file rw-r--r--. */
const MADE_BY = (3 << 8) | 45;
const FILE_MODE = (0o100644 << 16) >>> 0;

export const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const END64_LOCATOR_SIGNATURE = 0x07064b50;

/** An instant as MS-DOS time and date (UTC, two-second steps, years 1980 to 2107). */
export function dosTime(instant: Date): { time: number; date: number } {
  const year = Math.min(Math.max(instant.getUTCFullYear(), 1980), 2107);
  return {
    time: (instant.getUTCHours() << 11) | (instant.getUTCMinutes() << 5) | (instant.getUTCSeconds() >> 1),
    date: ((year - 1980) << 9) | ((instant.getUTCMonth() + 1) << 5) | instant.getUTCDate(),
  };
}

/** The local header of a stored entry. Has an extra field only where `wide`, and the central one then has it too. */
export function localHeader(member: ZipMember): Uint8Array {
  const name = new TextEncoder().encode(member.name);
  const out = new Fields(30 + name.byteLength + (member.wide ? 20 : 0));
  out
    .u32(LOCAL_SIGNATURE)
    .u16(member.wide ? 45 : 20)
    .u16(UTF8_NAME)
    .u16(0);
  out.u16(member.time).u16(member.date).u32(member.crc);
  out.u32(member.wide ? MAX32 : member.size).u32(member.wide ? MAX32 : member.size);
  out
    .u16(name.byteLength)
    .u16(member.wide ? 20 : 0)
    .bytes(name);
  if (member.wide) out.u16(1).u16(16).u64(member.size).u64(member.size);
  return out.done();
}

/** The central directory's header of a stored entry. */
export function centralHeader(member: ZipMember): Uint8Array {
  const name = new TextEncoder().encode(member.name);
  const far = member.offset >= MAX32;
  const extra = (member.wide ? 16 : 0) + (far ? 8 : 0);
  const extraField = extra === 0 ? 0 : extra + 4;
  const out = new Fields(46 + name.byteLength + extraField);
  out
    .u32(CENTRAL_SIGNATURE)
    .u16(MADE_BY)
    .u16(extra === 0 ? 20 : 45)
    .u16(UTF8_NAME)
    .u16(0);
  out.u16(member.time).u16(member.date).u32(member.crc);
  out.u32(member.wide ? MAX32 : member.size).u32(member.wide ? MAX32 : member.size);
  out.u16(name.byteLength).u16(extraField).u16(0).u16(0).u16(0).u32(FILE_MODE);
  out.u32(far ? MAX32 : member.offset).bytes(name);
  if (extra > 0) out.u16(1).u16(extra);
  if (member.wide) out.u64(member.size).u64(member.size);
  if (far) out.u64(member.offset);
  return out.done();
}

/** What follows the central directory: the ZIP64 end records where a number needs them, and the end record. No comment. */
export function endRecords(count: number, directoryOffset: number, directorySize: number): Uint8Array {
  const zip64 = count >= MAX16 || directoryOffset >= MAX32 || directorySize >= MAX32;
  const out = new Fields(22 + (zip64 ? 76 : 0));
  if (zip64) {
    out.u32(END64_SIGNATURE).u64(44).u16(MADE_BY).u16(45).u32(0).u32(0);
    out.u64(count).u64(count).u64(directorySize).u64(directoryOffset);
    out
      .u32(END64_LOCATOR_SIGNATURE)
      .u32(0)
      .u64(directoryOffset + directorySize)
      .u32(1);
  }
  out.u32(END_SIGNATURE).u16(0).u16(0);
  out.u16(Math.min(count, MAX16)).u16(Math.min(count, MAX16));
  out.u32(Math.min(directorySize, MAX32)).u32(Math.min(directoryOffset, MAX32)).u16(0);
  return out.done();
}

/** Little-endian fields, one after the other. */
class Fields {
  readonly #out: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number) {
    this.#out = new Uint8Array(size);
    this.#view = new DataView(this.#out.buffer);
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }

  bytes(value: Uint8Array): this {
    this.#out.set(value, this.#at);
    this.#at += value.byteLength;
    return this;
  }

  done(): Uint8Array {
    if (this.#at !== this.#out.byteLength) throw new Error('a ZIP header has the wrong length');
    return this.#out;
  }
}
