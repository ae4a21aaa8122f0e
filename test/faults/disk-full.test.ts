import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  caseFixture,
  newCase,
  patternedBytes,
  scratchFolder,
  sealBytes,
  type CaseFixture,
} from '../support/case-fixture.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';

const mebibyte = 1024 ** 2;

/** Writes until there is no room, and gives the writer that met the end of the disk. */
function writeUntilFull({ blobs }: CaseFixture) {
  const writer = blobs.create('application/wacz');
  const fill = () => {
    for (let i = 0; i < 100; i += 1) writer.write(patternedBytes(mebibyte, i + 1));
  };
  expect(fill).toThrow('The disk is full. What was sealed before is safe');
  return writer;
}

async function expectSound(file: CaseFile, captures: number): Promise<void> {
  const verification = await verifyCase(file, []);
  expect(verification.checks.filter((check) => check.status === 'fail')).toEqual([]);
  expect(verification.counts.captures).toBe(captures);
}

it('keeps what was sealed when the case may not grow, and goes on once it may', async () => {
  const fixture = caseFixture();
  const { file } = fixture;
  sealBytes(fixture, 1, patternedBytes(mebibyte));
  const limit = (pages: number) => file.prepare(`PRAGMA max_page_count = ${pages}`).get();
  limit(400);
  const writer = writeUntilFull(fixture);
  expect(file.inTransaction).toBe(false);
  await expectSound(file, 1);
  writer.discard();
  expect(file.prepare('SELECT id FROM blob').all()).toHaveLength(1);
  limit(100_000);
  sealBytes(fixture, 2, patternedBytes(9 * mebibyte));
  await expectSound(file, 2);
});

it('rolls a sealing back whole when the disk fills in the middle of it', async () => {
  const fixture = caseFixture();
  const { file, log } = fixture;
  const head = log.head();
  const writer = fixture.blobs.create('application/wacz');
  writer.write(patternedBytes(1000));
  writer.flush();
  const pages = file.sizeBytes / 16_384;
  file.prepare(`PRAGMA max_page_count = ${pages}`).get();
  const seal = () =>
    file.transaction(() => {
      const { sha256, size } = writer.finish();
      const subject = { kind: 'capture', id: file.info.id } as const;
      // Far more detail than the last page has room for.
      const detail = { text: 'x'.repeat(100_000) };
      log.append({ type: 'item.sealed', subject, evidence: { sha256, size }, detail });
    });
  expect(seal).toThrow('The disk is full');
  expect(log.head()).toEqual(head);
  expect(file.prepare('SELECT id FROM blob WHERE closed = 1').all()).toEqual([]);
  file.prepare('PRAGMA max_page_count = 100000').get();
  seal();
  await expectSound(file, 1);
});

it.skipIf(!canMount)('keeps what was sealed on a real disk that is full (needs root and mount)', async () => {
  const { folder } = smallDisk(16);
  const fixture = caseFixture(folder);
  sealBytes(fixture, 1, patternedBytes(2 * mebibyte));
  const filler = join(folder, 'filler');
  writeFileSync(filler, Buffer.alloc(6 * mebibyte));
  const writer = writeUntilFull(fixture);
  await expectSound(fixture.file, 1);
  rmSync(filler);
  writer.discard();
  sealBytes(fixture, 2, patternedBytes(mebibyte, 9));
  await expectSound(fixture.file, 2);
  fixture.file.close();
  expect(readdirSync(folder).toSorted()).toEqual(['harbour.constat', 'home']);
});

it.skipIf(!canMount)(
  'closes and opens again on a disk that is still full (needs root and mount)',
  async () => {
    const { folder } = smallDisk(16);
    const fixture = caseFixture(folder);
    sealBytes(fixture, 1, patternedBytes(mebibyte));
    writeUntilFull(fixture);
    fixture.file.close();
    const reader = CaseFile.open(fixture.file.path, { application: 'reader', readOnly: true });
    await expectSound(reader, 1);
    reader.close();
  },
);

it.skipIf(!canMount)('creates nothing where there is no room for a case (needs root and mount)', () => {
  const { folder } = smallDisk(1);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(0.8 * mebibyte));
  const create = () => CaseFile.create(join(folder, 'a.constat'), newCase, { application: 'test' });
  expect(create).toThrow('The disk is full');
  expect(readdirSync(folder)).toEqual(['filler']);
});

it.skipIf(!canMount)('creates nothing on a write-protected disk (needs root and mount)', () => {
  const { folder, protect } = smallDisk(1);
  protect();
  const path = join(folder, 'a.constat');
  const create = () => CaseFile.create(path, newCase, { application: 'test' });
  expect(create).toThrow(`${path} cannot be written (the disk is write-protected). Nothing was created.`);
  expect(readdirSync(folder)).toEqual([]);
});

it.skipIf(!canMount)(
  'reads and verifies a case on a write-protected disk, closed or copied in use (needs root and mount)',
  async () => {
    const { folder, protect } = smallDisk(16);
    const fixture = caseFixture(scratchFolder());
    sealBytes(fixture, 1, patternedBytes(1000));
    const { copyFileSync } = await import('node:fs');
    fixture.file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    copyFileSync(fixture.file.path, join(folder, 'in-use.constat'));
    fixture.file.close();
    copyFileSync(fixture.file.path, join(folder, 'closed.constat'));
    protect();
    for (const name of ['in-use.constat', 'closed.constat']) {
      const path = join(folder, name);
      const file = CaseFile.open(path, { application: 'reader', readOnly: true });
      await expectSound(file, 1);
      file.close();
      expect(() => CaseFile.open(path, { application: 'writer' })).toThrow('the disk is write-protected');
    }
    expect(readdirSync(folder).toSorted()).toEqual(['closed.constat', 'in-use.constat']);
  },
);
