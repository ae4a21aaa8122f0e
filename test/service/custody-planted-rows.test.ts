import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { caseFixture, scratchFolder, tamper } from '../support/case-fixture.ts';
import { failures, preparedCase, verifyClosed } from '../support/prepared-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { formatVersion } from '../../src/main/vault/format.ts';
import { rulesOf } from '../../src/main/vault/rules.ts';

/** An entry of the log once more, under a number that no log has. */
const plantEntry = `INSERT INTO custody_event SELECT -1, leaf, leaf_hash, type, subject_kind, subject_id, time
  FROM custody_event WHERE seq = 4; INSERT INTO custody_detail SELECT -1, salt, json FROM custody_detail WHERE seq = 4`;

const breaks = 'the case file: the row of';

/** Rows that the format forbids, planted with its rules switched off, and what the verification must name. */
const planted: [sql: string, named: string][] = [
  [plantEntry, 'entry -1 of the log: No log has an entry of that number.'],
  [plantEntry, `${breaks} custody_event with seq -1 breaks the rule “seq >= 0”.`],
  [
    'INSERT INTO case_info SELECT 2, id, title, reference, purpose, created_at, created_with FROM case_info',
    `${breaks} case_info with one 2 breaks the rule “one = 1”.`,
  ],
  [
    'INSERT INTO custody_node VALUES (0, 3, randomblob(32))',
    `${breaks} custody_node with level 0, idx 3 breaks the rule “level >= 1”.`,
  ],
  [
    'INSERT INTO custody_node VALUES (1, -3, randomblob(32))',
    `${breaks} custody_node with level 1, idx -3 breaks the rule “idx >= 0”.`,
  ],
  [
    'INSERT INTO custody_node VALUES (1, -3, randomblob(32))',
    'node -3 at level 1 of the log’s tree: It covers entries that are not there.',
  ],
  ...[53, 63, 64, 9999].map((level): [string, string] => [
    `INSERT INTO custody_node VALUES (${level}, 0, randomblob(32))`,
    `node 0 at level ${level} of the log’s tree: It covers entries that are not there.`,
  ]),
  [
    "INSERT INTO blob_chunk VALUES (2, -1, x'00')",
    `${breaks} blob_chunk with blob_id 2, seq -1 breaks the rule “seq >= 0”.`,
  ],
  [
    "INSERT INTO checkpoint SELECT 0, note, '' FROM checkpoint WHERE size = 1",
    'checkpoint 0 of the log: No log has a checkpoint of that size.',
  ],
  ['UPDATE blob SET closed = 7 WHERE id = 2', `${breaks} blob with id 2 breaks the rule “closed IN (0, 1)”.`],
  ['UPDATE blob SET size = -1 WHERE id = 2', `${breaks} blob with id 2 breaks the rule “size >= 0”.`],
  [
    "UPDATE blob SET sha256 = '' WHERE id = 2",
    `${breaks} blob with id 2 breaks the rule “length(sha256) = 64”.`,
  ],
  [
    "INSERT INTO capture VALUES ('c', 0, '', '', '', 'FINE', 200, '', '', 2, 0, 0, 4)",
    `${breaks} capture with id c breaks the rule “exhibit >= 1”.`,
  ],
  [
    "INSERT INTO capture VALUES ('c', 1, '', '', '', 'FINE', 200, '', '', 2, 0, 0, 4)",
    `${breaks} capture with id c breaks the rule “state IN ('COMPLETE', 'PARTIAL', 'FAILED')”.`,
  ],
  [
    "ANALYZE; INSERT INTO sqlite_stat1 VALUES ('x', 'y', 'hidden words')",
    'the case file: table sqlite_stat1 does not belong to the format.',
  ],
];

let image: Buffer | undefined;

it.each(planted)(
  'names rows that the format forbids, although the view only reads: %s',
  async (sql, named) => {
    image ??= readFileSync(preparedCase().path);
    const path = join(scratchFolder(), 'planted.constat');
    writeFileSync(path, image);
    tamper(path, (database) => {
      database.pragma('ignore_check_constraints = ON');
      database.exec(sql);
    });
    expect(failures(await verifyClosed(path))).toContain(named);
  },
);

it('gives no entry below zero to anybody who reads the log', () => {
  const { path, folder } = preparedCase();
  tamper(path, (database) => {
    database.pragma('ignore_check_constraints = ON');
    database.exec(plantEntry);
  });
  const file = CaseFile.open(path, { application: 'reader', readOnly: true });
  onTestFinished(() => file.close());
  const log = new CustodyLog(file, loadOrCreateOperatorKey(join(folder, 'home')));
  const subjects = [{ kind: 'case', id: file.info.id } as const];
  expect(log.events({ subjects }).map((event) => event.leaf.seq)).toEqual([0, 4, 5, 6]);
  expect(() => log.leafBytes(-1)).toThrow('no entry -1');
});

it('finds nothing in an untouched case, and asks for every rule of the format', async () => {
  const { file } = caseFixture();
  expect(failures(await verifyCase(file, []))).toEqual([]);
  const schema = file
    .prepare<[], { sql: string }>("SELECT group_concat(sql) AS sql FROM sqlite_schema WHERE type = 'table'")
    .get()?.sql;
  expect(rulesOf(formatVersion)).toHaveLength((schema ?? '').split('CHECK').length - 1);
});
