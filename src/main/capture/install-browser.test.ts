import { expect, it } from 'vitest';
import { ensureBrowser } from './install-browser.ts';

it('installs nothing over a browser the person named, and says what is wrong with it', async () => {
  const lines: string[] = [];
  const trying = ensureBrowser((line) => lines.push(line), {
    PATH: process.env['PATH'],
    CONSTAT_BROWSER: '/nonexistent/chrome',
  });
  await expect(trying).rejects.toMatchObject({ code: 'BROWSER_NOT_FOUND' });
  expect(lines).toEqual([
    'CONSTAT_BROWSER is /nonexistent/chrome, which is no browser that runs. Correct it or unset it.',
  ]);
});
