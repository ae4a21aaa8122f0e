import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { ConstatError } from '../../shared/problems.ts';
import type { CaptureOptions } from '../../shared/domain/capture-options.ts';
import { browserArguments, windowedUserAgent } from './browser-arguments.ts';
import { CdpConnection } from './cdp/connection.ts';
import type { BrowserFound } from './find-browser.ts';
import { passwordPrompts, quietPreferences } from './browser-preferences.ts';
import { UncaughtErrors } from './uncaught-errors.ts';
import { makeProfileFolder, type ProfileFolder } from './profile-folder.ts';
import { sandboxChoice } from './sandbox.ts';

export interface CaptureBrowser {
  main: CdpConnection;
  /** The second connection, for bodies that are streamed. */
  tap: CdpConnection;
  profile: ProfileFolder;
  userAgent: string;
  /** As recorded in the provenance: nothing of the collecting machine in them. */
  recordedArguments: string[];
  /** With a window that a person drives. */
  window: boolean;
  sandbox: boolean;
  sandboxNote: string | null;
  /** The port it listens on for the recorder; no page may reach it. */
  debuggingPort: number;
  /** What its own log says of errors of scripts that nobody caught. */
  uncaught: UncaughtErrors;
  /** Resolves when the process is gone, whoever ended it. */
  gone: Promise<void>;
  /** Ends the process and everything it started, and removes the profile. Never throws. */
  close(): Promise<void>;
}

const START_TIMEOUT = 30_000;

export interface LaunchOptions {
  /** With a window that a person drives; otherwise headless. */
  window: boolean;
  /** The browser's folder of a profile the person keeps; null for a new one that is thrown away. */
  kept: string | null;
  /** Of the throw-away authority of the wire witness; null where there is none. */
  pinnedKey: string | null;
}

/**
 * Starts the browser with the egress as its only way out. Time zone and language are set for the whole process, so that every frame and
 * worker has them without anything being injected. Throws BROWSER_FAILED, NO_SCREEN.
 */
export async function launchBrowser(
  found: BrowserFound,
  options: CaptureOptions,
  egressPort: number,
  { window, kept, pinnedKey }: LaunchOptions = { window: false, kept: null, pinnedKey: null },
): Promise<CaptureBrowser> {
  if (window && !hasScreen()) throw new ConstatError('NO_SCREEN');
  const choice = sandboxChoice();
  const userAgent = windowedUserAgent(found.name, found.version);
  const profile = makeProfileFolder(kept);
  const { sandbox } = choice;
  const args = browserArguments({ options, userAgent, egressPort, profile, sandbox, window, pinnedKey });
  const logFile = join(profile.spool, 'browser.log');
  const uncaught = new UncaughtErrors(logFile);
  let browser: Browser | null = null;
  let processId: number | null = null;
  const connections: CdpConnection[] = [];
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= end());
  const end = async (): Promise<void> => {
    uncaught.stop();
    for (const connection of connections) connection.close();
    // Only a profile that is kept has anything to put in order before the end.
    if (processId !== null && kept === null && hasOwnTemporary(profile.path)) killAll(processId);
    await browser?.close().catch(() => undefined);
    await profile.remove().catch(() => undefined);
  };
  try {
    // Left behind by a browser that was killed, it would name a port that is not this one's.
    rmSync(join(profile.browser, 'DevToolsActivePort'), { force: true });
    if (window || kept !== null) quietPreferences(profile.browser);
    passwordPrompts(profile.browser, window);
    browser = await chromium.launch({
      executablePath: found.path,
      args: [...args.all, `--log-file=${logFile}`],
      ignoreDefaultArgs: true,
      headless: !window,
      // The host decides what a signal means; what it ends, it closes.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: START_TIMEOUT,
      env: environment(profile.path, options, window),
    });
    const started = browser;
    const gone = new Promise<void>((resolve) => {
      started.once('disconnected', () => resolve());
    });
    const { port, path } = await debuggingAddress(profile.browser);
    for (let count = 0; count < 2; count += 1)
      connections.push(await CdpConnection.connect(`ws://127.0.0.1:${port}${path}`));
    const [main, tap] = connections;
    if (!main || !tap) throw new Error('no connection');
    const { processInfo } = await main.browser.send('SystemInfo.getProcessInfo');
    processId = processInfo.find(({ type }) => type === 'browser')?.id ?? null;
    return {
      main,
      tap,
      profile,
      userAgent: window ? (await main.browser.send('Browser.getVersion')).userAgent : userAgent,
      recordedArguments: args.recorded,
      window,
      ...choice,
      debuggingPort: Number(port),
      uncaught,
      gone,
      close,
    };
  } catch (error) {
    await close();
    throw new ConstatError('BROWSER_FAILED', { reason: startFailure(error) }, { cause: error });
  }
}

/** Socket names are short (108 characters): in a longer folder the browser could make none. */
const SHORT = 60;

/** Whether what the browser keeps for the time it runs (a socket, shared memory) can be inside the profile, and goes with it. */
function hasOwnTemporary(profile: string): boolean {
  return process.platform === 'linux' && profile.length <= SHORT;
}

/** Ends the browser and what it started at once. It leads a group of its own. */
function killAll(processId: number): void {
  for (const target of [-processId, processId]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // Gone already, or no leader of a group.
    }
  }
}

/** Everywhere but on Linux a program that a person started has a screen. */
export function hasScreen(): boolean {
  return (
    process.platform !== 'linux' ||
    (process.env['DISPLAY'] ?? '') !== '' ||
    (process.env['WAYLAND_DISPLAY'] ?? '') !== ''
  );
}

/** What a window needs besides: where the screen is, and how the person types. */
const windowVariables = [
  'DISPLAY',
  'XAUTHORITY',
  'WAYLAND_DISPLAY',
  'XDG_RUNTIME_DIR',
  'XDG_SESSION_TYPE',
  'XDG_CURRENT_DESKTOP',
  'XMODIFIERS',
  'GTK_IM_MODULE',
  'LANG',
];

/** Only what the browser needs: a variable of the person's shell is nobody's business. */
function environment(
  profile: string,
  { timeZone, locale }: CaptureOptions,
  window: boolean,
): Record<string, string> {
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
    ...(window ? windowVariables : []),
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
    ...(hasOwnTemporary(profile) ? { TMPDIR: profile } : {}),
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
