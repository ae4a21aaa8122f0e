import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { caseFixture, patternedBytes, scratchFolder, sealBytes, tamper } from '../support/case-fixture.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { signNote } from '../../src/main/custody/signed-note.ts';
import { verifyCase, type Auditor } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import type { Database } from '../../src/main/vault/sqlite.ts';
import type { Verification } from '../../src/shared/domain/custody.ts';

interface Prepared {
  path: string;
  folder: string;
  head: string;
  early: string;
}

/** A closed case with two exhibits and seven entries. */
function prepare(): Prepared {
  const fixture = caseFixture();
  const { file, log, folder } = fixture;
  sealBytes(fixture, 1, patternedBytes(1_500_000));
  sealBytes(fixture, 2, patternedBytes(3000, 2));
  const early = log.head()?.note ?? '';
  const subject = { kind: 'case', id: file.info.id } as const;
  for (let i = 0; i < 3; i += 1) log.append({ type: 'item.viewed', subject, detail: { i } });
  const head = log.head()?.note ?? '';
  file.close();
  return { path: file.path, folder, head, early };
}

async function verify(path: string, auditors: Auditor[] = [], against?: string): Promise<Verification> {
  const file = CaseFile.open(path, { application: 'verifier', readOnly: true });
  try {
    return await verifyCase(file, auditors, against === undefined ? {} : { against });
  } finally {
    file.close();
  }
}

const failures = (verification: Verification) =>
  verification.checks
    .filter((check) => check.status === 'fail')
    .map((check) => `${check.item}: ${check.message}`);

it('passes an untouched case and says what it looked at', async () => {
  const { path, head, early } = prepare();
  for (const against of [undefined, head, early]) {
    const verification = await verify(path, [], against);
    expect(failures(verification)).toEqual([]);
    expect(verification).toMatchObject({
      ok: true,
      subject: 'case “Harbour fire”',
      counts: { captures: 2, events: 7, bytes: 1_503_000 },
      checkpoint: { size: 7, note: head },
    });
    expect(verification.checks.every((check) => check.status === 'pass')).toBe(true);
  }
});

/** What is done to the case behind its back, and what the verification must name. */
const attacks: [name: string, change: string | ((database: Database) => void), named: RegExp][] = [
  [
    'a bit of a stored piece',
    flipBlob('blob_chunk', 'bytes', 'seq = 1'),
    /^exhibit 1, sealed archive: Their SHA-256/,
  ],
  [
    'a piece removed',
    'DELETE FROM blob_chunk WHERE seq = 1',
    /^exhibit 1, sealed archive: They are in 1 pieces/,
  ],
  [
    'a piece added',
    'INSERT INTO blob_chunk VALUES (2, 1, zeroblob(9))',
    /^exhibit 2, sealed archive: They are in 2/,
  ],
  [
    'a piece shortened',
    "UPDATE blob_chunk SET bytes = x'00' WHERE blob_id = 2",
    /^exhibit 2, sealed archive: Piece 0 has 1 bytes/,
  ],
  [
    'the pieces of two exhibits exchanged',
    `UPDATE blob_chunk SET blob_id = 9 WHERE blob_id = 1 AND seq = 0; UPDATE blob_chunk SET blob_id = 1 WHERE blob_id = 2;
     UPDATE blob_chunk SET blob_id = 2 WHERE blob_id = 9`,
    /^exhibit 2, sealed archive: Piece 0 has 1048576/,
  ],
  [
    'the digest in a blob row',
    "UPDATE blob SET sha256 = printf('%064d', 0) WHERE id = 2",
    /^exhibit 2, sealed archive: No stored/,
  ],
  [
    'the size in a blob row',
    'UPDATE blob SET size = size - 1 WHERE id = 2',
    /^exhibit 2, sealed archive: Piece 0 has 3000/,
  ],
  [
    'a blob row opened again',
    'UPDATE blob SET closed = 0 WHERE id = 2',
    /^exhibit 2, sealed archive: No stored bytes/,
  ],
  [
    'a media type',
    "UPDATE blob SET media_type = 'text/html' WHERE id = 2",
    /^exhibit 2, sealed archive: Its media type/,
  ],
  [
    'an exhibit removed whole',
    'DELETE FROM blob_chunk WHERE blob_id = 2; DELETE FROM blob WHERE id = 2',
    /^exhibit 2, sealed/,
  ],
  [
    'bytes that nobody sealed',
    `INSERT INTO blob VALUES (9, 'x/y', 1, 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')`,
    /^stored bytes 9: No entry of the log/,
  ],
  ['a bit of a leaf', flipBlob('custody_event', 'leaf', 'seq = 3'), /^entry 3 of the log: /],
  [
    'a stored leaf hash',
    flipBlob('custody_event', 'leaf_hash', 'seq = 3'),
    /^entry 3 of the log: Its stored hash/,
  ],
  [
    'the type column',
    "UPDATE custody_event SET type = 'item.sealed' WHERE seq = 4",
    /^entry 4 of the log: .*“type”/,
  ],
  [
    'the kind column',
    "UPDATE custody_event SET subject_kind = 'job' WHERE seq = 4",
    /^entry 4 of the log: .*“subjectKind”/,
  ],
  [
    'the subject column',
    "UPDATE custody_event SET subject_id = 'x' WHERE seq = 4",
    /^entry 4 of the log: .*“subjectId”/,
  ],
  [
    'the time column',
    "UPDATE custody_event SET time = '2020' WHERE seq = 4",
    /^entry 4 of the log: .*“time”/,
  ],
  [
    'a detail',
    `UPDATE custody_detail SET json = '{"i":9}' WHERE seq = 4`,
    /^entry 4 of the log, its detail: It is not/,
  ],
  ['a salt', flipBlob('custody_detail', 'salt', 'seq = 4'), /^entry 4 of the log, its detail: It is not/],
  [
    'a detail removed',
    'DELETE FROM custody_detail WHERE seq = 4',
    /^entry 4 of the log, its detail: It is missing/,
  ],
  [
    'a detail too many',
    "INSERT INTO custody_detail VALUES (50, zeroblob(32), '{}')",
    /^entry 50 of the log, its detail: There is no/,
  ],
  [
    'a node',
    flipBlob('custody_node', 'hash', 'level = 2 AND idx = 0'),
    /^node 0 at level 2 of the log’s tree: It is not/,
  ],
  [
    'a node removed',
    'DELETE FROM custody_node WHERE level = 1 AND idx = 1',
    /^node 1 at level 1 of the log’s tree: It is missing/,
  ],
  [
    'a node too many',
    'INSERT INTO custody_node VALUES (3, 0, zeroblob(32))',
    /^node 0 at level 3 of the log’s tree: It covers/,
  ],
  [
    'a checkpoint’s text',
    "UPDATE checkpoint SET note = replace(note, 'constat/', 'constat+') WHERE size = 5",
    /^checkpoint 5 /,
  ],
  ['a checkpoint’s signature', flipSignature(5), /^checkpoint 5 of the log: Its signature does not hold/],
  ['the newest signature', flipSignature(7), /^checkpoint 7 of the log: Its signature does not hold/],
  [
    'a checkpoint’s time',
    "UPDATE checkpoint SET signed_at = '2020' WHERE size = 5",
    /^checkpoint 5 of the log: Its time/,
  ],
  [
    'a checkpoint removed',
    'DELETE FROM checkpoint WHERE size = 5',
    /^checkpoint 5 of the log: It is missing/,
  ],
  [
    'two checkpoints exchanged',
    exchange('checkpoint', 'size', 5, 6),
    /^checkpoint 5 of the log: It speaks of 6/,
  ],
  [
    'two entries exchanged',
    exchange('custody_event', 'seq', 4, 5),
    /^entry 4 of the log: It says that it is entry 5/,
  ],
  [
    'an entry removed',
    'DELETE FROM custody_event WHERE seq = 4',
    /^entry 4 of the log: It is missing; the next is entry 5/,
  ],
  [
    'the last entries removed',
    'DELETE FROM custody_event WHERE seq > 4',
    /^checkpoint 6 of the log: It covers 6 entries, but/,
  ],
  ['the whole log removed', 'DELETE FROM custody_event', /^the custody log: It has no entries/],
  ['the title page', "UPDATE case_info SET purpose = 'Revenge'", /^the title page of the case: /],
  [
    'the time of creation',
    "UPDATE case_info SET created_at = '2020-01-01T00:00:00.000Z'",
    /^the title page of the case: /,
  ],
  [
    'the identity of the case',
    "UPDATE case_info SET id = '00000000-0000-7000-8000-000000000000'",
    /^entry 0 of the log: It belongs to/,
  ],
];

function flipBlob(table: string, column: string, where: string): (database: Database) => void {
  return (database) => {
    const row = database
      .prepare<[], { bytes: Buffer }>(`SELECT ${column} AS bytes FROM ${table} WHERE ${where}`)
      .get();
    if (!row) throw new Error('nothing to change');
    const middle = row.bytes.length >> 1;
    row.bytes[middle] = (row.bytes[middle] ?? 0) ^ 1;
    database.prepare<[Buffer]>(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(row.bytes);
  };
}

function flipSignature(size: number): (database: Database) => void {
  return (database) => {
    const row = database
      .prepare<[number], { note: string }>('SELECT note FROM checkpoint WHERE size = ?')
      .get(size);
    const note = row?.note ?? '';
    const at = note.length - 40;
    const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`;
    database.prepare<[string, number]>('UPDATE checkpoint SET note = ? WHERE size = ?').run(changed, size);
  };
}

function exchange(table: string, column: string, one: number, other: number): (database: Database) => void {
  return (database) => {
    const moves = [
      [one, 1_000_000],
      [other, one],
      [1_000_000, other],
    ] as const;
    for (const [from, to] of moves)
      database
        .prepare<[number, number]>(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`)
        .run(to, from);
  };
}

/** One prepared case, made on first use and copied for every attack. */
let image: Buffer | undefined;

it.each(attacks)('names what was changed behind the case’s back: %s', async (_, change, named) => {
  image ??= readFileSync(prepare().path);
  const path = join(scratchFolder(), 'changed.constat');
  writeFileSync(path, image);
  tamper(path, (database) => (typeof change === 'string' ? database.exec(change) : change(database)));
  const verification = await verify(path);
  expect(verification.ok).toBe(false);
  expect(failures(verification)).toEqual(expect.arrayContaining([expect.stringMatching(named)]));
});

it('says nothing of a tail cut off with its checkpoints, unless a checkpoint left the case before', async () => {
  const { path, head, early } = prepare();
  tamper(path, (database) => {
    database.exec('DELETE FROM custody_detail WHERE seq > 4; DELETE FROM custody_event WHERE seq > 4');
    database.exec(
      'DELETE FROM checkpoint WHERE size > 5; DELETE FROM custody_node WHERE (idx + 1) * (1 << level) > 5',
    );
  });
  expect(await verify(path)).toMatchObject({ ok: true, counts: { events: 5 } });
  expect(await verify(path, [], early)).toMatchObject({ ok: true });
  expect(failures(await verify(path, [], head))).toEqual([
    expect.stringMatching(/^the outside checkpoint: It covers 7 entries, but the log ends after 5/),
  ]);
});

it('finds a log that the operator made anew when an earlier checkpoint is held against it', async () => {
  const { path, folder, head } = prepare();
  tamper(path, (database) => {
    for (const table of ['custody_detail', 'custody_event', 'checkpoint', 'custody_node'])
      database.exec(`DELETE FROM ${table}`);
  });
  const { beginCase } = await import('../../src/main/custody/begin-case.ts');
  const file = CaseFile.open(path, { application: 'insider' });
  onTestFinished(() => file.close());
  const log = new CustodyLog(file, loadOrCreateOperatorKey(join(folder, 'home')));
  beginCase(log, file.info, 'Ana');
  for (let i = 0; i < 6; i += 1)
    log.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
  expect(failures(await verify(path, [], head))).toContainEqual(
    expect.stringMatching(/^the outside checkpoint: .*rewritten/),
  );
});

it('refuses an outside checkpoint of another log, another key or no form', async () => {
  const { path } = prepare();
  const other = prepare();
  const stranger = loadOrCreateOperatorKey(scratchFolder());
  const forged = signNote(`${other.head.split('\n\n')[0]}\n`, {
    name: 'constat/x',
    ...stranger,
    sign: (m) => stranger.sign(m),
  });
  for (const against of [other.head, forged, 'nonsense', ''])
    expect(failures(await verify(path, [], against))).toEqual([
      expect.stringMatching(/^the outside checkpoint: It is not a/),
    ]);
});

const broken: Auditor = () => {
  throw new Error('no such table');
};

it('hands the auditors the case as it was at the start, and lists what they find', async () => {
  const fixture = caseFixture();
  const { file, log } = fixture;
  sealBytes(fixture, 1, patternedBytes(10));
  const seen: number[] = [];
  const auditor: Auditor = async ({ events, file: view, blobs, report, progress }) => {
    log.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
    await Promise.resolve();
    seen.push(events.length, view.prepare('SELECT seq FROM custody_event').all().length, blobs.open(1).size);
    progress('exhibit 1', 10);
    report({ item: 'exhibit 1', status: 'fail', message: 'The archive has a bad record.' });
  };
  const items: string[] = [];
  const verification = await verifyCase(file, [auditor, broken], {
    onProgress: ({ item }) => items.push(item),
  });
  expect(seen).toEqual([3, 3, 10]);
  expect(failures(verification)).toEqual([
    'exhibit 1: The archive has a bad record.',
    'the working tables: The check could not be finished: no such table.',
  ]);
  expect(items).toEqual(
    expect.arrayContaining(['the case file', 'the custody log', 'exhibit 1, sealed archive', 'exhibit 1']),
  );
  expect(await verifyCase(file, [])).toMatchObject({ ok: true, counts: { events: 4 } });
});

it('warns of a clock that went back, which is no failure', async () => {
  const { file, log } = caseFixture();
  const subject = { kind: 'case', id: file.info.id } as const;
  log.append({ type: 'item.viewed', subject, detail: {}, time: '2020-01-01T00:00:00.000Z' });
  const verification = await verifyCase(file, []);
  expect(verification.ok).toBe(true);
  expect(verification.checks).toContainEqual(
    expect.objectContaining({
      status: 'warning',
      item: 'entry 2 of the log',
      message: expect.stringContaining('clock went back'),
    }),
  );
});

it('lists no more failures than a person can read, and counts the rest', async () => {
  const { file, log } = caseFixture();
  file.transaction(() => {
    for (let i = 0; i < 600; i += 1)
      log.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
  });
  file.close();
  tamper(file.path, (database) => database.exec("UPDATE custody_detail SET json = '{ }' WHERE seq > 1"));
  const verification = await verify(file.path);
  expect(failures(verification)).toHaveLength(501);
  expect(verification.checks.at(-1)?.message).toBe('100 more are not listed here.');
});
