import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { BundleRequest } from '../../shared/domain/bundle.ts';
import { ConstatError } from '../../shared/problems.ts';
import { folderSink, syncFolder, type TreeSink } from './bagit/sink.ts';
import { zipSink } from './bagit/zip-sink.ts';

/**
 * Lets `write` fill a sink under a passing name next to the destination, then gives it its name, then runs `afterwards`.
 * If any of it fails, or the process is told to stop, nothing is left; what stood at the destination is never replaced.
 * Throws DESTINATION_EXISTS, DESTINATION_UNWRITABLE, DISK_FULL, and what `write` throws.
 */
export async function atDestination<T>(
  request: Pick<BundleRequest, 'destination' | 'format'>,
  now: Date,
  write: (sink: TreeSink) => Promise<{ result: T; afterwards: () => void }>,
): Promise<T> {
  const path = resolve(request.destination);
  refuseExisting(path);
  const passing = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  let named = false;
  let sink: TreeSink | null = null;
  try {
    sink = makeSink(request.format, passing, innerFolder(path), now);
    const { result, afterwards } = await write(sink);
    if (request.format === 'folder') chmodSync(passing, 0o755);
    moveInto(passing, path, request.format);
    named = true;
    syncFolder(dirname(path));
    afterwards();
    return result;
  } catch (error) {
    sink?.abort();
    rmSync(passing, { recursive: true, force: true });
    if (named) rmSync(path, { recursive: true, force: true });
    throw writingProblem(path, error);
  }
}

function refuseExisting(path: string): void {
  let found: unknown;
  try {
    found = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw writingProblem(path, error);
  }
  if (found) throw new ConstatError('DESTINATION_EXISTS', { path });
}

/** While it is written the folder is closed to others: half a bundle is nobody's business. */
function makeSink(format: BundleRequest['format'], passing: string, inner: string, now: Date): TreeSink {
  if (format === 'zip') return zipSink(passing, inner, now);
  mkdirSync(passing, { mode: 0o700 });
  return folderSink(passing);
}

/** The one folder in a zip bears the zip's name, as far as every system can have it. */
function innerFolder(path: string): string {
  const stem = basename(path).replace(/\.zip$/i, '');
  const plain = stem
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[. -]+|[. -]+$/g, '')
    .slice(0, 80);
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? 'bundle' : plain;
}

/** A file gets its name by a link, which the system refuses where one is there; a folder, after a last look. */
function moveInto(passing: string, path: string, format: BundleRequest['format']): void {
  if (format === 'zip') {
    try {
      linkSync(passing, path);
      rmSync(passing);
      return;
    } catch (error) {
      if (codeOf(error) === 'EEXIST')
        throw new ConstatError('DESTINATION_EXISTS', { path }, { cause: error });
      // No links on this disk (FAT, some network disks): the last look has to do.
    }
  }
  refuseExisting(path);
  renameSync(passing, path);
}

const reasons: Record<string, string> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a disk that is read-only',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is a file',
  ENAMETOOLONG: 'its name is too long',
  EFBIG: 'the disk does not take a file so large; write a folder instead of a zip',
  EINVAL: 'the disk does not take such a name',
  EIO: 'the disk fails',
};

function writingProblem(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof ConstatError || code === null) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ConstatError('DISK_FULL', {}, { cause: error });
  const reason = reasons[code];
  return reason === undefined
    ? error
    : new ConstatError('DESTINATION_UNWRITABLE', { path, reason }, { cause: error });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
