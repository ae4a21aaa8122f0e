import type { RandomAccess } from '../bytes.ts';
import { type CdxEntry, linesOf, parseCdxLine } from '../cdx/line.ts';
import { parseZipNum, readZipNumBlock, type ZipNumBlock } from '../cdx/zipnum.ts';
import { MAX_TEXT } from './datapackage.ts';
import type { ZipArchive } from './zip-archive.ts';

/** All lines of all indexes. Throws ArchiveError naming index and line. */
export async function readIndex(archive: ZipArchive): Promise<CdxEntry[]> {
  const entries: CdxEntry[] = [];
  for (const { name } of archive.entries) {
    if (/^indexes\/.+\.cdxj?$/.test(name)) {
      const lines = linesOf(await archive.bytes(name, MAX_TEXT));
      for (const [at, line] of lines.entries()) entries.push(parseCdxLine(line, `${name}, line ${at + 1}`));
    } else if (name.endsWith('.idx')) {
      const { blocks, packed } = await openZipNum(archive, name);
      for (const block of blocks) entries.push(...blockEntries(packed, block, name));
    }
  }
  return entries;
}

/** An `index.idx` and the file it points into. */
export async function openZipNum(
  archive: ZipArchive,
  path: string,
): Promise<{ blocks: ZipNumBlock[]; packed: RandomAccess }> {
  const { filename, blocks } = parseZipNum(await archive.bytes(path, MAX_TEXT), path);
  return { blocks, packed: archive.stored(`${path.slice(0, path.lastIndexOf('/') + 1)}${filename}`) };
}

/** The lines of one block. */
export function blockEntries(packed: RandomAccess, block: ZipNumBlock, path: string): CdxEntry[] {
  const item = `${path}, block ${block.first}`;
  return readZipNumBlock(packed, block, item).map((line) => parseCdxLine(line, item));
}
