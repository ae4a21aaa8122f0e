import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder, tamper } from '../support/case-fixture.ts';
import { failures, preparedCase, verifyClosed } from '../support/prepared-case.ts';
import type { Database } from '../../src/main/vault/sqlite.ts';

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
  image ??= readFileSync(preparedCase().path);
  const path = join(scratchFolder(), 'changed.constat');
  writeFileSync(path, image);
  tamper(path, (database) => (typeof change === 'string' ? database.exec(change) : change(database)));
  const verification = await verifyClosed(path);
  expect(verification.ok).toBe(false);
  expect(failures(verification)).toEqual(expect.arrayContaining([expect.stringMatching(named)]));
});
