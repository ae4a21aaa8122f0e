import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { Database } from './sqlite.ts';
import { sqliteCode } from './sqlite-problems.ts';

/**
 * The right to write to one case. It is SQLite's own exclusive lock on an empty file beside the case, so the operating
 * system takes it back when the process ends, however it ends.
 *
 * The case file itself is never opened through `node:fs`: closing such a handle would drop this process's POSIX locks.
 */
export class WriterLock {
  readonly #path: string;
  readonly #database: Database;

  private constructor(path: string, database: Database) {
    this.#path = path;
    this.#database = database;
  }

  /** Where the lock of a case stands. */
  static pathFor(casePath: string): string {
    return `${casePath}-lock`;
  }

  /** Takes the lock, or gives null where somebody has it. Throws what the file system throws where it cannot be made. */
  static acquire(casePath: string): WriterLock | null {
    const path = WriterLock.pathFor(casePath);
    for (;;) {
      createPrivately(path);
      const before = inodeOf(path);
      const database = new Database(path, { timeout: 0 });
      try {
        // In memory, because the lock would otherwise come with an empty journal beside it.
        database.pragma('journal_mode = MEMORY');
        database.exec('BEGIN EXCLUSIVE');
      } catch (error) {
        database.close();
        if (sqliteCode(error) === 'SQLITE_BUSY') return null;
        throw error;
      }
      // The holder before us removes the file when it lets go: a lock on a removed file would keep nobody out.
      if (before !== null && inodeOf(path) === before) return new WriterLock(path, database);
      database.close();
    }
  }

  /** Lets go. The file goes first, while nobody else can hold it; where the system refuses that, afterwards. */
  release(): void {
    const remove = () => rmSync(this.#path, { force: true });
    let removed = true;
    try {
      remove();
    } catch {
      removed = false;
    }
    this.#database.close();
    if (removed) return;
    try {
      remove();
    } catch {
      // An empty file stays behind; the next writer takes it over.
    }
  }
}

/** `wx` only ever makes a new file, so no handle on a file that carries a lock is opened and closed here. */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function inodeOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}
