import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Inside the project, so that what was built finds the packages beside it.
mkdirSync('out', { recursive: true });
const folder = mkdtempSync('out/test-desktop-');
const home = mkdtempSync(join(tmpdir(), 'constat-home-'));
let core: ChildProcess | undefined;

beforeAll(() => {
  const tool = 'node_modules/electron-vite/bin/electron-vite.js';
  const options = [
    '--config',
    'test/service/electron/shell-only.config.ts',
    '--outDir',
    folder,
    '--logLevel',
    'error',
  ];
  execFileSync(process.execPath, [tool, 'build', ...options], { stdio: 'pipe' });
});
afterAll(() => {
  core?.kill();
  rmSync(folder, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

describe('the desktop as it is built', () => {
  it('has a preload that a sandbox can load: one file, no package but Electron’s own', () => {
    const text = readFileSync(join(folder, 'preload', 'index.cjs'), 'utf8');
    expect([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(text).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer\s*[,)]/);
  });

  it('has a core that starts, makes its key for nobody else to read, and closes when told', async () => {
    const script = join(folder, 'main', 'core.js');
    const started = fork(script, [], {
      execArgv: ['--import', './test/service/electron/parent-port.mjs'],
      serialization: 'advanced',
    });
    core = started;
    const says = async () => (await once(started, 'message'))[0] as unknown;
    let next = says();
    started.send({ type: 'start', home, openCases: [] });
    expect(await next).toEqual({ type: 'started' });
    const kept = readdirSync(home);
    expect(kept).toContain('operator-key.pem');
    for (const name of kept) expect(statSync(join(home, name)).mode & 0o077).toBe(0);
    next = says();
    started.send({ type: 'target', id: 7, token: `r${'0'.repeat(32)}` });
    expect(await next).toEqual({ type: 'target', id: 7, target: null });
    next = says();
    started.send({ type: 'close' });
    expect(await next).toEqual({ type: 'closed' });
  });

  it('has a shell that is one module, with Electron and the packages left outside', () => {
    const text = readFileSync(join(folder, 'main', 'index.js'), 'utf8');
    expect(text).toMatch(/from ["']electron["']/);
    expect(text).toContain('core.js');
    expect(text).not.toContain('better-sqlite3');
  });
});
