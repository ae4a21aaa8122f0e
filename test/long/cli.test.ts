import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/main/hosts/cli/main.ts', import.meta.url));
let folder = '';

interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

function constat(...args: string[]): Run {
  return spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CONSTAT_HOME: join(folder, 'home'), CONSTAT_CASE: '' },
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'constat-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line, before anything is captured', () => {
  it.each(['new', 'capture', 'list', 'show', 'actor', 'tag', 'export', 'verify', 'serve'])(
    'explains “%s”',
    (command) => {
      const run = constat(command, '--help');
      expect(run.status).toBe(0);
      expect(run.stdout).toContain(`Usage: constat ${command}`);
    },
  );

  it('says what its exit statuses mean', () => {
    expect(constat('--help').stdout).toMatch(/Exit status: 0 done; 1 .*; 2 .*/s);
  });

  it('refuses a command it does not know, with status 2', () => {
    expect(constat('frobnicate').status).toBe(2);
  });

  it('creates a case once and never over another file', () => {
    const made = constat('new', 'one.constat', '--title', 'One', '--json');
    expect(made.status).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ title: 'One', captureCount: 0, eventCount: 2 });
    const again = constat('new', 'one.constat', '--title', 'Two');
    expect(again.status).toBe(4);
    expect(again.stderr).toContain('There is already a file');
    expect(again.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses a place it cannot write to and leaves nothing there', () => {
    const run = constat('new', 'no-such-folder/one.constat', '--title', 'One');
    expect(run.status).toBe(4);
    expect(run.stderr).toContain('cannot be written');
    expect(existsSync(join(folder, 'no-such-folder'))).toBe(false);
  });

  it('verifies an empty case and says so', () => {
    const run = constat('verify', 'one.constat');
    expect(run.stdout).toContain('VERIFIED');
    expect(run.status).toBe(0);
  });

  it('names a file that is no case', () => {
    const run = constat('verify', main);
    expect(run.status).toBe(4);
    expect(run.stderr).toContain('is not a Constat case');
  });

  it.each([
    ['file:///etc/passwd', 'http and https only'],
    ['javascript:alert(1)', 'http and https only'],
    ['not an address', 'is not a web address'],
  ])('refuses to capture %s', (url, sentence) => {
    const run = constat('capture', url, '--case', 'one.constat');
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(sentence);
    expect(JSON.parse(constat('list', '--case', 'one.constat', '--json').stdout)).toEqual([]);
  });

  it('prints a problem as JSON where JSON was asked for', () => {
    const run = constat('show', '7', '--case', 'one.constat', '--json');
    expect(run.status).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({
      problem: { code: 'CAPTURE_NOT_FOUND', params: { id: '7' } },
    });
  });

  it('adds actors and lists them', () => {
    const run = constat(
      'actor',
      'add',
      'Ilona Vey',
      '--kind',
      'person',
      '--handle',
      'microblog:@ilona',
      '--case',
      'one.constat',
    );
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(constat('actor', 'list', '--case', 'one.constat').stdout).toContain('microblog:@ilona');
    const wrong = constat('actor', 'add', 'X', '--kind', 'ghost', '--case', 'one.constat');
    expect(wrong.status).toBe(2);
  });
});
