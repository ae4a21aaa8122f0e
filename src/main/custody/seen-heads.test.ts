import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { caseFixture } from '../../../test/support/case-fixture.ts';
import { CaseFile } from '../vault/case-file.ts';
import { CustodyLog } from './log.ts';
import { SeenHeads } from './seen-heads.ts';
import { verifyCase } from './verify-case.ts';

function append(log: CustodyLog, id: string): void {
  log.append({ type: 'item.viewed', subject: { kind: 'case', id }, detail: {} });
}

it('notices on the same machine that a case was put back to an older state, and does not forget it', async () => {
  const { file, key, log, folder } = caseFixture();
  const { path, info } = file;
  const seen = new SeenHeads(join(folder, 'home'));
  expect(seen.last(info.id)).toBeNull();
  seen.follow(log, info.id);
  expect(seen.last(info.id)).toBe(log.head()?.note);
  file.close();
  const backup = join(folder, 'backup');
  copyFileSync(path, backup);

  const reopen = () => {
    const opened = CaseFile.open(path, { application: 'again' });
    onTestFinished(() => opened.close());
    return { opened, log: new CustodyLog(opened, key) };
  };
  const later = reopen();
  seen.follow(later.log, info.id);
  append(later.log, info.id);
  append(later.log, info.id);
  const known = seen.last(info.id);
  expect(known).toBe(later.log.head()?.note);
  expect(await verifyCase(later.opened, [], { against: known ?? '' })).toMatchObject({ ok: true });
  later.opened.close();

  copyFileSync(backup, path);
  const restored = reopen();
  seen.follow(restored.log, info.id);
  for (let i = 0; i < 3; i += 1) {
    const verification = await verifyCase(restored.opened, [], { against: known ?? '' });
    expect(verification.ok).toBe(false);
    expect(verification.checks.find((check) => check.status === 'fail')).toMatchObject({
      item: 'the outside checkpoint',
      message: expect.stringMatching(i < 2 ? /cut or put back/ : /rewritten/),
    });
    append(restored.log, info.id);
    expect(seen.last(info.id)).toBe(known);
  }
});

it('warns of a log that ends before what was seen, and has any other one verified against it', () => {
  const { file, log, folder } = caseFixture();
  const seen = new SeenHeads(join(folder, 'home'));
  expect(seen.standing(file.info.id, 2)).toEqual({});
  seen.follow(log, file.info.id);
  const { size } = log;
  expect(seen.standing(file.info.id, size - 1).warning).toMatchObject({ status: 'warning' });
  expect(seen.standing(file.info.id, size)).toEqual({ against: log.head()?.note });
});

it('writes only under the identifier of a case', () => {
  const { folder } = caseFixture();
  const seen = new SeenHeads(folder);
  expect(seen.last('../home/operator-key.pem')).toBeNull();
  expect(existsSync(join(folder, 'seen'))).toBe(false);
});
