import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserIfAny, findBrowser } from './find-browser.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'constat-find-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Something that answers `--version`, as far as a search can tell a browser. */
function fake(name: string, version: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "Browser ${version}"\n`);
  chmodSync(path, 0o755);
  return path;
}

const alone = { PLAYWRIGHT_BROWSERS_PATH: '/nonexistent' };

describe.skipIf(process.platform === 'win32')('finding a browser (needs a shell)', () => {
  it('takes the one the person names, or none', async () => {
    const named = fake('my-browser', '9.8.7.6');
    expect(await findBrowser({ ...alone, PATH: folder, CONSTAT_BROWSER: named })).toMatchObject({
      path: named,
      version: '9.8.7.6',
    });
    await expect(
      findBrowser({ PATH: process.env['PATH'], CONSTAT_BROWSER: '/nonexistent/chrome' }),
    ).rejects.toMatchObject({
      code: 'BROWSER_NOT_FOUND',
    });
  });

  it.skipIf(process.platform !== 'linux')(
    'prefers Chrome to Edge to Chromium, and hashes what it takes (Linux)',
    async () => {
      fake('microsoft-edge', '2.0.0.0');
      const edge = await browserIfAny({ ...alone, PATH: folder });
      expect(edge).toMatchObject({ name: 'Edge', version: '2.0.0.0' });
      const chrome = fake('google-chrome', '3.0.0.0');
      const found = await findBrowser({ ...alone, PATH: folder });
      expect(found).toMatchObject({ name: 'Chrome', path: chrome });
      expect(found.sha256).toBe(
        createHash('sha256').update('#!/bin/sh\necho "Browser 3.0.0.0"\n').digest('hex'),
      );
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'follows links, and passes over what does not run (Linux)',
    async () => {
      writeFileSync(join(folder, 'google-chrome'), '#!/bin/sh\nexit 1\n');
      chmodSync(join(folder, 'google-chrome'), 0o755);
      const real = fake('real', '4.0.0.0');
      symlinkSync(real, join(folder, 'microsoft-edge'));
      expect(await browserIfAny({ ...alone, PATH: folder })).toMatchObject({ name: 'Edge', path: real });
    },
  );
});
