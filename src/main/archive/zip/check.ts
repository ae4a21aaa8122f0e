import type { RandomAccess } from '../bytes.ts';
import { centralHeader, endRecords, localHeader } from './layout.ts';
import { dataStart, type ZipEntry } from './reader.ts';

/** Something that is not as it should be: where, and what, in words. */
export interface Finding {
  item: string;
  reason: string;
}

/**
 * Compares every byte of a ZIP that no entry's CRC covers with what the writer writes: entries follow each other without a
 * gap from byte 0, each local header and the central directory say the same, and nothing follows the end record.
 */
export function checkZipLayout(source: RandomAccess, entries: readonly ZipEntry[]): Finding[] {
  const findings: Finding[] = [];
  let at = 0;
  for (const entry of entries) {
    const expected = localHeader(entry);
    if (entry.deflated)
      findings.push({ item: entry.name, reason: 'it is not stored but compressed in the ZIP' });
    if (entry.offset !== at)
      findings.push({ item: entry.name, reason: 'there is a gap or an overlap before it in the ZIP' });
    if (!sameBytes(source, entry.offset, expected)) {
      findings.push({
        item: entry.name,
        reason: 'its local ZIP header does not say what the central directory says',
      });
    }
    at = entry.offset + expected.byteLength + entry.compressedSize;
  }
  const directory = entries.map(centralHeader);
  const size = directory.reduce((sum, header) => sum + header.byteLength, 0);
  const tail = Buffer.concat([...directory, endRecords(entries.length, at, size)]);
  if (at + tail.byteLength !== source.size || !sameBytes(source, at, tail)) {
    findings.push({ item: 'ZIP structure', reason: 'the central directory is not as it was written' });
  }
  return findings;
}

/** What can be asked of a ZIP that others wrote: local headers name their entries, and no entry lies over another. */
export function checkForeignZipLayout(source: RandomAccess, entries: readonly ZipEntry[]): Finding[] {
  const findings: Finding[] = [];
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    try {
      if (entry.offset < free)
        findings.push({ item: entry.name, reason: 'it lies over another entry of the ZIP' });
      free = dataStart(source, entry) + entry.compressedSize;
    } catch (error) {
      findings.push({ item: entry.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return findings;
}

function sameBytes(source: RandomAccess, offset: number, expected: Uint8Array): boolean {
  if (offset < 0 || offset + expected.byteLength > source.size) return false;
  return Buffer.compare(source.read(offset, expected.byteLength), expected) === 0;
}
