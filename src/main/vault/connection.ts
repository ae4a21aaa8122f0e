import { existsSync, readFileSync, statSync } from 'node:fs';
import { Database } from './sqlite.ts';
import { ConstatError } from '../../shared/problems.ts';
import { sqliteCode } from './sqlite-problems.ts';

/** Milliseconds to wait for a lock that another connection holds for a moment. */
const patience = 5000;

/** Pages in the WAL before it is folded into the file: 4 MiB, so that a nearly full disk is not filled by the WAL. */
const walPages = 256;

/** The largest case that is read from memory where the disk allows no other way. */
const inMemoryLimit = 1024 ** 3;

/**
 * Settings of every connection. A schema from a hostile file may call no function with side effects; nothing is written
 * to temporary files; REPLACE fires the triggers that keep sealed rows.
 */
function harden(database: Database): void {
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.pragma('recursive_triggers = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
}

/** Settings of a connection that writes, before its first write. */
export function prepareForWriting(database: Database): void {
  harden(database);
  database.pragma('synchronous = FULL');
  // What was discarded (a cancelled capture) must not be handed over in free pages of the file.
  database.pragma('secure_delete = ON');
}

/** Opens an existing case for writing, in WAL mode where the file system can. Throws SQLite's errors. */
export function openForWriting(path: string): Database {
  const database = new Database(path, { fileMustExist: true, timeout: patience });
  try {
    prepareForWriting(database);
    database.pragma('journal_mode = WAL');
    database.pragma(`wal_autocheckpoint = ${walPages}`);
    database.pragma('journal_size_limit = 67108864');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens for reading. A case at rest is in rollback-journal mode and needs nothing beside it. A copy of one that was in use
 * is in WAL mode, which SQLite cannot read on a write-protected disk; such a copy is read from memory.
 */
export function openForReading(path: string): Database {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: patience });
  try {
    harden(database);
    database.pragma('schema_version');
    return database;
  } catch (error) {
    database.close();
    if (sqliteCode(error)?.startsWith('SQLITE_CANTOPEN') && !existsSync(`${path}-wal`))
      return openInMemory(path, error);
    if (sqliteCode(error)?.startsWith('SQLITE_READONLY'))
      throw new ConstatError('CASE_UNWRITABLE', {
        path,
        reason: 'a write was cut short; open it once where it can be written',
      });
    throw error;
  }
}

function openInMemory(path: string, cause: unknown): Database {
  if (statSync(path).size > inMemoryLimit) {
    const reason = 'it was copied while in use; copy it to a folder that can be written, then open it';
    throw new ConstatError('CASE_UNWRITABLE', { path, reason }, { cause });
  }
  const image = readFileSync(path);
  // Bytes 18 and 19 of the header say WAL (2); in memory there is no WAL, and without one the pages are the same.
  image.fill(1, 18, 20);
  const database = new Database(image, { readonly: true });
  harden(database);
  return database;
}

/**
 * Ends writing: clears the writer's name, folds the WAL into the file and leaves WAL mode, so that nothing stays beside
 * it. Where a reader or a full disk prevents that, the file is whole all the same and the next writer tidies up.
 */
export function settle(database: Database, clearWriter: string): void {
  if (database.inTransaction) attempt(() => database.exec('ROLLBACK'));
  database.pragma('busy_timeout = 200');
  attempt(() => database.exec(clearWriter));
  attempt(() => database.pragma('wal_checkpoint(TRUNCATE)'));
  attempt(() => database.pragma('journal_mode = DELETE'));
}

/** Where the disk is full, what is in the WAL may already be in the file, or fit into it: then the WAL's room is free again. */
export function giveBackLog(database: Database): void {
  attempt(() => database.pragma('wal_checkpoint(TRUNCATE)'));
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nothing that was sealed depends on what is tried here.
  }
}
