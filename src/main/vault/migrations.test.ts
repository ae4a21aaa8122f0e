import { expect, it } from 'vitest';
import { caseFixture } from '../../../test/support/case-fixture.ts';
import { expectedSchema, formatVersion, migrate, readHeading, schemaOf } from './format.ts';
import { migrations } from './migrations/index.ts';
import { Database } from './sqlite.ts';

it('numbers its steps without gaps, the last being the format that is written', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1));
  expect(formatVersion).toBe(migrations.length);
});

it('brings an empty file to the present format', () => {
  const database = new Database(':memory:');
  migrate(database);
  expect(readHeading(database).version).toBe(formatVersion);
  expect(schemaOf(database)).toEqual(expectedSchema(formatVersion));
  expect([...schemaOf(database).keys()]).toContain('trigger custody_event_no_delete');
  migrate(database);
  database.close();
});

it('takes each step once and stays at the step before one that fails', () => {
  const database = new Database(':memory:');
  const steps = [
    { version: 1, sql: 'CREATE TABLE a (x)' },
    { version: 2, sql: 'INSERT INTO a VALUES (1)' },
    { version: 3, sql: 'CREATE TABLE b (x); INSERT INTO missing VALUES (1)' },
  ];
  expect(() => migrate(database, steps)).toThrow('missing');
  expect(() => migrate(database, steps)).toThrow('missing');
  expect(readHeading(database).version).toBe(2);
  expect(database.prepare('SELECT x FROM a').all()).toHaveLength(1);
  expect([...schemaOf(database).keys()]).toEqual(['table a']);
  expect(() => migrate(database, [{ version: 4, sql: '' }])).toThrow('no migration leads from format 2 to 4');
  database.close();
});

/** One row in every append-only table, in an order that satisfies the references. */
const sealedRows = [
  "INSERT INTO blob (id, media_type, closed, size, sha256) VALUES (7, 'x/y', 1, 0, printf('%064d', 0))",
  "INSERT INTO capture VALUES ('c', 1, '', '', '', 'COMPLETE', 200, '', '', 7, 0, 0, 1)",
];

const appendOnly = [
  'case_info',
  'custody_event',
  'custody_detail',
  'custody_node',
  'checkpoint',
  'capture',
  'blob',
];

it.each(appendOnly)('refuses every change, removal and replacement of a row of %s', (table) => {
  const { file } = caseFixture();
  for (const sql of sealedRows) file.prepare(sql).run();
  const columns = file
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table);
  const before = file.prepare(`SELECT * FROM ${table}`).all();
  expect(before.length).toBeGreaterThan(0);
  for (const { name } of columns)
    expect(() => file.prepare(`UPDATE ${table} SET ${name} = ${name}`).run(), name).toThrow('append-only');
  expect(() => file.prepare(`DELETE FROM ${table}`).run()).toThrow('append-only');
  expect(() => file.prepare(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`).run()).toThrow(
    'append-only',
  );
  expect(file.prepare(`SELECT * FROM ${table}`).all()).toEqual(before);
});

it('gives every table of evidence its append-only rules', () => {
  const names = [...expectedSchema(formatVersion).keys()];
  for (const table of [...appendOnly, 'blob_chunk'])
    expect(names, table).toEqual(
      expect.arrayContaining([`trigger ${table}_no_update`, `trigger ${table}_no_delete`]),
    );
  const tables = names.filter((name) => name.startsWith('table ')).map((name) => name.slice(6));
  const working = ['actor', 'actor_handle', 'capture_actor', 'derived', 'job', 'writer'];
  expect(tables.filter((table) => !working.includes(table)).toSorted()).toEqual(
    [...appendOnly, 'blob_chunk'].toSorted(),
  );
});
