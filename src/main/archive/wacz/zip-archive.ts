import type { RandomAccess } from '../bytes.ts';
import { ArchiveError } from '../errors.ts';
import { storedSource, streamEntry, type ZipEntry } from '../zip/reader.ts';

/** The files of a ZIP by name. */
export class ZipArchive {
  readonly source: RandomAccess;
  readonly entries: readonly ZipEntry[];

  constructor(source: RandomAccess, entries: readonly ZipEntry[]) {
    this.source = source;
    this.entries = entries;
  }

  has(path: string): boolean {
    return this.entries.some((entry) => entry.name === path);
  }

  entry(path: string): ZipEntry {
    const found = this.entries.find((entry) => entry.name === path);
    if (found === undefined) throw new ArchiveError(path, 'it is not in the archive');
    return found;
  }

  /** An entry's bytes; throws ArchiveError where they do not match the ZIP's checksum. */
  stream(path: string): AsyncGenerator<Uint8Array> {
    return streamEntry(this.source, this.entry(path));
  }

  async bytes(path: string, maxBytes: number): Promise<Uint8Array> {
    const entry = this.entry(path);
    if (entry.size > maxBytes)
      throw new ArchiveError(path, `it has ${entry.size} bytes, more than the ${maxBytes} that are read`);
    return await collect(this.stream(path), maxBytes, path);
  }

  /** A stored entry's bytes in place, without a check of its CRC. */
  stored(path: string): RandomAccess {
    return storedSource(this.source, this.entry(path));
  }

  /** Names of the WARC files, in order. */
  get warcs(): string[] {
    return this.entries.map((entry) => entry.name).filter((name) => /^archive\/.+\.warc(\.gz)?$/i.test(name));
  }
}

/** A stream's bytes in one piece. Throws ArchiveError about `item` where they are more than `maxBytes`. */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  item: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new ArchiveError(item, `it has more than the ${maxBytes} bytes that are read`);
    parts.push(chunk);
  }
  return Buffer.concat(parts, size);
}
