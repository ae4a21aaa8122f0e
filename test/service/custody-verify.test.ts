import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { caseFixture, patternedBytes, scratchFolder, sealBytes, tamper } from '../support/case-fixture.ts';
import { beginCase, ensureEnrolled } from '../../src/main/custody/begin-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { signNote } from '../../src/main/custody/signed-note.ts';
import { failures, preparedCase, verifyClosed } from '../support/prepared-case.ts';
import { verifyCase, type Auditor } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';

it('passes an untouched case and says what it looked at', async () => {
  const { path, head, early } = preparedCase();
  for (const against of [undefined, head, early]) {
    const verification = await verifyClosed(path, [], against);
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

it('says nothing of a tail cut off with its checkpoints, unless a checkpoint left the case before', async () => {
  const { path, head, early } = preparedCase();
  tamper(path, (database) => {
    database.exec('DELETE FROM custody_detail WHERE seq > 4; DELETE FROM custody_event WHERE seq > 4');
    database.exec(
      'DELETE FROM checkpoint WHERE size > 5; DELETE FROM custody_node WHERE (idx + 1) * (1 << level) > 5',
    );
  });
  expect(await verifyClosed(path)).toMatchObject({ ok: true, counts: { events: 5 } });
  expect(await verifyClosed(path, [], early)).toMatchObject({ ok: true });
  expect(failures(await verifyClosed(path, [], head))).toEqual([
    expect.stringMatching(/^the outside checkpoint: It covers 7 entries, but the log ends after 5/),
  ]);
});

it('finds a log that the operator made anew when an earlier checkpoint is held against it', async () => {
  const { path, folder, head } = preparedCase();
  tamper(path, (database) => {
    for (const table of ['custody_detail', 'custody_event', 'checkpoint', 'custody_node'])
      database.exec(`DELETE FROM ${table}`);
  });
  const file = CaseFile.open(path, { application: 'insider' });
  onTestFinished(() => file.close());
  const log = new CustodyLog(file, loadOrCreateOperatorKey(join(folder, 'home')));
  beginCase(log, file.info, 'Ana');
  for (let i = 0; i < 6; i += 1)
    log.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
  expect(failures(await verifyClosed(path, [], head))).toContainEqual(
    expect.stringMatching(/^the outside checkpoint: .*rewritten/),
  );
});

it.each([
  [
    'another log',
    (lines: string[]) => ['constat/other', ...lines.slice(1)],
    /^checkpoint 5 of the log: It is of another log/,
  ],
  [
    'another root',
    (lines: string[]) => [...lines.slice(0, 2), Buffer.alloc(32).toString('base64')],
    /^checkpoint 5 .*The root it signs/,
  ],
])('names a checkpoint that the operator’s own key signed for %s', async (_, change, named) => {
  const { path, folder, head } = preparedCase();
  const key = loadOrCreateOperatorKey(join(folder, 'home'));
  const [name = ''] = head.split('\n');
  tamper(path, (database) => {
    const row = database.prepare<[], { note: string }>('SELECT note FROM checkpoint WHERE size = 5').get();
    const lines = change((row?.note ?? '').split('\n').slice(0, 3));
    const note = signNote(`${lines.join('\n')}\n`, { name, ...key, sign: (message) => key.sign(message) });
    database.prepare<[string]>('UPDATE checkpoint SET note = ? WHERE size = 5').run(note);
  });
  expect(failures(await verifyClosed(path))).toEqual([expect.stringMatching(named)]);
});

it('names an enrolment that does not speak of one key', async () => {
  const { file, log, key } = caseFixture();
  const subject = { kind: 'operator', id: key.fingerprint } as const;
  const [first] = log.events({ subjects: [subject] });
  const detail = { ...first?.detail, fingerprint: 'SHA256:another' };
  log.append({ type: 'operator.enrolled', subject, detail });
  expect(failures(await verifyCase(file, []))).toEqual([
    expect.stringMatching(/^entry 2 of the log: The key that is enrolled here is not the one/),
  ]);
});

it('names what an operator did before they were enrolled, also when they were later', async () => {
  const { file, folder } = caseFixture();
  const second = new CustodyLog(file, loadOrCreateOperatorKey(join(folder, 'second')));
  second.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
  const expected = [
    expect.stringMatching(/^entry 2 of the log: It names an operator .* who is not enrolled/),
    expect.stringMatching(/^checkpoint 3 of the log: .*not signed by a known key/),
  ];
  expect(failures(await verifyCase(file, []))).toEqual(expected);
  ensureEnrolled(second, 'Bo');
  second.append({ type: 'item.viewed', subject: { kind: 'case', id: file.info.id }, detail: {} });
  expect(failures(await verifyCase(file, []))).toEqual(expected);
});

it('refuses an outside checkpoint of another log, another key or no form', async () => {
  const { path } = preparedCase();
  const other = preparedCase();
  const stranger = loadOrCreateOperatorKey(scratchFolder());
  const forged = signNote(`${other.head.split('\n\n')[0]}\n`, {
    name: 'constat/x',
    ...stranger,
    sign: (m) => stranger.sign(m),
  });
  for (const against of [other.head, forged, 'nonsense', ''])
    expect(failures(await verifyClosed(path, [], against))).toEqual([
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
  const verification = await verifyClosed(file.path);
  expect(failures(verification)).toHaveLength(501);
  expect(verification.checks.at(-1)?.message).toBe('100 more are not listed here.');
});
