import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from '../../src/main/hosts/web/open-browser.ts';

/** Longest wait for the Electron binary to be fetched, in milliseconds. */
const fetchLimit = 180_000;
/** An Electron that ends with an error sooner than this, in milliseconds, never showed its window. */
const startLimit = 10_000;

/** Path of the Electron binary under `node_modules/electron`, or null where it was not fetched yet. */
export function electronBinary(folder: string): string | null {
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const path = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(named, 'utf8').trim(),
  );
  return existsSync(path) ? path : null;
}

/** The Electron binary, fetched if need be; or, in a few words, why there is none. */
export function findElectron(
  root: string,
  say: (line: string) => void,
): { path: string } | { reason: string } {
  if (!hasDisplay()) return { reason: 'this machine has no display' };
  if (process.platform === 'linux' && process.getuid?.() === 0) return { reason: 'it does not run as root' };
  const folder = join(root, 'node_modules', 'electron');
  const installer = join(folder, 'install.js');
  if (!existsSync(installer)) return { reason: 'it is not installed' };
  const there = electronBinary(folder);
  if (there !== null) return { path: there };
  say('Fetching Electron, this once …');
  const { status, signal } = spawnSync(process.execPath, [installer], {
    stdio: 'ignore',
    timeout: fetchLimit,
  });
  const fetched = status === 0 ? electronBinary(folder) : null;
  if (fetched !== null) return { path: fetched };
  return {
    reason: signal === null ? 'its program could not be fetched' : 'its program took too long to fetch',
  };
}

/** Runs the desktop until it is closed. A reason where it ended before it can have shown anything. */
export function runElectron(
  path: string,
  root: string,
  cases: string[],
): Promise<{ code: number } | { reason: string }> {
  const started = Date.now();
  const child = spawn(path, [root, ...cases], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message }));
    child.once('exit', (code, signal) => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      const failed = code !== 0 && signal !== 'SIGINT' && signal !== 'SIGTERM';
      if (failed && Date.now() - started < startLimit)
        resolve({ reason: `it ended with ${signal ?? `code ${code}`}` });
      else resolve({ code: code ?? 0 });
    });
  });
}
