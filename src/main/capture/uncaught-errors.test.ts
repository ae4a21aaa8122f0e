import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UncaughtErrors, type UncaughtError } from './uncaught-errors.ts';

it('reads uncaught errors out of the browser’s log, over several lines, once each, and nothing else', () => {
  const log = `[1:2:1122/214407.219055:ERROR:dbus/bus.cc:405] Failed to connect
[1:1:1122/214411.483046:INFO:CONSOLE:1] "hi
there", source: http://a.test/p (1)
[1:1:1122/214411.498020:INFO:CONSOLE:7] "Uncaught TypeError: nobody "caught" this", source: http://a.test/p (7)
[1:1:1122/214411.500553:INFO:CONSOLE(9)] "Uncaught (in promise) Error: first
second", source:  (9)
[1:1:1122/214411.563320:INFO:CONSOLE:1] "Uncaught Error: in worker", source: blob:null/c4 (1)
[1:1:1122/214411.563694:INFO:CONSOLE:1] "Uncaught Error: in worker", source: blob:null/c4 (1)
Uncaught Error: not of the console`;
  const folder = mkdtempSync(join(tmpdir(), 'constat-log-'));
  const path = join(folder, 'browser.log');
  const found: UncaughtError[] = [];
  const errors = new UncaughtErrors(path);
  errors.onError = (error) => found.push(error);
  errors.look();
  writeFileSync(path, log.slice(0, 250));
  errors.look();
  appendFileSync(path, `${log.slice(250)}\n`);
  errors.look();
  rmSync(folder, { recursive: true });
  expect(found).toEqual([
    { text: 'Uncaught TypeError: nobody "caught" this', url: 'http://a.test/p', line: 7 },
    { text: 'Uncaught (in promise) Error: first\nsecond', url: '', line: 9 },
    { text: 'Uncaught Error: in worker', url: 'blob:null/c4', line: 1 },
  ]);
});
