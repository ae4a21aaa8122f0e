import { execFileSync } from 'node:child_process';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronBinary } from '../../scripts/start/electron.ts';
import { hasDisplay } from '../../src/main/hosts/web/open-browser.ts';
import { temporaryFolders } from './hosts/interface-folder.ts';

const binary = electronBinary('node_modules/electron');
const missing = [
  ...(binary === null ? ['the Electron binary'] : []),
  ...(hasDisplay() ? [] : ['a display']),
  ...(process.getuid?.() === 0 ? ['another user than root'] : []),
];
const without = missing.length === 0 ? '' : ` (needs ${missing.join(', ')})`;

describe.skipIf(missing.length > 0)(`the desktop window${without}`, () => {
  const folders = temporaryFolders();
  let app: ElectronApplication;

  beforeAll(async () => {
    execFileSync(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build'], {
      stdio: 'pipe',
    });
    const env = { ...process.env, CONSTAT_HOME: folders.home };
    app = await _electron.launch({
      executablePath: binary ?? '',
      args: ['.'],
      env,
    });
  });
  afterAll(async () => {
    await app?.close();
    folders.remove();
  });

  it('shows the interface from its own scheme, and gives its page nothing of Node', async () => {
    const page = await app.firstWindow();
    expect(page.url()).toMatch(/^app:\/\/constat\//);
    expect(
      await page.evaluate(() => ({
        shell: 'constat' in window,
        require: 'require' in window,
        process: 'process' in window,
      })),
    ).toEqual({
      shell: true,
      require: false,
      process: false,
    });
    await page.getByRole('heading').first().waitFor();
  });

  it('is off the network', async () => {
    const page = await app.firstWindow();
    expect(
      await page.evaluate(() =>
        fetch('https://example.org/').then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
  });
});
