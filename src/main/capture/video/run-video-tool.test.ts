import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findVideoTool } from './find-video-tool.ts';
import { runVideoTool, type VideoSaved } from './run-video-tool.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'constat-video-'));
  folder = join(root, 'capture');
  mkdirSync(folder);
  mkdirSync(join(root, 'bin'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A program of that name that does `work`, found and run as yt-dlp is. */
async function standIn(
  work: string,
  limits: { budget?: number; maxBytes?: number } = {},
): Promise<VideoSaved> {
  const path = join(root, 'bin', 'yt-dlp');
  writeFileSync(path, `#!/bin/sh\ncase "$*" in *--version*) echo 2026.01.01; exit 0;; esac\n${work}\n`);
  chmodSync(path, 0o755);
  const tool = await findVideoTool(folder, { PATH: join(root, 'bin') });
  if (!tool) throw new Error('not found');
  expect(tool).toMatchObject({ version: '2026.01.01', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  return runVideoTool({
    tool,
    url: 'https://a.test/watch',
    folder,
    proxyPort: 4711,
    userAgent: 'Agent',
    allowBadCertificates: false,
    budget: 20_000,
    maxBytes: 1_000_000,
    signal: new AbortController().signal,
    ...limits,
  });
}

const said = (name: string): string => readFileSync(join(root, name), 'utf8');

describe.skipIf(process.platform === 'win32')('yt-dlp, by a stand-in', () => {
  it('is given the exit as its only way out, a home of its own and no settings', async () => {
    const saved = await standIn(
      `echo "$@" > ${root}/arguments; /usr/bin/env > ${root}/env; pwd > ${root}/cwd; echo x > a.mp4; echo {} > a.info.json; echo x > b.mp4.part`,
    );
    expect(saved).toEqual({ files: ['a.info.json', 'a.mp4'], ended: null, complaint: null });
    const given = said('arguments');
    for (const argument of [
      '--ignore-config',
      '--no-cookies',
      '--no-cache-dir',
      '--proxy socks5h://127.0.0.1:4711',
    ])
      expect(given).toContain(argument);
    expect(given.trim().endsWith('-- https://a.test/watch')).toBe(true);
    expect(given).not.toContain('--no-check-certificate');
    const env = Object.fromEntries(
      said('env')
        .split('\n')
        .map((line) => line.split('=', 2)),
    );
    expect([env['HOME'], env['PATH'], env['TMPDIR'], env['XDG_CONFIG_HOME']]).toEqual(Array(4).fill(folder));
    expect(said('cwd').trim()).toBe(folder);
  });

  it('is ended with its children when its time is over or it saves too much, and what is whole is kept', async () => {
    const late = await standIn(`echo x > a.mp4; /bin/sleep 60 & echo $! > ${root}/child; wait`, {
      budget: 500,
    });
    expect(late).toMatchObject({ files: ['a.mp4'], ended: 'it was not over in time' });
    const child = Number(said('child'));
    for (let turn = 0; turn < 50 && isAlive(child); turn += 1) await sleep(20);
    expect(isAlive(child)).toBe(false);
    const big = await standIn('while :; do echo 0123456789 >> b.mp4.part; /bin/sleep 0.01; done', {
      maxBytes: 10,
    });
    expect(big.ended).toBe('it had saved more than 10 bytes');
  });

  it('says why it saved nothing, without folders of this computer', async () => {
    const { files, complaint } = await standIn(
      `echo "WARNING: x" >&2; echo "ERROR: Unsupported URL in ${folder}/x" >&2; exit 1`,
    );
    expect([files, complaint]).toEqual([[], 'Unsupported URL in /x']);
    rmSync(join(root, 'bin', 'yt-dlp'));
    expect(await findVideoTool(folder, { PATH: join(root, 'bin') })).toBeNull();
    expect(existsSync(folder)).toBe(true);
  });
});

/** A process that ended and was not yet taken leave of by its parent is over. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
