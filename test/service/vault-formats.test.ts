import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder } from '../support/case-fixture.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { migrations } from '../../src/main/vault/migrations/index.ts';
import { Database } from '../../src/main/vault/sqlite.ts';

const fixtures = join(import.meta.dirname, '../fixtures/cases');

it.each(migrations.map((step) => step.version))(
  'opens a case of format %i, kept as text, and finds it sound',
  async (version) => {
    const text = join(fixtures, `format-${version}.sql`);
    expect(existsSync(text), 'every format needs its fixture: node test/fixtures/cases/make-fixture.ts').toBe(
      true,
    );
    const folder = scratchFolder();
    const path = join(folder, 'old.constat');
    const database = new Database(path);
    database.exec(readFileSync(text, 'utf8'));
    database.close();
    const file = CaseFile.open(path, { application: 'Constat test' });
    expect(file.info.title).toBe('Harbour fire');
    expect(Buffer.from(new BlobStore(file).open(1).read(0, 18)).toString()).toBe('not a real archive');
    const log = new CustodyLog(file, loadOrCreateOperatorKey(folder));
    expect(log.events().map((event) => event.leaf.type)).toEqual([
      'case.created',
      'operator.enrolled',
      'item.sealed',
      'item.viewed',
    ]);
    const verification = await verifyCase(file, []);
    expect(verification.checks.filter((check) => check.status !== 'pass')).toEqual([]);
    file.close();
  },
);
