import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'constat-browser-';

/** A folder that exists for one capture. Only its owner may read it; everything of the capture that is not yet in the case is in it. */
export interface ProfileFolder {
  path: string;
  /** The browser's own folder: this one, or that of a profile the person keeps. */
  browser: string;
  /** Where the browser's cache lies: always here, so that no answer is taken from an earlier capture's. */
  cache: string;
  downloads: string;
  spool: string;
  remove(): Promise<void>;
}

export function makeProfileFolder(kept: string | null = null): ProfileFolder {
  // mkdtemp creates with mode 0700. The process id lets a later start tell what a crash left behind.
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const downloads = join(path, 'constat-downloads');
  const spool = join(path, 'constat-spool');
  mkdirSync(downloads, { mode: 0o700 });
  mkdirSync(spool, { mode: 0o700 });
  return {
    path,
    browser: kept ?? path,
    cache: join(path, 'constat-cache'),
    downloads,
    spool,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** How often, and after how long (milliseconds), it is looked again whether a dying browser wrote on. */
const LOOKS = 10;
const BETWEEN = 1000;

/**
 * Removes profiles of processes that are gone: a crash cannot clean up after itself. A browser ends by itself when its recorder is gone, but
 * may write on meanwhile: it is looked again until nothing is found, and at the next start.
 */
export function removeStaleProfiles(looks = LOOKS): void {
  let isFound = false;
  for (const entry of existsSync(tmpdir()) ? readdirSync(tmpdir()) : []) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(entry)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    isFound = true;
    try {
      rmSync(join(tmpdir(), entry), { recursive: true, force: true });
    } catch {
      // Another account's, or still written to: no reason not to open a case.
    }
  }
  if (isFound && looks > 0) setTimeout(() => removeStaleProfiles(looks - 1), BETWEEN).unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
