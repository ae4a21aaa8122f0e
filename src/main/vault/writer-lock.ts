import { closeSync, constants, fstatSync, openSync, rmSync, statSync } from 'node:fs';
import { Database } from './sqlite.ts';
import { sqliteCode } from './sqlite-problems.ts';

/**
 * Locks that this process has. Asked before the file is touched: closing any other handle on a file gives up the POSIX locks that the
 * process has on it.
 */
const held = new Set<string>();

/**
 * The right to write to one case. It is SQLite's own exclusive lock on an empty file beside the case, so the operating
 * system takes it back when the process ends, however it ends. The case file itself is never opened through `node:fs`.
 */
export class WriterLock {
  readonly #path: string;
  readonly #database: Database;
  readonly #handle: number;

  private constructor(path: string, database: Database, handle: number) {
    this.#path = path;
    this.#database = database;
    this.#handle = handle;
    held.add(path);
  }

  /** Takes the lock, or gives null where somebody has it. Throws what the file system throws where it cannot be made. */
  static acquire(casePath: string): WriterLock | null {
    const path = `${casePath}-lock`;
    if (held.has(path)) return null;
    for (;;) {
      const attempt = tryOnce(path);
      if (attempt === 'taken') return null;
      if (attempt !== 'removed') return new WriterLock(path, attempt.database, attempt.handle);
    }
  }

  /** Lets go. The file goes first, while nobody else can hold it; where the system refuses that, afterwards. */
  release(): void {
    const removed = remove(this.#path);
    this.#database.close();
    closeSync(this.#handle);
    held.delete(this.#path);
    if (!removed) remove(this.#path);
  }
}

/**
 * One attempt: the lock; `taken` where somebody has it; `removed` where the file went away meanwhile, because its holder let go, and a lock
 * on it would keep nobody out. While `handle` is open no other file can have its inode, so if the path leads to that inode before SQLite
 * opens the file and after it has locked it, it is the same file.
 */
function tryOnce(path: string): { database: Database; handle: number } | 'taken' | 'removed' {
  const handle = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  let database: Database | undefined;
  const giveUp = () => {
    database?.close();
    closeSync(handle);
  };
  try {
    if (!leadsTo(path, handle)) {
      giveUp();
      return 'removed';
    }
    database = new Database(path, { timeout: 0 });
    // In memory, because the lock would otherwise come with an empty journal beside it.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    if (leadsTo(path, handle)) return { database, handle };
    giveUp();
    return 'removed';
  } catch (error) {
    giveUp();
    if (sqliteCode(error) === 'SQLITE_BUSY') return 'taken';
    throw error;
  }
}

function leadsTo(path: string, handle: number): boolean {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  const open = fstatSync(handle, { bigint: true });
  return found?.ino === open.ino && found.dev === open.dev;
}

/** Whether the file is gone. An empty file that stays behind harms nobody: the next writer takes it over. */
function remove(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
