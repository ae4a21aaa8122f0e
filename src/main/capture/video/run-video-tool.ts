import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { VideoTool } from './find-video-tool.ts';
import { toolEnvironment } from './tool-environment.ts';

export interface VideoRun {
  tool: VideoTool;
  url: string;
  /** An empty folder: all it writes is in it. */
  folder: string;
  /** Of the exit: its only way out. */
  proxyPort: number;
  userAgent: string;
  allowBadCertificates: boolean;
  /** Milliseconds, and bytes of all it saves together. */
  budget: number;
  maxBytes: number;
  signal: AbortSignal;
}

export interface VideoSaved {
  /** Names of the files that are whole. */
  files: string[];
  /** Why it was ended before it was done, in words. */
  ended: string | null;
  /** Its own last complaint. */
  complaint: string | null;
}

const LOOK = 250;
const VIDEOS = 10;
const unfinished = /\.(part|ytdl|temp|tmp)(-Frag\d+)?(\.part)?$/i;

/** Runs yt-dlp once. When this resolves, it and all it started are over. */
export async function runVideoTool(run: VideoRun): Promise<VideoSaved> {
  const { tool, folder, budget, maxBytes, signal } = run;
  const child = spawn(tool.command, [...tool.before, ...argumentsOf(run)], {
    cwd: folder,
    env: toolEnvironment(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, so that what it starts is ended with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-20_000);
  });
  const over = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      said += `\nERROR: ${error.message}`;
      resolve();
    });
    child.once('close', () => resolve());
  });
  let ended: string | null = null;
  const end = (why: string): void => {
    ended ??= why;
    killGroup(child);
  };
  const aborted = (): void => end('it was not over in time');
  signal.addEventListener('abort', aborted, { once: true });
  if (signal.aborted) aborted();
  const clock = setTimeout(aborted, budget);
  const size = setInterval(() => {
    if (sizeOf(folder) > maxBytes) end(`it had saved more than ${maxBytes} bytes`);
  }, LOOK);
  await over;
  clearTimeout(clock);
  clearInterval(size);
  signal.removeEventListener('abort', aborted);
  // What it left running behind itself, if anything.
  killGroup(child);
  return { files: wholeFiles(folder), ended, complaint: complaintOf(said, folder) };
}

function argumentsOf(run: VideoRun): string[] {
  const { url, folder, proxyPort, userAgent, allowBadCertificates, maxBytes } = run;
  return [
    '--ignore-config',
    '--no-cache-dir',
    '--no-cookies',
    '--no-cookies-from-browser',
    '--no-update',
    '--no-playlist',
    '--no-progress',
    '--no-mtime',
    '--proxy',
    `socks5h://127.0.0.1:${proxyPort}`,
    '--ffmpeg-location',
    folder,
    '--hls-prefer-native',
    '--user-agent',
    userAgent,
    ...(allowBadCertificates ? ['--no-check-certificate'] : []),
    '--socket-timeout',
    '15',
    '--retries',
    '2',
    '--fragment-retries',
    '2',
    '--playlist-end',
    String(VIDEOS),
    '--max-filesize',
    String(maxBytes),
    '--match-filter',
    '!is_live',
    // Picture and sound as the server has them, in files of their own where it has them apart: nothing is put together or converted.
    '--format',
    'bestvideo*,bestaudio',
    '--fixup',
    'never',
    '--write-info-json',
    '--write-sub',
    '--restrict-filenames',
    '--output',
    '%(id).80s.%(format_id)s.%(ext)s',
    '--',
    url,
  ];
}

function wholeFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !unfinished.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
}

function sizeOf(folder: string): number {
  let size = 0;
  for (const entry of readdirSync(folder)) {
    try {
      size += statSync(join(folder, entry)).size;
    } catch {
      // Renamed or removed meanwhile.
    }
  }
  return size;
}

/** The last line it called an error, without folders of this computer. */
function complaintOf(said: string, folder: string): string | null {
  const line = said.split('\n').findLast((one) => one.startsWith('ERROR:'));
  if (line === undefined) return null;
  const clean = line.replace('ERROR:', '').replaceAll(folder, '').replaceAll(/\s+/g, ' ').trim();
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}

function killGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Over already.
  }
}
