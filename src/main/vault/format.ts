import { Database } from './sqlite.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** SQLite `application_id` of a case file: the ASCII letters `CNST`. It stands at offset 68 of the file, big-endian. */
export const applicationId = 0x43_4e_53_54;

/** The format this version writes, and the newest it reads: the version of the last migration. */
export const formatVersion = migrations.length;

/** Bytes of a database page. Large pages suit 1 MiB chunks; fixed at creation. */
export const pageSize = 16_384;

/** What a connection finds at the head of a file. */
export interface Heading {
  applicationId: number;
  version: number;
}

/** Reads application id and format version; the first read of a file, so this is where a file that is no database shows. */
export function readHeading(database: Database): Heading {
  return {
    applicationId: Number(database.pragma('application_id', { simple: true })),
    version: Number(database.pragma('user_version', { simple: true })),
  };
}

/**
 * Brings a database from its own format to the last of `steps`, each step with its version number in one transaction,
 * so that a failure leaves the file at the step before.
 */
export function migrate(database: Database, steps: readonly Migration[] = migrations): void {
  for (const step of steps) {
    const found = Number(database.pragma('user_version', { simple: true }));
    if (step.version <= found) continue;
    if (step.version !== found + 1)
      throw new Error(`no migration leads from format ${found} to ${step.version}`);
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(step.sql);
      database.pragma(`user_version = ${step.version}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

/**
 * Tables, indexes and triggers by name, each as the statement that made it with its blanks evened out. Those that SQLite makes by
 * itself are among them, for under their names anything can be hidden; the indexes of keys have no statement.
 */
export function schemaOf(database: Database): Map<string, string> {
  const rows = database
    .prepare<[], { name: string; sql: string }>(
      "SELECT type || ' ' || name AS name, ifnull(sql, '') AS sql FROM sqlite_schema ORDER BY name",
    )
    .all();
  return new Map(rows.map(({ name, sql }) => [name, sql.replaceAll(/\s+/g, ' ').trim()]));
}

/** What an untouched file of a format holds, made afresh in memory. */
export function expectedSchema(version: number): Map<string, string> {
  return expectedFormat(version, schemaOf);
}

/** Reads from an untouched, empty database of a format, made afresh in memory. */
export function expectedFormat<T>(version: number, read: (blank: Database) => T): T {
  const blank = new Database(':memory:');
  try {
    migrate(blank, migrations.slice(0, version));
    return read(blank);
  } finally {
    blank.close();
  }
}
