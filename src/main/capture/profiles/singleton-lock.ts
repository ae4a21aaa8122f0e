import { readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Whether another browser has this folder open. Chromium says so on Linux and macOS by a link `SingletonLock` to `host-pid`; on Windows
 * it holds a file open, and a second one ends by itself. What a browser of this machine left behind when it was killed is cleared.
 */
export function heldByBrowser(browserFolder: string): boolean {
  let holder: string;
  try {
    holder = readlinkSync(join(browserFolder, 'SingletonLock'));
  } catch {
    return false;
  }
  const cut = holder.lastIndexOf('-');
  const pid = Number(holder.slice(cut + 1));
  // A lock of another machine (a folder on a shared disk) cannot be checked from here, and is believed.
  if (holder.slice(0, cut) !== hostname() || isAlive(pid)) return true;
  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    rmSync(join(browserFolder, name), { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
