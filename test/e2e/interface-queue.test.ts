import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { captureOptionsSchema } from '../../src/shared/domain/capture-options.ts';
import { eventually } from './support/eventually.ts';
import { startApp, type App } from './support/start-app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('goes on with what was left only when told to, and takes a list by keyboard, showing what is in it', async () => {
  const { workspace } = app.host;
  const made = workspace.create(join(app.folder, 'queue.constat'), {
    title: 'Queue',
    reference: '',
    purpose: '',
  });
  made.captures.hold(true);
  const options = captureOptionsSchema.parse({});
  const text = Array.from({ length: 60 }, (_, i) => `http://no-such-name.invalid/${i}`).join('\n');
  await made.captures.startList({ text, options, again: false });
  const caseId = made.file.info.id;
  await workspace.closeCase(caseId);
  const { captures } = workspace.open(made.file.path);

  const page = await app.open();
  await page.evaluate((hash) => window.location.assign(hash), `#/case/${caseId}/captures`);
  const banner = page.getByText('60 captures were still to be done');
  await banner.waitFor();
  const jobs = page.getByRole('region', { name: 'Captures under way' });
  await eventually(() => jobs.getByRole('listitem').count()).toBe(20);
  expect(await jobs.getByText('and 40 more').count()).toBe(1);
  const look = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations;
  expect((await look()).map(({ id }) => id)).toEqual([]);
  expect(captures.summary()).toMatchObject({ interrupted: 60, queued: 0, running: 0 });

  // Held, so that what goes on is seen and not done.
  captures.hold(true);
  await page.getByRole('button', { name: 'Go on' }).first().press('Enter');
  await eventually(() => captures.summary()).toMatchObject({ interrupted: 0, queued: 60 });
  await banner.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Capture a list…' }).press('Enter');
  await page.keyboard.insertText(
    'http://no-such-name.invalid/new\nhttp://no-such-name.invalid/3\nnot an address\n',
  );
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 new, 1 known already and left out, 1 not understood').waitFor();
  expect(await dialog.getByRole('list', { name: 'Lines to look at' }).innerText()).toMatch(
    /Line 2: already asked for: .*\/3\s+Line 3: “not an address” is not a web address/,
  );
  expect((await look()).map(({ id }) => id)).toEqual([]);
  await dialog.getByRole('button', { name: 'Capture 1 address' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await eventually(() => captures.summary().queued).toBe(61);
  await page.getByRole('button', { name: 'Cancel all to come' }).press('Enter');
  await eventually(() => captures.summary()).toMatchObject({ queued: 0, cancelled: 61 });
  expect(app.complaints).toEqual([]);
});
