import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database, Statement } from './sqlite.ts';
import type { CaseInfo, NewCase } from '../../shared/domain/case.ts';
import { ConstatError } from '../../shared/problems.ts';
import { giveBackLog, openForWriting, settle } from './connection.ts';
import { draftCase, publish } from './create-case.ts';
import { migrate } from './format.ts';
import { integrityProblems } from './integrity.ts';
import { inspect, readInfo, takeLock } from './open-case.ts';
import { databaseProblem, sqliteCode, writingProblem } from './sqlite-problems.ts';
import { writerSql } from './store.ts';
import type { WriterLock } from './writer-lock.ts';

export interface CreateOptions {
  /** How this program is named to a second one that finds the case in use: “Constat desktop”. */
  application: string;
  /** Runs on the new case before it gets its name: what it writes is there from the start, or there is no file. */
  begin?: (file: CaseFile) => void;
}

export interface OpenOptions {
  application: string;
  readOnly?: boolean;
}

/**
 * One case: a SQLite file with an application id and a format version (design, decision 1).
 *
 * While it is open for writing it is in WAL mode, so that it can be read meanwhile; closing folds everything into the
 * one file and leaves nothing beside it. At most one writer at a time, of any process.
 */
export class CaseFile {
  readonly path: string;
  readonly readOnly: boolean;
  readonly info: CaseInfo;
  readonly #database: Database;
  readonly #lock: WriterLock | null;
  readonly #application: string;
  readonly #statements = new Map<string, Statement>();
  #afterCommit: (() => void)[] = [];
  #depth = 0;
  #wasFull = false;
  #closed = false;

  private constructor(
    path: string,
    database: Database,
    lock: WriterLock | null,
    application: string,
    readOnly: boolean,
  ) {
    this.path = path;
    this.#database = database;
    this.#lock = lock;
    this.#application = application;
    this.readOnly = readOnly;
    this.info = readInfo(path, database);
  }

  /**
   * Makes a new case and opens it for writing. Nothing stands at `path` until the case is whole.
   * Throws CASE_EXISTS, CASE_UNWRITABLE, CASE_LOCKED, DISK_FULL.
   */
  static create(path: string, info: NewCase, options: CreateOptions): CaseFile {
    const target = resolve(path.trim());
    if (statSync(target, { throwIfNoEntry: false })) throw new ConstatError('CASE_EXISTS', { path: target });
    const lock = takeLock(target);
    try {
      const draft = draftCase(target, info);
      try {
        const unnamed = new CaseFile(target, draft.database, null, options.application, false);
        options.begin?.(unnamed);
      } catch (error) {
        draft.abandon();
        throw error;
      }
      publish(draft, target);
      return CaseFile.#openLocked(target, lock, options.application);
    } catch (error) {
      lock.release();
      throw writingProblem(target, error);
    }
  }

  /**
   * Opens a case; for writing it brings an older format up to date. Reading changes no byte of the file.
   * Throws CASE_NOT_FOUND, CASE_NOT_A_CASE, CASE_NEWER, CASE_DAMAGED, CASE_LOCKED, CASE_UNWRITABLE.
   */
  static open(path: string, options: OpenOptions): CaseFile {
    const target = resolve(path.trim());
    const found = statSync(target, { throwIfNoEntry: false });
    if (!found) throw new ConstatError('CASE_NOT_FOUND', { path: target });
    if (!found.isFile()) throw new ConstatError('CASE_NOT_A_CASE', { path: target });
    const reading = inspect(target);
    if (options.readOnly) return CaseFile.#wrap(target, reading, null, options.application, true);
    reading.close();
    const lock = takeLock(target);
    try {
      return CaseFile.#openLocked(target, lock, options.application);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  static #openLocked(path: string, lock: WriterLock, application: string): CaseFile {
    let database: Database | undefined;
    try {
      database = openForWriting(path);
      migrate(database);
      database
        .prepare<[string, number, string]>(writerSql.set)
        .run(application, process.pid, new Date().toISOString());
    } catch (error) {
      database?.close();
      const code = sqliteCode(error);
      if (code?.startsWith('SQLITE_READONLY'))
        throw new ConstatError(
          'CASE_UNWRITABLE',
          { path, reason: 'the file is write-protected' },
          { cause: error },
        );
      throw databaseProblem(path, error);
    }
    return CaseFile.#wrap(path, database, lock, application, false);
  }

  static #wrap(
    path: string,
    database: Database,
    lock: WriterLock | null,
    application: string,
    readOnly: boolean,
  ): CaseFile {
    try {
      return new CaseFile(path, database, lock, application, readOnly);
    } catch (error) {
      database.close();
      throw databaseProblem(path, error);
    }
  }

  /** Bytes of the case: pages in use and free, as the file will have when it is closed. */
  get sizeBytes(): number {
    const pages = Number(this.#database.pragma('page_count', { simple: true }));
    return pages * Number(this.#database.pragma('page_size', { simple: true }));
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** A prepared statement, made once per SQL text. For `store.ts` files only. */
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): Statement<P, R> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    // The types of parameters and rows are what the store says of its own SQL; the cache cannot know them.
    return statement as unknown as Statement<P, R>;
  }

  /**
   * Runs `work` in one transaction that other connections see as a whole or not at all. A call within a call joins the
   * outer transaction; if it fails and the caller goes on, only the inner part is undone.
   * Throws DISK_FULL, CASE_READ_ONLY, CASE_DAMAGED, CASE_LOCKED, and what `work` throws.
   */
  transaction<T>(work: () => T): T {
    if (this.readOnly) throw new ConstatError('CASE_READ_ONLY', { path: this.path });
    const outer = this.#depth === 0;
    const point = `depth_${this.#depth}`;
    const pending = this.#afterCommit.length;
    return this.guarded(() => {
      if (outer && this.#wasFull) {
        this.#wasFull = false;
        giveBackLog(this.#database);
      }
      this.#database.exec(outer ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${point}`);
      this.#depth += 1;
      let result: T;
      try {
        result = work();
        if (result instanceof Promise) throw new Error('a transaction cannot wait for a promise');
        this.#database.exec(outer ? 'COMMIT' : `RELEASE ${point}`);
      } catch (error) {
        this.#afterCommit.length = pending;
        // A full disk makes SQLite roll back by itself.
        if (this.#database.inTransaction)
          this.#database.exec(outer ? 'ROLLBACK' : `ROLLBACK TO ${point}; RELEASE ${point}`);
        if (sqliteCode(error) === 'SQLITE_FULL') this.#wasFull = true;
        throw error;
      } finally {
        this.#depth -= 1;
      }
      if (outer) this.#runAfterCommit();
      return result;
    });
  }

  /** Runs `work` once what is being written is safely committed: at once outside a transaction, never after a rollback. */
  afterCommit(work: () => void): void {
    this.#afterCommit.push(work);
    if (this.#depth === 0) this.#runAfterCommit();
  }

  #runAfterCommit(): void {
    const due = this.#afterCommit;
    this.#afterCommit = [];
    for (const work of due) work();
  }

  /** Runs `work`, which reads, and turns SQLite's failures into problems. Throws CASE_DAMAGED, CASE_LOCKED. */
  guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw databaseProblem(this.path, error);
    }
  }

  /** What is wrong with the file as a file, in sentences; none when it is sound. Changes and repairs nothing. */
  integrityProblems(): string[] {
    return integrityProblems(this.#database);
  }

  /**
   * A second, read-only view of the case that stays as it is now while writing goes on. Close it soon: as long as it is
   * open the WAL grows, and a case that nobody has open for writing cannot be opened for writing.
   */
  snapshot(): CaseFile {
    const view = CaseFile.open(this.path, { application: this.#application, readOnly: true });
    view.#database.exec('BEGIN');
    view.prepare('SELECT one FROM case_info').get();
    return view;
  }

  /** Lets go of the file. A second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.readOnly) settle(this.#database, writerSql.clear);
    this.#database.close();
    this.#lock?.release();
  }
}
