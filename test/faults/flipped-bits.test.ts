import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { caseFixture, patternedBytes, scratchFolder, sealBytes } from '../support/case-fixture.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { Database } from '../../src/main/vault/sqlite.ts';
import { ConstatError } from '../../src/shared/problems.ts';

const evidence = [
  'case_info',
  'blob',
  'blob_chunk',
  'custody_event',
  'custody_detail',
  'custody_node',
  'checkpoint',
];

const plain = (value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

/** Digest of everything in a case that is evidence, however its pages are laid out. */
function contentOf(path: string): string {
  const database = new Database(path, { readonly: true });
  try {
    const hash = createHash('sha256');
    for (const table of evidence) {
      for (const row of database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()) {
        hash.update(JSON.stringify(Object.values(row ?? {}).map(plain)));
      }
    }
    return hash.digest('hex');
  } finally {
    database.close();
  }
}

/** Items that failed; or the reason why the file could not even be opened. */
async function verify(path: string): Promise<string[]> {
  try {
    const file = CaseFile.open(path, { application: 'verifier', readOnly: true });
    try {
      const { checks } = await verifyCase(file, []);
      return checks.filter((check) => check.status === 'fail').map((check) => check.item);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof ConstatError) return [error.code];
    throw error;
  }
}

function prepared(): { path: string; bytes: Buffer } {
  const fixture = caseFixture();
  sealBytes(fixture, 1, patternedBytes(60_000));
  sealBytes(fixture, 2, patternedBytes(2000, 2));
  fixture.file.close();
  return { path: fixture.file.path, bytes: readFileSync(fixture.file.path) };
}

it('finds a flipped bit wherever it falls on evidence, and is troubled by no other', async () => {
  const { path, bytes } = prepared();
  const content = contentOf(path);
  expect(await verify(path)).toEqual([]);
  const changed = join(scratchFolder(), 'changed.constat');
  let found = 0;
  // Places that repeat from run to run and fall on every page and on every part of one.
  const step = 5_003;
  for (let at = 17; at < bytes.length; at += step) {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(changed, copy);
    const failures = await verify(changed);
    if (failures.length > 0) found += 1;
    else expect(contentOf(changed), `byte ${at}`).toBe(content);
  }
  expect(found).toBeGreaterThan(10);
});

it.each([
  [
    'the first exhibit',
    (bytes: Buffer) => bytes.indexOf(patternedBytes(60_000).subarray(0, 500)) + 100,
    'exhibit 1, sealed archive',
  ],
  [
    'the second exhibit',
    (bytes: Buffer) => bytes.indexOf(patternedBytes(2000, 2).subarray(0, 500)) + 499,
    'exhibit 2, sealed archive',
  ],
  ['an entry', (bytes: Buffer) => bytes.indexOf('"seq":2,') + 6, 'entry 2 of the log'],
  ['a detail', (bytes: Buffer) => bytes.indexOf('"exhibit":2') + 10, 'entry 3 of the log, its detail'],
  ['a checkpoint', (bytes: Buffer) => bytes.indexOf(Buffer.from('\n3\n')) + 1, 'checkpoint 3 of the log'],
  ['the title', (bytes: Buffer) => bytes.indexOf('Harbour fire'), 'the title page of the case'],
  ['a rule', (bytes: Buffer) => bytes.indexOf("'checkpoint is append-only'") + 3, 'the case file'],
])('names what a single flipped bit fell on: %s', async (_, locate, item) => {
  const { path, bytes } = prepared();
  const at = locate(bytes);
  expect(at).toBeGreaterThan(100);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(await verify(path)).toContain(item);
});
