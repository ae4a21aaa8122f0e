import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ConstatError } from '../../shared/problems.ts';
import { findBrowser, type BrowserFound } from './find-browser.ts';

/** Chromium with fonts for the scripts an investigation meets; without them pictures and PDFs show empty boxes. */
const packages = ['chromium', 'fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];
const aptByHand = `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`;

interface Attempt {
  what: string;
  commands: [string, ...string[]][];
  byHand: string;
}

/**
 * The browser to capture with; where there is none, installs one. Says in lines of plain text what it does and what failed, and how a
 * person can do it. On Debian as root (or with sudo that asks no password) the system's own package is the surest way: it brings the
 * libraries the browser needs. Elsewhere Playwright's build is fetched. Throws BROWSER_NOT_FOUND.
 */
export async function ensureBrowser(
  onLine: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<BrowserFound> {
  const present = await findIfAny(env);
  if (present) return present;
  if ((env['CONSTAT_BROWSER'] ?? '') !== '') {
    onLine(
      `CONSTAT_BROWSER is ${env['CONSTAT_BROWSER'] ?? ''}, which is no browser that runs. Correct it or unset it.`,
    );
    throw new ConstatError('BROWSER_NOT_FOUND');
  }
  const attempts = await waysToInstall();
  for (const { what, commands, byHand } of attempts) {
    onLine(`No browser was found. ${what}`);
    const failure = await runAll(commands, env);
    const found = failure === null ? await findIfAny(env) : null;
    if (found) return found;
    onLine(
      `That did not work${failure === null ? ': no browser was found afterwards' : ` (${failure})`}. By hand: ${byHand}`,
    );
  }
  throw new ConstatError('BROWSER_NOT_FOUND');
}

async function findIfAny(env: NodeJS.ProcessEnv): Promise<BrowserFound | null> {
  try {
    return await findBrowser(env);
  } catch (error) {
    if (error instanceof ConstatError) return null;
    throw error;
  }
}

async function waysToInstall(): Promise<Attempt[]> {
  const elevate = await elevation();
  const playwright: Attempt = {
    what: 'Fetching the Chromium that Playwright provides…',
    commands: [[process.execPath, playwrightCli(), 'install', 'chromium']],
    byHand: 'npx playwright-core install --with-deps chromium',
  };
  if (!isDebian() || elevate === null) return [playwright];
  const apt: Attempt = {
    what: `Installing Debian’s package: ${aptByHand.replaceAll('sudo ', '')}`,
    commands: [
      [...elevate, 'apt-get', '-q', 'update'],
      [...elevate, 'apt-get', '-q', 'install', '-y', '--no-install-recommends', ...packages],
    ].map(([first = '', ...rest]) => [first, ...rest]),
    byHand: aptByHand,
  };
  return [apt, playwright];
}

/** Ubuntu's `chromium` package only fetches a snap, which cannot be driven like this; so only Debian counts. */
function isDebian(): boolean {
  try {
    return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** What to put before a command to run it as root; null where that would ask for a password. */
async function elevation(): Promise<string[] | null> {
  if (process.getuid?.() === 0) return [];
  return (await runAll([['sudo', '-n', 'true']], process.env)) === null ? ['sudo', '-n'] : null;
}

function playwrightCli(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
}

/** Runs commands one after the other, their output going where ours goes. Gives what failed, or null. */
async function runAll(commands: [string, ...string[]][], env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const [program, ...args] of commands) {
    const failure = await new Promise<string | null>((resolve) => {
      const quiet = program === 'sudo' && args.at(-1) === 'true';
      const child = spawn(program, args, {
        stdio: quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
        env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) =>
        resolve(code === 0 ? null : `${program} ended with ${signal ?? code}`),
      );
    });
    if (failure !== null) return failure;
  }
  return null;
}
