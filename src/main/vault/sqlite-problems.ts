import { SqliteError } from './sqlite.ts';
import { ConstatError } from '../../shared/problems.ts';

/** Why a file or folder cannot be written, in words. */
const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'the system does not allow it',
  EROFS: 'the disk is write-protected',
  ENAMETOOLONG: 'the name is too long',
  EINVAL: 'the name is not allowed',
  EISDIR: 'it is a folder',
  ELOOP: 'the path runs in a circle',
  EIO: 'the disk reports an error',
};

/** SQLite's extended result code, or null where the error is not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof SqliteError ? error.code : null;
}

function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** A failure of the file system while something was to be written at `path`, as a problem a person can act on. */
export function writingProblem(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ConstatError('DISK_FULL', {}, { cause: error });
  const reason = code === null ? undefined : systemReasons[code];
  if (reason !== undefined) return new ConstatError('CASE_UNWRITABLE', { path, reason }, { cause: error });
  return databaseProblem(path, error);
}

/** A failure of SQLite on the case at `path` as a problem; anything else is given back as it is. */
export function databaseProblem(path: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  const cause = { cause: error };
  const said = error instanceof Error ? error.message : code;
  // Growing the shared memory of the WAL is the one write that reports a full disk as an I/O error.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE')
    return new ConstatError('DISK_FULL', {}, cause);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_IOERR_SHORT_READ')
    return new ConstatError('CASE_DAMAGED', { path, reason: said }, cause);
  if (code.startsWith('SQLITE_READONLY')) return new ConstatError('CASE_READ_ONLY', { path }, cause);
  if (code.startsWith('SQLITE_BUSY'))
    return new ConstatError('CASE_LOCKED', { path, holder: 'another program that is reading it' }, cause);
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return new ConstatError(
      'CASE_UNWRITABLE',
      { path, reason: 'the file or its folder cannot be opened for writing' },
      cause,
    );
  return error;
}
