import { crc32, inflateRawSync } from 'node:zlib';
import { sliceSource } from '../../archive/random-access.ts';
import { checkForeignZipLayout, checkZipLayout } from '../../archive/zip/check.ts';
import {
  dataStart,
  defaultZipLimits,
  readZipDirectory,
  storedSource,
  type ZipEntry,
} from '../../archive/zip/reader.ts';
import { maxFiles, openFile } from './folder-tree.ts';
import { byBytes } from './paths.ts';
import type { OpenedFile, Tree, TreeFault } from './tree.ts';

/** A compressed entry is unpacked in memory, up to this many bytes. Constat itself compresses none. */
const maxInflated = 256 * 1024 * 1024;

/** A tree whose zip was packed by another program has a note of it: then its times and modes are not checked. */
export interface ZipTree extends Tree {
  readonly repacked: boolean;
}

/**
 * Reads a zip as a tree of files, in place: nothing is unpacked to the disk. Names, sizes and counts are held to limits
 * (threat T10), and every byte between the files to what Constat writes there. The one folder around the bag is taken
 * off. Throws ArchiveError where it cannot be read as a zip at all.
 */
export async function openZipTree(path: string): Promise<ZipTree> {
  const source = openFile(path);
  try {
    const entries = await readZipDirectory(source, { ...defaultZipLimits, maxEntries: maxFiles });
    const { faults, repacked } = layoutFaults(source, entries);
    const top = commonFolder(entries);
    if (top === null) faults.push({ item: 'zip', message: 'Its files do not stand in one folder.' });
    const files = entries
      .map((entry) => ({
        path: entry.name.slice(top?.length ?? 0),
        size: entry.size,
        open: () => openEntry(source, entry),
      }))
      .sort((a, b) => byBytes(a.path, b.path));
    return { files, faults, emptyFolders: [], repacked, close: () => source.close() };
  } catch (error) {
    source.close();
    throw error;
  }
}

/**
 * A damaged byte touches one header or two; another program's zip differs in every one. That one is fit to be read, and
 * what its files hold is checked like any other's.
 */
function layoutFaults(source: OpenedFile, entries: ZipEntry[]): { faults: TreeFault[]; repacked: boolean } {
  const own = checkZipLayout(source, entries);
  const touched = new Set(own.map(({ item }) => item));
  const repacked = entries.length > 2 && entries.every(({ name }) => touched.has(name));
  const found = repacked ? checkForeignZipLayout(source, entries) : own;
  const faults = found.map(({ item, reason }) => ({ item, message: `In the zip around it, ${reason}.` }));
  return { faults, repacked };
}

function commonFolder(entries: ZipEntry[]): string | null {
  const top = /^[^/]+\//.exec(entries[0]?.name ?? '')?.[0];
  return top !== undefined && entries.every(({ name }) => name.startsWith(top)) ? top : null;
}

function openEntry(source: OpenedFile, entry: ZipEntry): OpenedFile {
  if (!entry.deflated) return summed(storedSource(source, entry), entry);
  if (entry.size > maxInflated)
    throw new Error('it is large and compressed; unpack the zip and verify the folder');
  const packed = sliceSource(source, dataStart(source, entry), entry.compressedSize).read(
    0,
    entry.compressedSize,
  );
  const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
  if (bytes.length !== entry.size)
    throw new Error(`it unpacks to ${bytes.length} bytes instead of ${entry.size}`);
  const read = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
  return summed({ size: bytes.length, read }, entry);
}

/**
 * Compares the CRC-32 once the bytes were read from the first to the last, as each hashing of them does; a reading here and
 * there passes through. Another program unpacks no file whose CRC is wrong. Closing the part leaves the whole open.
 */
function summed(part: Omit<OpenedFile, 'close'>, { crc }: ZipEntry): OpenedFile {
  let [next, sum] = [0, 0];
  const compare = (): void => {
    if (next === part.size && sum !== crc)
      throw new Error('its bytes do not match the checksum (CRC-32) of the zip around it');
  };
  compare();
  return {
    size: part.size,
    read(offset, length) {
      const bytes = part.read(offset, length);
      if (offset === next && length > 0) {
        sum = crc32(bytes, sum);
        next += length;
        compare();
      }
      return bytes;
    },
    close: () => undefined,
  };
}
