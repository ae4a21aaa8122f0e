import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource } from '../../src/main/archive/random-access.ts';
import { checkWacz } from '../../src/main/archive/wacz/check.ts';

/** Exact versions of what others made to check these formats. */
const versions = { warcio: '1.8.1', wacz: '0.6.0', jwarc: '0.36.0', mavenDependencyPlugin: '3.8.1' } as const;

/** A WACZ on disk, and the WARC files taken out of it. */
export interface Subject {
  readonly wacz: string;
  readonly warcs: readonly string[];
}

export interface Validator {
  readonly name: string;
  /** Null where it finds the archive sound; otherwise the lines in which it says what is wrong. */
  run(subject: Subject): Promise<string | null>;
}

/** A validator that this machine cannot have, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** Gets the validators into `folder`, each within its time; what cannot be had is named. */
export async function getValidators(
  folder: string,
): Promise<{ validators: Validator[]; skipped: Skipped[] }> {
  const validators: Validator[] = [ownCheck];
  const skipped: Skipped[] = [];
  const python = await getPython(folder);
  for (const validator of [warcioCheck, waczValidate]) {
    const { name } = validator('');
    if ('reason' in python) skipped.push({ name, reason: python.reason });
    else validators.push(validator(python.bin));
  }
  const java = await getJwarc(folder);
  if ('reason' in java) skipped.push({ name: 'jwarc validate', reason: java.reason });
  else validators.push(jwarcValidate(java.jar));
  return { validators, skipped };
}

/** Constat's own, which sees everything; the others are asked because they are others. */
const ownCheck: Validator = {
  name: 'constat check',
  run: async ({ wacz }) => {
    const source = fileSource(wacz);
    try {
      const { ok, problems } = await checkWacz(source);
      return ok ? null : problems.map(({ item, reason }) => `${item}: ${reason}`).join('\n');
    } finally {
      source.close();
    }
  },
};

function warcioCheck(bin: string): Validator {
  return {
    name: 'warcio check',
    run: async ({ warcs }) => {
      const { code, output } = await run(join(bin, 'warcio'), ['check', '-v', ...warcs], 120);
      return code === 0 ? null : lines(output, /failed|exception|error/i);
    },
  };
}

function waczValidate(bin: string): Validator {
  return {
    name: 'wacz validate',
    run: async ({ wacz }) => {
      const { code, output } = await run(join(bin, 'wacz'), ['validate', '-f', wacz], 120);
      return code === 0 && output.includes('is valid') ? null : lines(output, /./);
    },
  };
}

function jwarcValidate(jar: string): Validator {
  return {
    name: 'jwarc validate',
    run: async ({ warcs }) => {
      const { code, output } = await run('java', ['-jar', jar, 'validate', '-v', ...warcs], 120);
      // A broken rule about headers is an ERROR line, and does not always change the exit code.
      return code === 0 && !output.includes('ERROR')
        ? null
        : lines(output, /ERROR|Failed|xception|not record-at-a-time/);
    },
  };
}

async function getPython(folder: string): Promise<{ bin: string } | { reason: string }> {
  const environment = join(folder, 'python');
  const bin = join(environment, 'bin');
  if (existsSync(join(bin, 'wacz'))) return { bin };
  const made = await run('python3', ['-m', 'venv', environment], 60);
  if (made.code === null) return { reason: 'python3 is not installed' };
  if (made.code !== 0)
    return { reason: 'python3 cannot make an environment; on Debian: apt-get install python3-venv' };
  const wanted = [`warcio==${versions.warcio}`, `wacz==${versions.wacz}`];
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-input',
    '--disable-pip-version-check',
    '--retries',
    '1',
    ...wanted,
  ];
  const installed = await run(join(bin, 'python'), pip, 300);
  return installed.code === 0
    ? { bin }
    : { reason: `${wanted.join(' and ')} could not be got from the Python package index` };
}

async function getJwarc(folder: string): Promise<{ jar: string } | { reason: string }> {
  const jar = join(folder, `jwarc-${versions.jwarc}.jar`);
  const java = await run('java', ['-version'], 30);
  if (java.code !== 0)
    return { reason: 'java is not installed; on Debian: apt-get install default-jre-headless' };
  if (existsSync(jar)) return { jar };
  const goal = `org.apache.maven.plugins:maven-dependency-plugin:${versions.mavenDependencyPlugin}:copy`;
  const artifact = `-Dartifact=org.netpreserve:jwarc:${versions.jwarc}`;
  const got = await run('mvn', ['-q', '-B', goal, artifact, `-DoutputDirectory=${folder}`], 300);
  if (got.code === null) return { reason: 'mvn is not installed; on Debian: apt-get install maven' };
  return existsSync(jar)
    ? { jar }
    : { reason: `jwarc ${versions.jwarc} could not be got from the Maven repository` };
}

/** Runs a program to its end. Code null: it is not there. One that takes longer than `seconds` is ended and counts as failed. */
async function run(
  program: string,
  args: readonly string[],
  seconds: number,
): Promise<{ code: number | null; output: string }> {
  return await new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const add = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', () => resolve({ code: null, output }));
    child.on('close', (code, signal) => {
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}\nended after ${seconds} s` });
    });
  });
}

function lines(output: string, telling: RegExp): string {
  const all = output.split('\n').filter((line) => line.trim() !== '');
  const some = all.filter((line) => telling.test(line));
  return (some.length > 0 ? some : all).slice(0, 12).join('\n');
}
