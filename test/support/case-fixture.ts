import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { onTestFinished } from 'vitest';
import { beginCase } from '../../src/main/custody/begin-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey, type OperatorKey } from '../../src/main/custody/operator-key.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { Database } from '../../src/main/vault/sqlite.ts';

export { patternedBytes } from './patterned-bytes.ts';

export const newCase = { title: 'Harbour fire', reference: 'K 12/26', purpose: 'Public inquiry' };

/** A folder that is gone when the test is over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'constat-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface CaseFixture {
  folder: string;
  file: CaseFile;
  key: OperatorKey;
  log: CustodyLog;
  blobs: BlobStore;
}

/** A new case with its first two entries, closed and removed when the test is over. */
export function caseFixture(folder: string = scratchFolder()): CaseFixture {
  const key = loadOrCreateOperatorKey(join(folder, 'home'));
  const file = CaseFile.create(join(folder, 'harbour.constat'), newCase, { application: 'Constat test' });
  onTestFinished(() => file.close());
  const log = new CustodyLog(file, key);
  beginCase(log, file.info, 'Ana');
  return { folder, file, key, log, blobs: new BlobStore(file) };
}

/** Seals bytes as an exhibit's archive, as a capture does: blob and entry in one transaction. */
export function sealBytes({ file, blobs, log }: CaseFixture, exhibit: number, bytes: Uint8Array) {
  const writer = blobs.create('application/wacz');
  writer.write(bytes);
  return file.transaction(() => {
    const sealed = writer.finish();
    const evidence = { sha256: sealed.sha256, size: sealed.size };
    const leaf = log.append({
      type: 'item.sealed',
      subject: { kind: 'capture', id: uuidv7() },
      evidence,
      detail: { exhibit, title: `Exhibit ${exhibit}` },
    });
    return { ...sealed, seq: leaf.seq };
  });
}

/** Changes a closed case behind its back: without the rules that keep it append-only, which are put back afterwards. */
export function tamper(path: string, change: (database: Database) => void): void {
  const database = new Database(path);
  try {
    database.pragma('foreign_keys = OFF');
    const triggers = database.prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    );
    const rules = triggers.all();
    database.exec('BEGIN');
    for (const rule of rules) database.exec(`DROP TRIGGER ${rule.name}`);
    change(database);
    for (const rule of rules) database.exec(rule.sql);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
