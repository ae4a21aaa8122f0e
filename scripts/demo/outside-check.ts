import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One step of VERIFY.txt and what the machine's own tools made of it. */
export interface OutsideResult {
  title: string;
  outcome: 'passed' | 'failed' | 'skipped';
  output: string;
}

interface Step {
  title: string;
  commands: string;
}

const tools = ['sha256sum', 'ssh-keygen', 'openssl'];

/**
 * Follows VERIFY.txt of a bundle to the letter: each step's commands in a shell, with no code of Constat. A tool this machine
 * lacks makes the steps that need it `skipped`, by name.
 */
export function checkFromOutside(bundle: string): OutsideResult[] {
  const steps = stepsOf(readFileSync(join(bundle, 'VERIFY.txt'), 'utf8'));
  const [begin, end] = [steps.shift(), steps.pop()];
  const lacking = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  return steps.map(({ title, commands }) => {
    const absent = lacking.find((tool) => commands.includes(tool));
    if (absent !== undefined)
      return { title, outcome: 'skipped', output: `${absent} is not on this machine` };
    const script = [begin?.commands, commands, end?.commands].join('\n');
    const run = spawnSync('sh', ['-e', '-c', script], { cwd: bundle, encoding: 'utf8' });
    return {
      title,
      outcome: run.status === 0 ? 'passed' : 'failed',
      output: `${run.stdout}${run.stderr}`.trim(),
    };
  });
}

/** The steps as a reader finds them: an underlined heading, words, and commands in lines that begin with four blanks. */
function stepsOf(guide: string): Step[] {
  const steps: Step[] = [];
  const lines = guide.split('\n');
  for (const [index, line] of lines.entries()) {
    if (/^-{3,}$/.test(line)) steps.push({ title: lines[index - 1] ?? '', commands: '' });
    const step = steps.at(-1);
    if (step && line.startsWith('    ')) step.commands += `${line.slice(4)}\n`;
  }
  return steps.filter((step) => step.commands !== '');
}
