import { join } from 'node:path';
import { expect, it } from 'vitest';
import { caseFixture, tamper, type CaseFixture } from '../support/case-fixture.ts';
import { failures, preparedCase, verifyClosed } from '../support/prepared-case.ts';
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

/** A signature line that nobody made. */
const line = (who: string) => `\u2014 ${who} ${Buffer.alloc(68, 7).toString('base64')}\n`;

it('says of a signature under a name it does not know that nobody checked it', async () => {
  const { path, head } = preparedCase();
  const [name = ''] = head.split('\n');
  tamper(path, (database) => {
    const add = database.prepare<[string, number]>('UPDATE checkpoint SET note = note || ? WHERE size = ?');
    add.run(line('witness.example'), 5);
    add.run(line('witness.example'), 6);
    add.run(line(name), 7);
  });
  const verification = await verifyClosed(path);
  expect(verification.ok).toBe(true);
  expect(verification.checks.filter((check) => check.status === 'warning')).toEqual([
    {
      item: 'checkpoint 5 of the log',
      status: 'warning',
      message:
        'It carries a signature nobody checked, under the name “witness.example”; further checkpoints that do: 1.',
    },
    {
      item: 'checkpoint 7 of the log',
      status: 'warning',
      message: `It carries a signature nobody checked, under the name “${name}”.`,
    },
  ]);
});
