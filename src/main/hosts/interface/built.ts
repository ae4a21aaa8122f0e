import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConstatError } from '../../../shared/problems.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What can be built, from which sources, and a file that tells how old the result is. */
const builds = {
  interface: {
    sources: ['src/renderer', 'src/shared', 'vite.renderer.config.ts', 'package.json'],
    result: 'out/renderer/index.html',
    command: [
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'vite.renderer.config.ts',
      '--logLevel',
      'error',
    ],
  },
  desktop: {
    sources: ['src', 'electron.vite.config.ts', 'vite.renderer.config.ts', 'package.json'],
    result: 'out/main/index.js',
    command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'],
  },
} as const;

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
  const { sources, result, command } = builds[what];
  const built = changed(join(root, result));
  if (built === 0 || sources.some((source) => changed(join(root, source)) > built)) {
    say(built === 0 ? 'Building the interface, this once …' : 'Building the interface …');
    const { status, stderr } = spawnSync(process.execPath, [...command], { cwd: root, encoding: 'utf8' });
    if (status !== 0)
      throw new ConstatError('INTERNAL', { reason: `the interface cannot be built: ${stderr.trim()}` });
  }
  return join(root, 'out/renderer');
}
