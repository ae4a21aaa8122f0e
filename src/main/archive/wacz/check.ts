import type { RandomAccess } from '../bytes.ts';
import type { CdxEntry } from '../cdx/line.ts';
import { linesOf, sortLines } from '../cdx/line.ts';
import { archiveError } from '../errors.ts';
import { checkForeignZipLayout, checkZipLayout, type Finding } from '../zip/check.ts';
import { readZipDirectory } from '../zip/reader.ts';
import { checkDatapackage, checkDigestFile, checkEntries, checkPages } from './check-package.ts';
import { checkWarc } from './check-warc.ts';
import { INDEX_PLAIN, MAX_TEXT } from './datapackage.ts';
import { readIndex } from './index-reader.ts';
import { ZipArchive } from './zip-archive.ts';

export interface WaczCheck {
  ok: boolean;
  /** Records that could be read. */
  records: number;
  problems: Finding[];
}

export interface WaczCheckOptions {
  /** Written by others: what is there must agree, but what the format leaves open may be missing. */
  foreign?: boolean;
  /** Bytes read since the last call, of which file. */
  onProgress?(item: string, bytes: number): void;
}

/** What the parts of a check share. */
export interface CheckContext {
  readonly foreign: boolean;
  report(item: string, reason: string): void;
  /** Reports something thrown: under its own item where it has one, else under `item`. */
  fail(item: string, thrown: unknown): void;
  progress(item: string, bytes: number): void;
}

/** No more problems than this are listed: damage repeats itself. */
const MAX_PROBLEMS = 200;

/**
 * Checks a WACZ from the first byte to the last: ZIP structure and checksums, the package's digests and signature, every
 * record's digests, every index line, the pages. Everything is recomputed; one changed bit anywhere is a problem that says
 * where. Never throws and never asks the network.
 */
export async function checkWacz(source: RandomAccess, options: WaczCheckOptions = {}): Promise<WaczCheck> {
  const problems: Finding[] = [];
  const report = (item: string, reason: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ item, reason });
  };
  const context: CheckContext = {
    foreign: options.foreign === true,
    report,
    fail: (item, thrown) => {
      const failure = archiveError(item, thrown);
      report(failure.item, failure.reason);
    },
    progress: (item, bytes) => options.onProgress?.(item, bytes),
  };
  let records = 0;
  try {
    records = await checkParts(source, context);
  } catch (error) {
    context.fail('ZIP structure', error);
  }
  return { ok: problems.length === 0, records, problems };
}

async function checkParts(source: RandomAccess, context: CheckContext): Promise<number> {
  const archive = new ZipArchive(source, await readZipDirectory(source));
  const layout = context.foreign ? checkForeignZipLayout : checkZipLayout;
  for (const { item, reason } of layout(source, archive.entries)) context.report(item, reason);
  const digests = await checkEntries(archive, context);
  const datapackage = await checkDatapackage(archive, digests, context);
  await checkDigestFile(archive, digests, datapackage, context);
  await checkPages(archive, context);
  const lines = await checkIndex(archive, context);
  let records = 0;
  if (archive.warcs.length === 0) context.report('archive/', 'there is no WARC file');
  for (const file of archive.warcs) {
    const own = lines?.filter((line) => `archive/${line.filename}` === file);
    try {
      records += await checkWarc(archive.stored(file), file, own ?? null, context);
    } catch (error) {
      context.fail(file, error);
    }
  }
  for (const line of lines ?? []) {
    if (!archive.has(`archive/${line.filename}`))
      context.report(`index line of ${line.url}`, `there is no file ${line.filename}`);
  }
  return records;
}

/** Reads the index and checks its order. Null where it cannot be read: the records are checked none the less. */
async function checkIndex(archive: ZipArchive, context: CheckContext): Promise<CdxEntry[] | null> {
  try {
    const lines = await readIndex(archive);
    if (archive.has(INDEX_PLAIN)) {
      const raw = linesOf(await archive.bytes(INDEX_PLAIN, MAX_TEXT)).map((line) => Buffer.from(line));
      if (!Buffer.concat(raw).equals(Buffer.concat(sortLines(raw))))
        context.report(INDEX_PLAIN, 'its lines are not in order');
    }
    if (!archive.entries.some(({ name }) => /^indexes\/.+\.(cdxj?|idx)$/.test(name)))
      context.report('indexes/', 'there is no index');
    return lines;
  } catch (error) {
    context.fail('indexes/', error);
    return null;
  }
}
