import { applicationId, expectedSchema, formatVersion, readHeading, schemaOf } from './format.ts';
import { brokenRules } from './rules.ts';
import type { Database } from './sqlite.ts';

/** Findings of SQLite's own check that are listed before it stops. */
const findingLimit = 50;

/**
 * What is wrong with a case as a file, in sentences: its heading, its tables and the rules that keep them append-only, its
 * pages, its references. None when it is sound. Reads every page; changes and repairs nothing.
 */
export function integrityProblems(database: Database): string[] {
  return [
    ...attempt('the heading', () => headingProblems(database)),
    ...attempt('the tables', () => schemaProblems(database)),
    ...attempt('the rules', () => brokenRules(database)),
    ...attempt('the pages', () => pageProblems(database)),
    ...attempt('the references', () => referenceProblems(database)),
  ];
}

function attempt(name: string, check: () => string[]): string[] {
  try {
    return check();
  } catch (error) {
    return [`${name} could not be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function headingProblems(database: Database): string[] {
  const { applicationId: id, version } = readHeading(database);
  const problems: string[] = [];
  if (id !== applicationId) problems.push('the application id is not that of a case');
  if (version < 1 || version > formatVersion) problems.push(`the format version ${version} is unknown`);
  return problems;
}

function schemaProblems(database: Database): string[] {
  const found = schemaOf(database);
  const expected = expectedSchema(readHeading(database).version);
  const problems: string[] = [];
  for (const [name, sql] of expected) {
    if (!found.has(name)) problems.push(`${name} is missing`);
    else if (found.get(name) !== sql) problems.push(`${name} is not what the format says`);
  }
  for (const name of found.keys())
    if (!expected.has(name)) problems.push(`${name} does not belong to the format`);
  return problems;
}

function pageProblems(database: Database): string[] {
  return database
    .prepare<[], { integrity_check: string }>(`PRAGMA integrity_check(${findingLimit})`)
    .all()
    .map((row) => row.integrity_check)
    .filter((said) => said !== 'ok');
}

function referenceProblems(database: Database): string[] {
  return database
    .prepare<[], { child: string; parent: string }>(
      'SELECT "table" AS child, parent FROM pragma_foreign_key_check',
    )
    .all()
    .map(({ child, parent }) => `a row of ${child} refers to a row of ${parent} that is not there`);
}
