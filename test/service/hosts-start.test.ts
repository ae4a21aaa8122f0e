import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, it } from 'vitest';
import { browserCommand, hasDisplay } from '../../src/main/hosts/web/open-browser.ts';
import { temporaryFolders } from './hosts/interface-folder.ts';
import { ask } from './hosts/requests.ts';

const folders = temporaryFolders();
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  folders.remove();
});

/** `npm start` without a display, as far as it speaks until `until` is said or it ends. */
async function start(given: string[], until: RegExp): Promise<{ child: ChildProcess; said: string }> {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const child = spawn(process.execPath, ['scripts/start.ts', ...given], {
    env: { ...rest, CONSTAT_HOME: folders.home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  await new Promise<void>((resolve) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      if (until.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => resolve());
  });
  return { child, said };
}

it(
  'without a display: one plain line, the address, and an end with Ctrl-C',
  { timeout: 120_000 },
  async () => {
    const { child, said } = await start([], /Ctrl-C/);
    if (process.platform === 'linux')
      expect(said).toContain(
        'The Electron window cannot be had here (this machine has no display); opening the same interface in a browser.\n',
      );
    const address = /http:\/\/127\.0\.0\.1:(\d+)(\/\?token=[\w-]+)/.exec(said);
    const port = Number(address?.[1]);
    expect((await ask(port, address?.[2] ?? '')).status).toBe(200);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await expect(ask(port, '/')).rejects.toThrow(/ECONNREFUSED/);
  },
);

it('what is not understood or cannot be opened is said in a sentence', { timeout: 120_000 }, async () => {
  const wrong = await start(['--port', 'abc'], /$^/);
  expect(wrong).toMatchObject({ said: '“abc” is no port\n', child: { exitCode: 2 } });
  const none = await start(['--web', `${folders.cases}/none.constat`], /$^/);
  expect(none.said).toContain(`There is no case file at ${folders.cases}/none.constat.`);
  expect(none.child.exitCode).toBe(1);
});

it('a browser is opened only where there is something to show it on', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(browserCommand('http://x/', 'linux', {})).toBeNull();
  expect(browserCommand('http://x/', 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', 'http://x/']);
  expect(browserCommand('http://x/', 'linux', { WAYLAND_DISPLAY: 'wayland-0' })?.[0]).toBe('xdg-open');
  expect(browserCommand('http://x/', 'darwin', {})).toEqual(['open', 'http://x/']);
  expect(browserCommand('http://x/&y', 'win32', {})).toEqual([
    'rundll32',
    'url.dll,FileProtocolHandler',
    'http://x/&y',
  ]);
});
