import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { caseInfoSchema, type CaseInfo } from '../../shared/domain/case.ts';
import { ConstatError } from '../../shared/problems.ts';
import { openForReading } from './connection.ts';
import { applicationId, formatVersion, readHeading } from './format.ts';
import type { Database } from './sqlite.ts';
import { databaseProblem, sqliteCode, writingProblem } from './sqlite-problems.ts';
import { caseInfoSql, writerSql, type CaseInfoRow, type WriterRow } from './store.ts';
import { WriterLock } from './writer-lock.ts';

/** Opens for reading and makes sure that this is a case of a known format, so that nothing else is ever touched. */
export function inspect(path: string): Database {
  let database: Database | undefined;
  try {
    database = openForReading(path);
    const heading = readHeading(database);
    if (heading.applicationId !== applicationId) throw new ConstatError('CASE_NOT_A_CASE', { path });
    if (heading.version > formatVersion)
      throw new ConstatError('CASE_NEWER', {
        path,
        found: String(heading.version),
        known: String(formatVersion),
      });
    return database;
  } catch (error) {
    database?.close();
    if (sqliteCode(error) === 'SQLITE_NOTADB')
      throw new ConstatError('CASE_NOT_A_CASE', { path }, { cause: error });
    throw databaseProblem(path, error);
  }
}

export function takeLock(path: string): WriterLock {
  let lock: WriterLock | null;
  try {
    lock = WriterLock.acquire(realPath(path));
  } catch (error) {
    throw writingProblem(path, error);
  }
  if (lock === null) throw new ConstatError('CASE_LOCKED', { path, holder: holderOf(path) });
  return lock;
}

/** The one name of a file that may be reached by several: the lock must be the same whichever is used. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return join(realpathSync(dirname(path)), basename(path));
}

function holderOf(path: string): string {
  try {
    const database = openForReading(path);
    try {
      const row = database.prepare<[], WriterRow>(writerSql.get).get();
      if (row) return `${row.application}, process ${row.pid}, since ${row.since}`;
    } finally {
      database.close();
    }
  } catch {
    // The name of the holder is a courtesy; that there is one is certain.
  }
  return 'another Constat';
}

export function readInfo(path: string, database: Database): CaseInfo {
  const row = database.prepare<[], CaseInfoRow>(caseInfoSql.get).get();
  const parsed = caseInfoSchema.safeParse(row);
  if (!parsed.success)
    throw new ConstatError('CASE_DAMAGED', { path, reason: 'its title page is missing or unreadable' });
  return parsed.data;
}
