// The package's `exports` hide its own declarations from TypeScript; what is used of it is declared here.
// @ts-expect-error TS7016
import Driver from 'better-sqlite3';

interface RunResult {
  changes: number;
  lastInsertRowid: number | bigint;
}

/** A prepared statement; `P` are its parameters and `R` is its row. */
export interface Statement<P extends unknown[] = unknown[], R = unknown> {
  run(...parameters: P): RunResult;
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
}

export interface Database {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): Statement<P, R>;
  exec(sql: string): this;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  close(): this;
}

interface DatabaseConstructor {
  /** A file's path, or the image of a database to be read from memory. */
  new (
    file: string | Buffer,
    options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number },
  ): Database;
}

interface SqliteErrorConstructor {
  new (message: string, code: string): Error & { code: string };
}

/** The SQLite driver. Nothing outside this room and its tests opens a database. */
export const Database: DatabaseConstructor = Driver;

export const SqliteError: SqliteErrorConstructor = Driver.SqliteError;
