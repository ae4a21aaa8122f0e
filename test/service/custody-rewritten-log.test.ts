import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tamper } from '../support/case-fixture.ts';
import { preparedCase, type PreparedCase } from '../support/prepared-case.ts';
import { verifyOpenCase } from '../../src/main/api/verification.ts';
import { createWorkspace, type OpenedCase } from '../../src/main/api/workspace.ts';
import { canonicalJson } from '../../src/main/custody/canonical.ts';
import { formatCheckpoint } from '../../src/main/custody/checkpoint.ts';
import { detailDigest } from '../../src/main/custody/log.ts';
import { leafHash, nodeHash, treeRoot } from '../../src/main/custody/merkle.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { signNote } from '../../src/main/custody/signed-note.ts';
import { assertSoundLog } from '../../src/main/custody/sound-log.ts';
import type { Database } from '../../src/main/vault/sqlite.ts';

/** Opens the case as its operator does, for writing. */
function openAgain({ path, folder }: PreparedCase): OpenedCase {
  const workspace = createWorkspace({ home: join(folder, 'home'), host: 'cli' });
  onTestFinished(() => workspace.close());
  return workspace.open(path);
}

function view({ log, file }: OpenedCase): void {
  log.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
}

function hashAt(database: Database, level: number, index: number): Uint8Array {
  const sql =
    level === 0
      ? 'SELECT leaf_hash AS hash FROM custody_event WHERE ? = 0 AND seq = ?'
      : 'SELECT hash FROM custody_node WHERE level = ? AND idx = ?';
  const row = database.prepare<[number, number], { hash: Uint8Array }>(sql).get(level, index);
  if (!row) throw new Error('no such node');
  return row.hash;
}

/** Says something else in entry 4 and makes leaf, hash and tree fit it: all that can be done without the operator’s key. */
function rewriteEntry(database: Database): void {
  const row = database
    .prepare<[], { leaf: string; salt: Uint8Array }>(
      'SELECT CAST(leaf AS TEXT) AS leaf, salt FROM custody_event JOIN custody_detail USING (seq) WHERE seq = 4',
    )
    .get();
  if (!row) throw new Error('no entry to rewrite');
  const json = canonicalJson({ i: 'rewritten' });
  const leaf = Buffer.from(canonicalJson({ ...JSON.parse(row.leaf), detail: detailDigest(row.salt, json) }));
  database.prepare<[string]>('UPDATE custody_detail SET json = ? WHERE seq = 4').run(json);
  database
    .prepare<[Uint8Array, Uint8Array]>('UPDATE custody_event SET leaf = ?, leaf_hash = ? WHERE seq = 4')
    .run(leaf, leafHash(leaf));
  const nodes = database
    .prepare<[], { level: number; idx: number }>('SELECT level, idx FROM custody_node ORDER BY level, idx')
    .all();
  for (const { level, idx } of nodes)
    database
      .prepare<[Uint8Array, number, number]>('UPDATE custody_node SET hash = ? WHERE level = ? AND idx = ?')
      .run(
        nodeHash(hashAt(database, level - 1, 2 * idx), hashAt(database, level - 1, 2 * idx + 1)),
        level,
        idx,
      );
}

/** Puts a head over the rewritten tree in the place of the newest, signed by a key that is not the operator’s. */
function signAnew(database: Database, origin: string, folder: string): void {
  const stranger = loadOrCreateOperatorKey(join(folder, 'stranger'));
  const root = treeRoot(7, (level, index) => hashAt(database, level, index));
  const note = signNote(formatCheckpoint({ origin, size: 7, root }), {
    name: origin,
    publicKey: stranger.publicKey,
    sign: (message) => stranger.sign(message),
  });
  database.prepare<[string]>('UPDATE checkpoint SET note = ? WHERE size = 7').run(note);
}

const attacks: [name: string, change: (database: Database, prepared: PreparedCase) => void][] = [
  ['an old entry and the tree over it', rewriteEntry],
  [
    'an old entry, the tree over it, and a head by another key',
    (database, { head, folder }) => {
      rewriteEntry(database);
      signAnew(database, head.split('\n')[0] ?? '', folder);
    },
  ],
  ['a node of the tree', (database) => database.exec('UPDATE custody_node SET hash = zeroblob(32)')],
  ['a node removed', (database) => database.exec('DELETE FROM custody_node WHERE level = 2')],
  ['the newest checkpoint removed', (database) => database.exec('DELETE FROM checkpoint WHERE size = 7')],
  [
    'the last entry removed',
    (database) =>
      database.exec('DELETE FROM custody_detail WHERE seq = 6; DELETE FROM custody_event WHERE seq = 6'),
  ],
];

it.each(attacks)('never signs over a log that was changed: %s', async (_, change) => {
  const prepared = preparedCase();
  tamper(prepared.path, (database) => change(database, prepared));
  const opened = openAgain(prepared);
  const before = opened.log.head();
  expect(() => view(opened)).toThrow(/is damaged: its log does not fit the head that was signed last/);
  expect(opened.log.head()).toEqual(before);
  const verification = await verifyOpenCase(opened, () => {});
  expect(verification.ok).toBe(false);
  expect(verification.checks.at(-1)).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('was not entered'),
  });
  await expect(assertSoundLog(opened.file)).rejects.toMatchObject({
    problem: { code: 'EVIDENCE_DAMAGED', params: { item: expect.stringMatching(/of the log/) } },
  });
});

it('goes on with a sound log, and finds it sound', async () => {
  const opened = openAgain(preparedCase());
  view(opened);
  await expect(assertSoundLog(opened.file)).resolves.toBeUndefined();
});

it('names the first thing that does not hold, although the newest head fits', async () => {
  const prepared = preparedCase();
  tamper(prepared.path, (database) => database.exec("UPDATE custody_detail SET json = '{}' WHERE seq = 4"));
  const opened = openAgain(prepared);
  view(opened);
  await expect(assertSoundLog(opened.file)).rejects.toMatchObject({
    problem: {
      code: 'EVIDENCE_DAMAGED',
      params: {
        item: 'entry 4 of the log, its detail',
        reason: 'It is not the detail whose digest the entry carries',
      },
    },
  });
});
