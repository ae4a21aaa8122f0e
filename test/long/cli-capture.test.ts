import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleSite, type SampleSite } from '../fixtures/sample-site/server.ts';

const main = fileURLToPath(new URL('../../src/main/hosts/cli/main.ts', import.meta.url));
let folder = '';
let site: SampleSite;

/** Asynchronous, because the sample site answers from this very process. */
function constat(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = { ...process.env, CONSTAT_HOME: join(folder, 'home'), CONSTAT_CASE: 'case.constat' };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
  const run = { status: null as number | null, stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => (run.stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (run.stderr += bytes.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ ...run, status })));
}

/** A port of this machine on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function captureCount(): Promise<number> {
  const captures: unknown = JSON.parse((await constat('list', '--json')).stdout);
  return Array.isArray(captures) ? captures.length : Number.NaN;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'constat-cli-'));
  site = await startSampleSite();
  await constat('new', 'case.constat', '--title', 'The way of a case');
  await constat('capture', site.urls.organisation, '--allow-private', '--no-pdf');
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the whole way on the command line', () => {
  it('captures, tags, exports and verifies', async () => {
    expect(await captureCount()).toBe(1);
    await constat('actor', 'add', 'Initiative', '--kind', 'organisation');
    expect((await constat('tag', '1', '--actor', 'initiative', '--role', 'author')).stdout).toContain(
      'author of exhibit 1',
    );
    const shown = await constat('show', '1');
    expect(shown.stdout).toContain('Initiative: author');
    expect(shown.stdout).toContain('item.sealed');
    expect(shown.status).toBe(0);

    expect((await constat('verify')).stdout).toMatch(/^VERIFIED/m);
    const exported = await constat('export', 'handover', '--recipient', 'A court');
    expect(exported.stderr).toBe('');
    const zipped = await constat('export', 'handover.zip');
    expect(zipped.status).toBe(0);
    for (const bundle of ['handover', 'handover.zip']) {
      const verified = await constat('verify', bundle);
      expect(verified.stdout).toMatch(/^VERIFIED/m);
      expect(verified.stdout).toMatch(/^Signed with the key SHA256:/m);
      expect(verified.status).toBe(0);
    }
    const again = await constat('export', 'handover');
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('Nothing was overwritten');
  });

  it('notices a flipped bit in the case and names the item', async () => {
    cpSync(join(folder, 'case.constat'), join(folder, 'bent.constat'));
    const bytes = readFileSync(join(folder, 'bent.constat'));
    const inside =
      bytes.indexOf('WARC-Type') >= 0
        ? bytes.indexOf('WARC-Type')
        : bytes.indexOf('archive/data.warc.gz') + 2000;
    bytes[inside] = (bytes[inside] ?? 0) ^ 1;
    writeFileSync(join(folder, 'bent.constat'), bytes);
    const run = await constat('verify', 'bent.constat');
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^FAIL .*exhibit 1/m);
    expect(run.stdout).toMatch(/^NOT VERIFIED/m);
  });

  it('notices a flipped bit in a bundle and names the file', async () => {
    cpSync(join(folder, 'handover'), join(folder, 'bent'), { recursive: true });
    const [capture] = readdirSync(join(folder, 'bent', 'data', 'captures'));
    const path = join(folder, 'bent', 'data', 'captures', capture ?? '', 'view.png');
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const run = await constat('verify', 'bent');
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^FAIL .*view\.png/m);
  });
});

describe('addresses that cannot be captured', () => {
  it('says in one sentence why not, loses nothing and leaves nothing half-written', async () => {
    const before = await captureCount();
    const refusals: [url: string, option: string[], sentence: RegExp, status: number][] = [
      ['http://no-such-name.invalid/', [], /could not be found/, 1],
      [`http://127.0.0.1:${await closedPort()}/`, ['--allow-private'], /refused the connection/, 1],
      ['http://192.168.77.1/', [], /a private address of this machine or network/, 2],
      ['http://localhost/', [], /a private address of this machine or network/, 2],
    ];
    for (const [url, option, sentence, status] of refusals) {
      const run = await constat('capture', url, ...option);
      expect(run.stderr).toMatch(sentence);
      expect(run.stderr.trim().split('\n')).toHaveLength(1);
      expect(run.status).toBe(status);
    }
    expect(await captureCount()).toBe(before);
    expect((await constat('verify')).status).toBe(0);
  });

  it('captures a page that is missing, and says that it is', async () => {
    const run = await constat('capture', site.urls.missing, '--allow-private', '--no-pdf', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject([{ capture: { httpStatus: 404 } }]);
    expect(run.stdout).toContain('404');
  });
});
