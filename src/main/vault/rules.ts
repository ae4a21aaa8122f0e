import { expectedFormat, readHeading } from './format.ts';
import type { Database } from './sqlite.ts';

/** Rows that are named for one rule. */
const rowLimit = 20;

/** A CHECK of the format, which every row of its table meets. */
export interface Rule {
  table: string;
  condition: string;
  /** Columns of the primary key, to name a row by. */
  key: string[];
}

/**
 * Rows that break a CHECK of the format, in sentences. SQLite forgets these rules on a connection that only reads, its own check
 * included, and whoever changed the file from outside could switch them off; so they are asked for one by one.
 */
export function brokenRules(database: Database): string[] {
  return rulesOf(readHeading(database).version).flatMap((rule) => broken(database, rule));
}

function broken(database: Database, { table, condition, key }: Rule): string[] {
  try {
    return database
      .prepare<[], Record<string, unknown>>(
        `SELECT ${key.join(', ')} FROM ${table} WHERE NOT (${condition}) LIMIT ${rowLimit}`,
      )
      .all()
      .map((row) => `the row of ${table} with ${spoken(row)} breaks the rule “${condition}”`);
  } catch (error) {
    return [
      `the rows of ${table} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}

function spoken(row: Record<string, unknown>): string {
  return Object.entries(row)
    .map(([column, value]) => `${column} ${String(value)}`)
    .join(', ');
}

/** Every CHECK of a format, read from the format itself, so that none is forgotten here. */
export function rulesOf(version: number): Rule[] {
  return expectedFormat(version, (blank) =>
    blank
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL ORDER BY name",
      )
      .all()
      .flatMap(({ name, sql }) =>
        conditions(sql).map((condition) => ({ table: name, condition, key: primaryKey(blank, name) })),
      ),
  );
}

function primaryKey(blank: Database, table: string): string[] {
  return blank
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map((column) => column.name);
}

/** What stands in the brackets after each CHECK. The format’s own text has no brackets within quotes. */
function conditions(sql: string): string[] {
  return [...sql.matchAll(/\bCHECK \(/g)].map(({ index, 0: opening }) => {
    const from = index + opening.length;
    let to = from;
    for (let depth = 1; to < sql.length; to += 1) {
      if (sql[to] === '(') depth += 1;
      else if (sql[to] === ')' && --depth === 0) break;
    }
    return sql.slice(from, to);
  });
}
