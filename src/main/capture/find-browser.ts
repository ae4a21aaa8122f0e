import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { BrowserInfo } from '../../shared/domain/system.ts';
import { ConstatError } from '../../shared/problems.ts';

export interface BrowserFound {
  /** Chrome, Edge or Chromium. */
  name: string;
  /** Four numbers: `156.0.8078.79`. */
  version: string;
  path: string;
  /** Of the program file, lower-case hexadecimal. */
  sha256: string;
}

interface Candidate {
  name: string;
  path: string;
}

const run = promisify(execFile);

/**
 * The browser captures are made with: `CONSTAT_BROWSER` where it is set, else Chrome, Edge, Chromium, Playwright’s own, in
 * that order. The digest is of the real program, not of a script that starts it. Throws BROWSER_NOT_FOUND.
 */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<BrowserFound> {
  const found = await firstThatRuns(env);
  if (!found) throw new ConstatError('BROWSER_NOT_FOUND');
  return { ...found, sha256: await digestOf(found.path) };
}

async function firstThatRuns(env: NodeJS.ProcessEnv): Promise<BrowserInfo | null> {
  for (const { name, path } of candidates(env)) {
    const real = realProgram(path);
    if (real === null) continue;
    const version = await versionOf(real);
    if (version !== null) return { name, version, path: real };
  }
  return null;
}

function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  const chosen = env['CONSTAT_BROWSER'];
  // Who names a browser means that one: another in its place would be a surprise.
  if (chosen !== undefined && chosen !== '') return [{ name: nameFrom(chosen), path: chosen }];
  return [...installed(env), ...playwrightOwn(env)];
}

function installed(env: NodeJS.ProcessEnv): Candidate[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].flatMap((app) =>
      ['/Applications', join(homedir(), 'Applications')].map((folder) => ({
        name: nameFrom(app),
        path: join(folder, `${app}.app`, 'Contents', 'MacOS', app),
      })),
    );
  }
  if (process.platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    );
    const places = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
      'Chromium\\Application\\chrome.exe',
    ];
    return places.flatMap((place) =>
      roots.map((root) => ({ name: nameFrom(place), path: join(root, place) })),
    );
  }
  const folders = (env['PATH'] ?? '/usr/bin:/bin').split(delimiter).filter((folder) => folder !== '');
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'chromium',
    'chromium-browser',
  ];
  return names.flatMap((name) =>
    folders.map((folder) => ({ name: nameFrom(name), path: join(folder, name) })),
  );
}

/** Where `playwright install chromium` puts it: the one this version of playwright-core wants, else any other there. */
function playwrightOwn(env: NodeJS.ProcessEnv): Candidate[] {
  const wanted = { name: 'Chromium', path: chromium.executablePath() };
  const cache = env['PLAYWRIGHT_BROWSERS_PATH'] ?? dirname(dirname(dirname(wanted.path)));
  const others = (existsSync(cache) ? readdirSync(cache) : [])
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .toSorted()
    .toReversed()
    .map((folder) => ({
      name: 'Chromium',
      path: join(cache, folder, basename(dirname(wanted.path)), basename(wanted.path)),
    }));
  return [wanted, ...others];
}

function nameFrom(text: string): string {
  if (/edge/i.test(text)) return 'Edge';
  if (/chromium/i.test(text)) return 'Chromium';
  return /chrome/i.test(text) ? 'Chrome' : 'Chromium';
}

/**
 * The program behind a link or a launcher script. Distributions start Chromium through a shell script that reads settings and
 * flags of the machine; the capture browser is started without them.
 */
function realProgram(path: string): string | null {
  if (!existsSync(path) || !statSync(path).isFile()) return null;
  const real = realpathSync(path);
  return isScript(real) ? besideScript(real) : real;
}

function isScript(path: string): boolean {
  const start = Buffer.alloc(2);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, start, 0, 2, 0);
  closeSync(descriptor);
  return start.toString('latin1') === '#!';
}

function besideScript(script: string): string | null {
  const name = basename(script);
  const places = [
    `/usr/lib/${name}/${name}`,
    `/usr/lib64/${name}/${name}`,
    ...(name.startsWith('chromium') ? ['/usr/lib/chromium/chromium'] : []),
    join(dirname(script), 'chrome'),
    join(dirname(script), 'msedge'),
  ];
  // A launcher nobody knows (a snap, for one) is started as it is: better than no browser.
  return places.find((place) => existsSync(place)) ?? script;
}

const versions = new Map<string, string>();

async function versionOf(path: string): Promise<string | null> {
  const known = versions.get(keyOf(path));
  if (known !== undefined) return known;
  const found = process.platform === 'win32' ? windowsVersion(path) : await askVersion(path);
  if (found !== null) versions.set(keyOf(path), found);
  return found;
}

async function askVersion(path: string): Promise<string | null> {
  try {
    const { stdout } = await run(path, ['--version'], {
      timeout: 20_000,
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' },
    });
    return /\d+\.\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}

/** On Windows `--version` opens a window; the version is the name of the folder beside the program. */
function windowsVersion(path: string): string | null {
  return readdirSync(dirname(path)).find((entry) => /^\d+\.\d+\.\d+\.\d+$/.test(entry)) ?? null;
}

const digests = new Map<string, Promise<string>>();

/** Several hundred megabytes: hashed once per version of the file and run of Constat. */
async function digestOf(path: string): Promise<string> {
  const key = keyOf(path);
  let digest = digests.get(key);
  if (!digest) {
    digest = hashFile(path);
    digests.set(key, digest);
  }
  return digest;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function keyOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path}\n${size}\n${mtimeMs}`;
}

/** The browser as the interface names it, or null where there is none. Quick: nothing is hashed. */
export async function browserIfAny(env: NodeJS.ProcessEnv = process.env): Promise<BrowserInfo | null> {
  const found = await firstThatRuns(env);
  return found && { name: found.name, version: found.version, path: found.path };
}
