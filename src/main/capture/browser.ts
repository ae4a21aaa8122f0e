import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { ConstatError } from '../../shared/problems.ts';
import type { CaptureOptions } from '../../shared/domain/capture-options.ts';
import { browserArguments, windowedUserAgent } from './browser-arguments.ts';
import { CdpConnection } from './cdp/connection.ts';
import type { BrowserFound } from './find-browser.ts';
import { makeProfileFolder, type ProfileFolder } from './profile-folder.ts';

export interface CaptureBrowser {
  main: CdpConnection;
  /** The second connection, for bodies that are streamed. */
  tap: CdpConnection;
  profile: ProfileFolder;
  userAgent: string;
  /** As recorded in the provenance: nothing of the collecting machine in them. */
  recordedArguments: string[];
  sandbox: boolean;
  sandboxNote: string | null;
  /** The port it listens on for the recorder; no page may reach it. */
  debuggingPort: number;
  /** Resolves when the process is gone, whoever ended it. */
  gone: Promise<void>;
  /** Ends the process and everything it started, and removes the profile. Never throws. */
  close(): Promise<void>;
}

const START_TIMEOUT = 30_000;

/**
 * Starts the browser on a new, throw-away profile, with the egress as its only way out. Time zone and language are set for the whole
 * process, so that every frame and worker has them without anything being injected. Throws BROWSER_FAILED.
 */
export async function launchBrowser(
  found: BrowserFound,
  options: CaptureOptions,
  egressPort: number,
): Promise<CaptureBrowser> {
  const { sandbox, note } = sandboxChoice();
  const userAgent = windowedUserAgent(found.name, found.version);
  const profile = makeProfileFolder();
  const args = browserArguments({ options, userAgent, egressPort, profileFolder: profile.path, sandbox });
  let browser: Browser | null = null;
  const connections: CdpConnection[] = [];
  const close = async (): Promise<void> => {
    for (const connection of connections) connection.close();
    await browser?.close().catch(() => undefined);
    await profile.remove().catch(() => undefined);
  };
  try {
    browser = await chromium.launch({
      executablePath: found.path,
      args: args.all,
      ignoreDefaultArgs: true,
      headless: true,
      // The host decides what a signal means; what it ends, it closes.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: START_TIMEOUT,
      env: environment(profile.path, options),
    });
    const started = browser;
    const gone = new Promise<void>((resolve) => {
      started.once('disconnected', () => resolve());
    });
    const { port, path } = await debuggingAddress(profile.path);
    for (let count = 0; count < 2; count += 1)
      connections.push(await CdpConnection.connect(`ws://127.0.0.1:${port}${path}`));
    const [main, tap] = connections;
    if (!main || !tap) throw new Error('no connection');
    return {
      main,
      tap,
      profile,
      userAgent,
      recordedArguments: args.recorded,
      sandbox,
      sandboxNote: note,
      debuggingPort: Number(port),
      gone,
      close,
    };
  } catch (error) {
    await close();
    throw new ConstatError('BROWSER_FAILED', { reason: startFailure(error) }, { cause: error });
  }
}

/** The browser's own sandbox is off only for root, whom it refuses to serve; never silently. */
function sandboxChoice(): { sandbox: boolean; note: string | null } {
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return {
      sandbox: false,
      note: 'Constat ran as root, for whom Chromium’s sandbox cannot run. Run it as an ordinary user.',
    };
  }
  return { sandbox: true, note: null };
}

/** Only what the browser needs: a variable of the person's shell is nobody's business. */
function environment(profile: string, { timeZone, locale }: CaptureOptions): Record<string, string> {
  const kept = [
    'PATH',
    'LD_LIBRARY_PATH',
    'SystemRoot',
    'SYSTEMDRIVE',
    'WINDIR',
    'TEMP',
    'TMP',
    'TMPDIR',
    'FONTCONFIG_PATH',
    'FONTCONFIG_FILE',
    'TZ',
  ];
  const env: Record<string, string> = {};
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const home: Record<string, string> =
    process.platform === 'win32' ? {} : { HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile };
  return {
    ...env,
    ...home,
    LANGUAGE: locale.replace('-', '_'),
    ...(timeZone === '' ? {} : { TZ: timeZone }),
  };
}

function startFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/No usable sandbox|sandboxing failed|SUID sandbox/i.test(text)) {
    return 'its sandbox cannot run on this machine; allow unprivileged user namespaces, or install the browser’s own package';
  }
  const missing = /error while loading shared libraries: (\S+)/.exec(text)?.[1];
  if (missing !== undefined) return `a system library is missing: ${missing.replace(/:$/, '')}`;
  return (text.split('\n').find((line) => line.trim() !== '') ?? 'unknown').replace(
    /^browserType\.launch: /,
    '',
  );
}

/** The browser writes its debugging port to a file of its profile, on a busy machine a little after it can be spoken to. */
async function debuggingAddress(profile: string): Promise<{ port: string; path: string }> {
  const file = join(profile, 'DevToolsActivePort');
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    const [port = '', path = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (/^\d+$/.test(port) && path !== '') return { port, path };
    if (performance.now() > deadline) throw new Error('its debugging port was never said');
    await sleep(20);
  }
}
