import { Readable } from 'node:stream';
import { createInflateRaw, crc32 } from 'node:zlib';
import { fromRandomAccessReader, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import type { RandomAccess } from '../bytes.ts';
import { ArchiveError, archiveError } from '../errors.ts';
import { chunksOf, sliceSource } from '../random-access.ts';
import { LOCAL_SIGNATURE, type ZipMember } from './layout.ts';

/** A file in a ZIP, as its central directory says. */
export interface ZipEntry extends ZipMember {
  /** Bytes as they stand in the archive; equal to `size` where the entry is stored. */
  readonly compressedSize: number;
  readonly deflated: boolean;
}

/** What a ZIP from outside may ask of this machine. */
export interface ZipLimits {
  maxEntries: number;
  /** Bytes of all entries together, unpacked. */
  maxTotal: number;
  /** Unpacked to packed, of any one deflated entry. */
  maxRatio: number;
}

export const defaultZipLimits: ZipLimits = { maxEntries: 20_000, maxTotal: 2 ** 44, maxRatio: 1200 };

/**
 * Reads the central directory and checks it: names are relative, plain and unique, sizes agree, every entry lies inside the
 * file, and the limits hold. Throws ArchiveError about `ZIP structure`.
 */
export async function readZipDirectory(source: RandomAccess, limits = defaultZipLimits): Promise<ZipEntry[]> {
  const found = await listEntries(source, limits.maxEntries);
  const seen = new Set<string>();
  let total = 0;
  const entries: ZipEntry[] = [];
  for (const entry of found) {
    const name = entry.fileName;
    if (name.endsWith('/') && entry.uncompressedSize === 0) continue;
    const quoted = JSON.stringify(name);
    if (!isPlainName(name)) throw structure(`the entry name ${quoted} is not acceptable`);
    if (seen.has(name.toLowerCase())) throw structure(`there is more than one entry ${quoted}`);
    seen.add(name.toLowerCase());
    if (entry.isEncrypted()) throw structure(`${quoted} is encrypted`);
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
      throw structure(`${quoted} is compressed in a way that is not supported (${entry.compressionMethod})`);
    }
    total += entry.uncompressedSize;
    if (total > limits.maxTotal) throw structure('unpacked, the files would be too big');
    if (entry.uncompressedSize > Math.max(entry.compressedSize, 1024) * limits.maxRatio) {
      throw structure(`${quoted} claims to unpack to far more than it holds`);
    }
    entries.push({
      name,
      crc: entry.crc32,
      size: entry.uncompressedSize,
      compressedSize: entry.compressedSize,
      deflated: entry.compressionMethod === 8,
      offset: entry.relativeOffsetOfLocalHeader,
      time: entry.lastModFileTime,
      date: entry.lastModFileDate,
      wide: entry.extraFields.some((field) => field.id === 1 && field.data.byteLength >= 16),
    });
  }
  return entries;
}

/** Where an entry's bytes start: behind its local header, which must name the same entry. Throws ArchiveError. */
export function dataStart(source: RandomAccess, entry: ZipEntry): number {
  const cut = new ArchiveError(entry.name, 'its place in the ZIP is outside of the file');
  if (entry.offset + 30 > source.size) throw cut;
  const head = Buffer.from(source.read(entry.offset, 30));
  if (head.readUInt32LE(0) !== LOCAL_SIGNATURE)
    throw new ArchiveError(entry.name, 'no local ZIP header is at its place');
  const nameLength = head.readUInt16LE(26);
  const start = entry.offset + 30 + nameLength + head.readUInt16LE(28);
  if (start + entry.compressedSize > source.size) throw cut;
  const name = new TextDecoder().decode(source.read(entry.offset + 30, nameLength));
  if (name !== entry.name)
    throw new ArchiveError(entry.name, `its local ZIP header names ${JSON.stringify(name)}`);
  return start;
}

/** A stored entry's bytes in place, without checking their CRC. Throws ArchiveError where it is compressed or not there. */
export function storedSource(source: RandomAccess, entry: ZipEntry): RandomAccess {
  if (entry.deflated)
    throw new ArchiveError(entry.name, 'it is compressed in the ZIP where the format asks for stored bytes');
  return sliceSource(source, dataStart(source, entry), entry.size);
}

/** An entry's bytes, unpacked. Throws ArchiveError at the end where size or CRC-32 do not match, or before where it cannot go on. */
export async function* streamEntry(source: RandomAccess, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const start = dataStart(source, entry);
  const packed = chunksOf(source, start, start + entry.compressedSize);
  let crc = 0;
  let size = 0;
  for await (const bytes of entry.deflated ? inflated(packed, entry.name) : packed) {
    crc = crc32(bytes, crc);
    size += bytes.byteLength;
    if (size > entry.size) throw new ArchiveError(entry.name, 'it unpacks to more bytes than it claims');
    yield bytes;
  }
  if (size !== entry.size)
    throw new ArchiveError(entry.name, `it has ${size} bytes instead of ${entry.size}`);
  if (crc !== entry.crc)
    throw new ArchiveError(entry.name, 'its bytes do not match the ZIP checksum (CRC-32)');
}

async function* inflated(packed: Iterable<Uint8Array>, item: string): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  const feed = Readable.from(packed, { highWaterMark: 1 });
  feed.on('error', (error) => inflate.destroy(error));
  feed.pipe(inflate);
  try {
    for await (const piece of inflate) yield piece;
  } catch (error) {
    throw archiveError(item, error);
  } finally {
    feed.destroy();
    inflate.destroy();
  }
}

function structure(reason: string): ArchiveError {
  return new ArchiveError('ZIP structure', reason);
}

/** Letters, digits and signs in one line; no empty part, no `.` or `..`, no backslash. */
function isPlainName(name: string): boolean {
  if (name.length === 0 || name.length > 1000 || /[\p{Cc}\\]/u.test(name) || name.includes('\uFFFD'))
    return false;
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** yauzl on a RandomAccess. It only ever reads headers here. */
class SourceReader extends RandomAccessReader {
  readonly #source: RandomAccess;

  constructor(source: RandomAccess) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    // Never in the same turn: yauzl would recurse once per entry.
    setImmediate(() => {
      try {
        buffer.set(this.#source.read(position, length), offset);
      } catch (error) {
        callback(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      callback(null, length);
    });
  }
}

async function listEntries(source: RandomAccess, maxEntries: number): Promise<Entry[]> {
  const options = {
    lazyEntries: true,
    autoClose: false,
    decodeStrings: true,
    validateEntrySizes: true,
    strictFileNames: true,
  };
  try {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      fromRandomAccessReader(new SourceReader(source), source.size, options, (error, opened) => {
        if (error === null) resolve(opened);
        else reject(error);
      });
    });
    if (zip.entryCount > maxEntries) throw new Error(`it claims ${zip.entryCount} entries`);
    return await new Promise<Entry[]>((resolve, reject) => {
      const entries: Entry[] = [];
      zip.on('entry', (entry: Entry) => {
        entries.push(entry);
        zip.readEntry();
      });
      zip.on('end', () => resolve(entries));
      zip.on('error', reject);
      zip.readEntry();
    });
  } catch (error) {
    throw archiveError('ZIP structure', error);
  }
}
