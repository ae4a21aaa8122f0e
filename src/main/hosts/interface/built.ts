import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConstatError } from '../../../shared/problems.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What can be built: from which sources, what tells how old the result is, and the tool that makes it. */
const builds = {
  interface: {
    sources: ['src/renderer', 'src/shared', 'vite.renderer.config.ts', 'package.json'],
    result: 'out/renderer/index.html',
    make: makeInterface,
  },
  desktop: {
    sources: ['src', 'electron.vite.config.ts', 'vite.renderer.config.ts', 'package.json'],
    result: 'out/main/index.js',
    make: () => run('node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'),
  },
} as const;

function run(...command: string[]): void {
  // Whoever asks, a test runner with NODE_ENV=test among them: what is built is what people get.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0)
    throw new ConstatError('INTERNAL', { reason: `the interface cannot be built: ${stderr.trim()}` });
}

/** Builds aside and then puts it in place, so that a Constat that runs from the same folder never sees half of it. */
function makeInterface(): void {
  const place = join(root, 'out/renderer');
  const aside = `${place}-${process.pid}`;
  const tool = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'vite.renderer.config.ts',
    '--logLevel',
    'error',
  ];
  try {
    run(...tool, '--outDir', `${aside}-new`, '--emptyOutDir');
    if (existsSync(place)) renameSync(place, `${aside}-old`);
    renameSync(`${aside}-new`, place);
  } finally {
    for (const left of ['new', 'old']) rmSync(`${aside}-${left}`, { recursive: true, force: true });
  }
}

/** The latest change under a path, in milliseconds; 0 where there is nothing. */
function changed(path: string): number {
  if (!existsSync(path)) return 0;
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  return Math.max(about.mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

/**
 * Builds the interface, or all of the desktop, where its sources are newer than what was built; says so first, because it takes a
 * few seconds. Returns the folder of the built interface. For running from a checkout: a packed program carries it built.
 */
export function ensureBuilt(what: keyof typeof builds, say: (line: string) => void): string {
  const { sources, result, make } = builds[what];
  const built = changed(join(root, result));
  if (built === 0 || sources.some((source) => changed(join(root, source)) > built)) {
    say(built === 0 ? 'Building the interface, this once …' : 'Building the interface …');
    make();
  }
  return join(root, 'out/renderer');
}
