import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder } from '../../../test/support/case-fixture.ts';
import { OwnQueue } from './own-queue.ts';

const caseId = '01a2049c-9650-72c8-948e-0727768f0abc';
const job = (last: number): string => `01a2049c-9650-72c8-948e-07277680000${last}`;

it('knows what was queued here, word for word, until it is over', () => {
  const home = scratchFolder();
  const own = new OwnQueue(home, caseId);
  own.add([1, 2, 3].map((n) => ({ id: job(n), request: `{"url":"http://a.example/${n}"}` })));
  own.remove(job(2));
  const again = new OwnQueue(home, caseId);
  expect(again.has(job(1), '{"url":"http://a.example/1"}')).toBe(true);
  expect(again.has(job(1), '{"url":"http://evil.example/"}')).toBe(false);
  expect(again.has(job(2), '{"url":"http://a.example/2"}')).toBe(false);
  expect(readFileSync(join(home, 'queued', `${caseId}.txt`), 'utf8')).not.toContain('example');
  again.remove(job(1));
  again.remove(job(3));
  expect(existsSync(join(home, 'queued', `${caseId}.txt`))).toBe(false);
});

it('reads past a line that a crash cut short', () => {
  const home = scratchFolder();
  new OwnQueue(home, caseId).add([{ id: job(1), request: 'one' }]);
  appendFileSync(join(home, 'queued', `${caseId}.txt`), `+ ${job(2)} 12ab`);
  const own = new OwnQueue(home, caseId);
  expect([own.has(job(1), 'one'), own.has(job(2), 'two')]).toEqual([true, false]);
  own.add([{ id: job(3), request: 'three' }]);
  expect(new OwnQueue(home, caseId).has(job(3), 'three')).toBe(true);
});
