#!/usr/bin/env node
// Starts the command line under the Node that came with the project: an older one on the machine cannot load it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const needed = 24;

if (Number(process.versions.node.split('.')[0]) >= needed) {
  await import('../src/main/hosts/cli/main.ts');
} else {
  const own = at(`../node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`);
  if (!existsSync(own)) {
    console.error(
      `Constat needs Node ${needed} or newer; this is ${process.versions.node}. Run “npm ci” in its folder first.`,
    );
    process.exit(2);
  }
  const args = [
    '--disable-warning=ExperimentalWarning',
    at('../src/main/hosts/cli/main.ts'),
    ...process.argv.slice(2),
  ];
  const run = spawnSync(own, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exit(run.status ?? 1);
}
