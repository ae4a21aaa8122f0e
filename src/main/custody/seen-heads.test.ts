import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
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
  const [first, { size }] = [log.head()?.note, log];
  expect(seen.standing(file.info.id, size - 1)).toEqual({ warning: warned(2, 1) });
  expect(seen.standing(file.info.id, size)).toEqual({ against: first });
  append(log, file.info.id);
  append(log, file.info.id);
  expect(seen.standing(file.info.id, 2)).toEqual({ against: first, warning: warned(4, 2) });
  expect(seen.standing(file.info.id, 9)).toEqual({ against: log.head()?.note });
});

const warned = (seen: number, size: number) => ({
  item: 'the custody log',
  status: 'warning',
  message: expect.stringContaining(`with ${seen} entries, and here it ends after ${size}`),
});

it('fails a log that was cut and went on another way while it is still shorter than what was seen', async () => {
  const { file, key, log, folder } = caseFixture();
  const { path, info } = file;
  const seen = new SeenHeads(join(folder, 'home'));
  seen.follow(log, info.id);
  file.close();
  const backup = join(folder, 'backup');
  copyFileSync(path, backup);
  const reopen = () => {
    const opened = CaseFile.open(path, { application: 'again' });
    onTestFinished(() => opened.close());
    return { opened, log: new CustodyLog(opened, key) };
  };
  const honest = reopen();
  seen.follow(honest.log, info.id);
  for (let i = 0; i < 5; i += 1) append(honest.log, info.id);
  honest.opened.close();

  copyFileSync(backup, path);
  const other = reopen();
  seen.follow(other.log, info.id);
  append(other.log, info.id);
  const { against, warning } = seen.standing(info.id, other.log.size);
  expect(warning).toEqual(warned(7, 3));
  const verification = await verifyCase(other.opened, [], { against: against ?? '' });
  expect(verification.checks.filter((check) => check.status === 'fail')).toEqual([
    expect.objectContaining({ item: 'the outside checkpoint', message: expect.stringMatching(/rewritten/) }),
  ]);
});

it('keeps few heads of a long log: the first, the newest, and fewer the older they are', () => {
  const { file, log, folder } = caseFixture();
  const seen = new SeenHeads(folder);
  seen.follow(log, file.info.id);
  for (let i = 0; i < 200; i += 1) append(log, file.info.id);
  const [name = ''] = readdirSync(join(folder, 'seen'));
  const notes: string[] = JSON.parse(readFileSync(join(folder, 'seen', name), 'utf8'));
  const sizes = notes.map((note) => Number(note.split('\n')[1]));
  expect(sizes).toHaveLength(20);
  expect(sizes[0]).toBe(2);
  expect(sizes.slice(-3)).toEqual([200, 201, 202]);
  const older = sizes.filter((size) => size < 102).length;
  expect(older).toBeGreaterThan(2);
  expect(older).toBeLessThan(10);
});

it('writes only under the identifier of a case', () => {
  const { folder } = caseFixture();
  const seen = new SeenHeads(folder);
  expect(seen.last('../home/operator-key.pem')).toBeNull();
  expect(existsSync(join(folder, 'seen'))).toBe(false);
});
