import { join } from 'node:path';
import { expect, it } from 'vitest';
import { caseFixture, type CaseFixture } from '../support/case-fixture.ts';
import { failures } from '../support/prepared-case.ts';
import { ensureEnrolled } from '../../src/main/custody/begin-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey, type OperatorKey } from '../../src/main/custody/operator-key.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';

function secondKey({ folder }: CaseFixture): OperatorKey {
  return loadOrCreateOperatorKey(join(folder, 'second'));
}

function view(log: CustodyLog, { file }: CaseFixture): void {
  log.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
}

it('lets a second operator go on with a case, and names the further key for a person to ask about', async () => {
  const fixture = caseFixture();
  const key = secondKey(fixture);
  const second = new CustodyLog(fixture.file, key);
  ensureEnrolled(second, 'Bo');
  view(second, fixture);
  view(fixture.log, fixture);
  const verification = await verifyCase(fixture.file, []);
  expect(failures(verification)).toEqual([]);
  expect(verification.checks.filter((check) => check.status === 'warning')).toEqual([
    {
      item: 'the operators’ keys',
      status: 'warning',
      message: `A further key was enrolled at entry 2: ${key.fingerprint}; ask whether it is known.`,
    },
  ]);
});

it('does not let an enrolled stranger sign for entries that name the operator', async () => {
  const fixture = caseFixture();
  const stranger = secondKey(fixture);
  ensureEnrolled(new CustodyLog(fixture.file, stranger), 'Ana');
  view(new CustodyLog(fixture.file, { ...stranger, fingerprint: fixture.key.fingerprint }), fixture);
  expect(failures(await verifyCase(fixture.file, []))).toEqual([
    expect.stringMatching(/^checkpoint 4 of the log: .*not signed by a known key/),
  ]);
});
