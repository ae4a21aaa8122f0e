import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Database } from './sqlite.ts';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { newCaseSchema, type NewCase } from '../../shared/domain/case.ts';
import { ConstatError } from '../../shared/problems.ts';
import { softwareName } from '../../shared/software.ts';
import { prepareForWriting } from './connection.ts';
import { applicationId, migrate, pageSize } from './format.ts';
import { caseInfoSql } from './store.ts';

/** A case that is whole but does not have its name yet. */
export interface Draft {
  path: string;
  database: Database;
  /** Closes and removes it. */
  abandon(): void;
}

/** Makes an empty case under a passing name beside `target`, readable by nobody else. Throws what the system throws. */
export function draftCase(target: string, info: NewCase): Draft {
  const path = join(dirname(target), `.${basename(target)}.${uuidv4().slice(0, 8)}.new`);
  closeSync(openSync(path, 'wx', 0o600));
  let database: Database | undefined;
  const abandon = () => {
    database?.close();
    rmSync(path, { force: true });
    rmSync(`${path}-journal`, { force: true });
  };
  try {
    database = new Database(path);
    database.pragma(`page_size = ${pageSize}`);
    prepareForWriting(database);
    database.pragma(`application_id = ${applicationId}`);
    migrate(database);
    const row = {
      ...newCaseSchema.parse(info),
      id: uuidv7(),
      createdAt: new Date().toISOString(),
      createdWith: softwareName,
    };
    database.prepare(caseInfoSql.insert).run(row);
    return { path, database, abandon };
  } catch (error) {
    abandon();
    throw error;
  }
}

/** Gives a draft its name, unless something has that name by now. Throws CASE_EXISTS and what the system throws. */
export function publish(draft: Draft, target: string): void {
  try {
    draft.database.close();
    nameWithoutReplacing(draft.path, target);
    syncFolder(dirname(target));
  } catch (error) {
    draft.abandon();
    throw error;
  }
}

function nameWithoutReplacing(draft: string, target: string): void {
  try {
    linkSync(draft, target);
    rmSync(draft);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') throw new ConstatError('CASE_EXISTS', { path: target }, { cause: error });
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
    // Disks without hard links (exFAT on a stick): reserve the name, then take it.
    closeSync(openSync(target, 'wx', 0o600));
    renameSync(draft, target);
  }
}

/** Makes the new name itself survive a power cut. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
