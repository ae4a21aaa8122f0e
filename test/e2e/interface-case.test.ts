import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { startApp, type App } from './support/start-app.ts';

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
  page = await app.open();
});
afterAll(() => app.close());

const nav = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

/** One person's way through one case; each step stands on the one before. */
describe('a case from its creation to a verified bundle', () => {
  it('is created with its facts, under a file name made of its title', async () => {
    await page.getByLabel('Title', { exact: true }).fill('The Lagoon montage');
    await page.getByLabel('Reference').fill('2026/114');
    await page.getByLabel('Your name in the log').fill('Ariki Teva');
    const file = page.getByRole('textbox', { name: 'File', exact: true });
    expect(await file.inputValue()).toMatch(/[\\/]the-lagoon-montage\.constat$/);
    await file.fill(join(app.folder, 'lagoon.constat'));
    await page.getByRole('button', { name: 'Create case' }).click();
    await page.getByRole('heading', { name: 'Nothing captured yet' }).waitFor();
    await eventually(() => page.getByRole('navigation').innerText()).toContain('2026/114');
  });

  it('captures an article and says which step it is at', async () => {
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByText('Allow private addresses', { exact: true }).click();
    await page.getByText('Make a PDF of the page').click();
    const field = page.getByLabel('Addresses to capture');
    await field.fill(app.site.urls.article);
    const job = page.getByRole('region', { name: 'Captures under way' });
    await field.press('Enter');
    await eventually(() => job.innerText()).toMatch(/\(\d+ of \d+\)/);
    await eventually(() => job.innerText()).toMatch(/[1-9]\d* answers, .*kB/);
    const announced = page.getByRole('status').filter({ hasText: app.site.urls.article });
    await announced.first().waitFor({ state: 'attached' });
    const row = page.getByRole('option', { name: /Le montage du pont/ });
    await row.waitFor({ timeout: 60_000 });
    expect(await row.innerText()).toMatch(/Exhibit 1[\s\S]*Complete/);
    await eventually(() => job.count()).toBe(0);
    // Leave to reach into this network was for that capture only.
    expect(await page.getByRole('checkbox', { name: 'Allow private addresses' }).isChecked()).toBe(false);
  });

  it('shows the page and tells its provenance in sentences', async () => {
    await page.getByRole('option').first().click();
    const picture = page.getByRole('img', { name: /Screenshot of the window: Le montage du pont/ });
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1280);
    await page.getByRole('tab', { name: 'Provenance' }).click();
    const account = page.getByRole('tabpanel');
    await eventually(() => account.innerText()).toMatch(/Ariki Teva captured this page on .* UTC/);
    expect(await account.innerText()).toMatch(/The answer came from 127\.0\.0\.1/);
    await page.getByRole('button', { name: 'Requests and answers' }).click();
    const answers = page.getByRole('list', { name: 'Requests and answers' });
    expect(await answers.innerText()).toMatch(/article\.js[\s\S]*sha256:[0-9a-f]{64}/);
    await page.getByRole('tab', { name: 'Page', exact: true }).click();
  });

  it('plays the page again, in another origin', async () => {
    await page.getByRole('tab', { name: 'Replay' }).click();
    const frame = page.locator('iframe');
    await frame.waitFor();
    const origin = new URL((await frame.getAttribute('src')) ?? '').origin;
    expect(origin).not.toBe(app.host.origin);
    const replayed = () =>
      Promise.all(
        page.frames().map((each) =>
          each
            .locator('body')
            .innerText({ timeout: 1000 })
            .catch(() => ''),
        ),
      );
    await eventually(async () => (await replayed()).join(' ')).toContain('Port-Clarence');
    await page.getByRole('tab', { name: 'Page', exact: true }).click();
  });

  it('is tagged by keyboard alone, and a tag is taken away and brought back the same way', async () => {
    await page.getByRole('listbox', { name: 'Captures' }).focus();
    await page.keyboard.press('t');
    const dialog = page.getByRole('dialog', { name: 'Actors in exhibit 1' });
    await dialog.waitFor();
    await page.keyboard.type('@rivage_libre');
    await dialog.getByRole('option', { name: 'Add the account' }).waitFor();
    await page.keyboard.press('Enter');
    const chips = dialog.getByRole('grid', { name: 'Actors' });
    await chips.getByText('@rivage_libre').waitFor();
    // The field is empty and ready for the next.
    await page.keyboard.type('Courrier du Lagon');
    const outlet = dialog.getByRole('option', { name: 'Add the outlet' });
    await outlet.waitFor();
    for (let row = 0; row < 3; row += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await chips.getByText('Courrier du Lagon').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');

    const header = page
      .getByRole('region', { name: 'Capture', exact: true })
      .getByRole('grid', { name: 'Actors' });
    await header.getByRole('row', { name: /Courrier du Lagon/ }).focus();
    await page.keyboard.press('Delete');
    await eventually(() => header.getByRole('row').count()).toBe(1);
    // Earlier notices, each with an Undo of its own, may still stand.
    const notice = page.getByRole('alertdialog').filter({ hasText: 'Courrier du Lagon removed from' });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => header.getByRole('row').count()).toBe(2);
  });

  it('keeps every one of these deeds in the timeline of the capture', async () => {
    await page.getByRole('tab', { name: 'Custody' }).click();
    const timeline = page.getByRole('list', { name: 'Custody log' });
    const sentences = [
      /was captured and sealed as exhibit 1/,
      /The capture was looked at/,
      /The capture was replayed/,
      /@rivage_libre was tagged on the capture \(Author\)/,
      /Courrier du Lagon was tagged on the capture/,
      /Courrier du Lagon was removed from the capture/,
    ];
    await eventually(() => timeline.innerText()).toMatch(/removed from the capture/);
    const text = await timeline.innerText();
    for (const sentence of sentences) expect(text).toMatch(sentence);
  });

  it('copies a reference that a report can point with', async () => {
    await page.getByRole('button', { name: 'Copy reference' }).click();
    await page.getByText('Reference copied.').first().waitFor();
    // The page may not read the clipboard; a person pastes.
    const field = page.getByLabel('Addresses to capture');
    await field.focus();
    await page.keyboard.press('ControlOrMeta+v');
    const pasted = await field.inputValue();
    expect(pasted).toMatch(/^Exhibit 1: Le montage du pont/);
    expect(pasted).toMatch(
      /Captured \(UTC\): \d{4}-\d\d-\d\dT.*Z\nSHA-256 of the sealed archive: [0-9a-f]{64}/,
    );
    await field.fill('');
  });

  it('is verified, check by check', async () => {
    await nav('Verify');
    await page.getByRole('button', { name: 'Verify this case' }).click();
    await page.getByRole('heading', { name: 'Everything checks out' }).waitFor({ timeout: 30_000 });
    expect(await page.getByRole('main').innerText()).toMatch(/exhibit 1\n/);
  });

  it('is exported, and the bundle verified at once', async () => {
    await nav('Export');
    const bundle = join(app.folder, 'bundle');
    await page.getByLabel('Destination').fill(bundle);
    await page.getByLabel('Recipient').fill('Cabinet Teriki');
    await eventually(() => page.getByRole('complementary').innerText()).toMatch(/1 capture, 2 actors/);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('heading', { name: 'The bundle is written' }).waitFor({ timeout: 30_000 });
    expect(readFileSync(join(bundle, 'bag-info.txt'), 'utf8')).toContain('Cabinet Teriki');
    await page.getByRole('button', { name: 'Verify this bundle now' }).click();
    await page.getByRole('heading', { name: 'Everything checks out' }).waitFor({ timeout: 30_000 });
  });

  it('is found again among the recent cases, and nothing was complained of on the way', async () => {
    await nav('Cases');
    await page
      .getByRole('button', { name: /The Lagoon montage/ })
      .first()
      .click();
    await page.getByRole('option', { name: /Le montage du pont/ }).waitFor();
    expect(app.complaints).toEqual([]);
  });
});
