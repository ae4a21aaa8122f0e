import { spawn, spawnSync, type ChildProcess } from 'node:child_process';

/** Whether a screen in memory can be made here (Xvfb), for tests with a real window. */
export const hasXvfb = process.platform === 'linux' && spawnSync('Xvfb', ['-help']).error === undefined;

/** A screen in memory: DISPLAY is set to it until it is closed. */
export async function openScreen(): Promise<{ close(): void }> {
  const before = { display: process.env['DISPLAY'], wayland: process.env['WAYLAND_DISPLAY'] };
  const server: ChildProcess = spawn(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const number = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb ended')));
    server.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes('\n')) resolve(said.trim());
    });
  });
  process.env['DISPLAY'] = `:${number}`;
  delete process.env['WAYLAND_DISPLAY'];
  return {
    close() {
      if (before.display === undefined) delete process.env['DISPLAY'];
      else process.env['DISPLAY'] = before.display;
      if (before.wayland !== undefined) process.env['WAYLAND_DISPLAY'] = before.wayland;
      server.removeAllListeners('exit');
      server.kill();
    },
  };
}
