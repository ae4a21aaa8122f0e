import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { scratchFolder } from '../support/case-fixture.ts';

const script = join(import.meta.dirname, 'contending-process.ts');

it('never lets two processes write at once, however they come and go', async () => {
  const folder = scratchFolder();
  const contend = () => promisify(execFile)(process.execPath, [script, join(folder, 'a.constat'), '120']);
  const outcomes = await Promise.all([contend(), contend(), contend()]);
  expect(outcomes.map((outcome) => outcome.stdout.trim())).toEqual(['120 0', '120 0', '120 0']);
  expect(readdirSync(folder)).toEqual([]);
});
