import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './verify-commands.ts';

/** One block of commands of VERIFY.txt and what the machine's own tools made of it. */
export interface OutsideResult {
  title: string;
  outcome: 'passed' | 'failed' | 'skipped';
  output: string;
}

const tools = ['sha256sum', 'ssh-keygen', 'openssl'];

/**
 * Follows VERIFY.txt of a bundle to the letter, in a shell, with no code of Constat. A tool this machine lacks makes the
 * blocks that need it `skipped`, by name.
 */
export function checkFromOutside(bundle: string): OutsideResult[] {
  const text = readFileSync(join(bundle, 'VERIFY.txt'), 'utf8');
  const lacking = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  return commandsOf(text).map(({ title, script }) => {
    const absent = lacking.find((tool) => script.includes(tool));
    if (absent !== undefined)
      return { title, outcome: 'skipped', output: `${absent} is not on this machine` };
    const run = spawnSync('sh', ['-e', '-c', script], { cwd: bundle, encoding: 'utf8' });
    return {
      title,
      outcome: run.status === 0 ? 'passed' : 'failed',
      output: `${run.stdout}${run.stderr}`.trim(),
    };
  });
}
