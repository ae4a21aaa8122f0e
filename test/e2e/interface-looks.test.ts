import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stageCase, type StagedCase } from './support/stage-case.ts';
import { eventually } from './support/eventually.ts';
import { startApp, type App } from './support/start-app.ts';

let app: App;
let staged: StagedCase;

beforeAll(async () => {
  app = await startApp();
  staged = await stageCase(app, 'looks', [
    { url: app.site.urls.article },
    // A limit that the page does not fit into: something is missing, and the capture says so.
    { url: app.site.urls.arabic, options: { maxBytes: 200 } },
  ]);
});
afterAll(() => app.close());
afterEach(() => app.closeWindows());

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

function routes(): Record<string, string> {
  const inCase = `/case/${staged.caseId}`;
  const capture = `${inCase}/captures/${staged.captureIds[0]}`;
  return {
    cases: '/',
    settings: '/settings',
    'check a bundle': '/check',
    captures: `${inCase}/captures`,
    'a capture': capture,
    'a partial capture': `${inCase}/captures/${staged.captureIds[1]}`,
    provenance: `${capture}?view=provenance`,
    custody: `${capture}?view=custody`,
    replay: `${capture}?view=replay`,
    actors: `${inCase}/actors`,
    'an actor': `${inCase}/actors/${staged.actorId}`,
    verify: `${inCase}/verify`,
    export: `${inCase}/export`,
    nowhere: '/nowhere',
  };
}

async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => window.location.assign(hash), `#${route}`);
  await page.waitForFunction(
    (hash) => decodeURIComponent(window.location.hash).startsWith(hash),
    `#${route}`,
  );
  await eventually(() =>
    page.getByText(/(Reading|Opening|Preparing|Lecture|Ouverture|Préparation) .*…$/).count(),
  ).toBe(0);
}

async function violations(page: Page, look: Look): Promise<string[]> {
  // Captured pages are somebody else's; a replay is not looked into.
  const { violations: found } = await look(
    new AxeBuilder({ page }).setLegacyMode().exclude('iframe'),
  ).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** What the theme can change is looked at in both; the rest, which takes the most of the time, in one. */
const themes = [
  { colorScheme: 'light', look: (axe: AxeBuilder) => axe.withTags(standards) },
  { colorScheme: 'dark', look: (axe: AxeBuilder) => axe.withRules(['color-contrast', 'link-in-text-block']) },
] as const;
type Look = (typeof themes)[number]['look'];

describe.each(themes)('in $colorScheme', ({ colorScheme, look }) => {
  it('every route passes axe at WCAG 2.2 AA', async () => {
    const page = await app.open({ colorScheme });
    const found: Record<string, string[]> = {};
    for (const [name, route] of Object.entries(routes())) {
      await goTo(page, route);
      const here = await violations(page, look);
      if (here.length > 0) found[name] = here;
    }
    expect(found).toEqual({});
  });

  it('what opens over a page passes too: palette, shortcuts, tag editor, options', async () => {
    const page = await app.open({ colorScheme });
    await goTo(page, routes()['a capture'] ?? '');
    const found: Record<string, string[]> = {};
    const check = async (name: string) => {
      const here = await violations(page, look);
      if (here.length > 0) found[name] = here;
      await page.keyboard.press('Escape');
    };
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await check('palette');
    await page.keyboard.press('F1');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await check('shortcuts');
    await page.getByRole('listbox', { name: 'Captures' }).press('t');
    await page.getByRole('dialog', { name: 'Actors in exhibit 1' }).waitFor();
    await check('tag editor');
    await page.getByRole('button', { name: 'Options' }).click();
    await check('options');
    expect(found).toEqual({});
  });
});

describe('the state of a capture', () => {
  it('is said in a word, and what is missing is never green', async () => {
    const page = await app.open({ colorScheme: 'light' });
    await goTo(page, routes()['a partial capture'] ?? '');
    const header = page.getByRole('region', { name: 'Capture', exact: true });
    await header
      .getByText(/missing/)
      .first()
      .waitFor();
    const colour = (word: string) =>
      page
        .getByRole('option')
        .getByText(word, { exact: true })
        .first()
        .evaluate((badge) => getComputedStyle(badge).color);
    expect(await header.getByText('Partial', { exact: true }).count()).toBe(1);
    expect(await colour('Partial')).not.toBe(await colour('Complete'));
  });
});

describe('in French', () => {
  it('speaks French on every route, and dates and numbers with it', async () => {
    const page = await app.open({ locale: 'fr-FR' });
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await goTo(page, routes()['provenance'] ?? '');
    const text = await page.getByRole('main').innerText();
    expect(text).toMatch(/a capturé cette page le \d+ \S+ \d{4}/);
    expect(text).toMatch(/Pièce 1/);
    expect(text).toMatch(/\d,\d\sMo|\d+\sko/u);
    for (const route of Object.values(routes())) {
      await goTo(page, route);
      // What the record itself says stays in its own language, and is marked as such.
      const spoken = await page.evaluate(() => {
        for (const quoted of document.querySelectorAll('[lang=en], iframe')) quoted.remove();
        return document.body.innerText;
      });
      expect(spoken).not.toMatch(/\b(the|Exhibit|Settings|Captured|Choose)\b/);
    }
  });

  it('is kept when chosen, with the theme, for the next window and the next start', async () => {
    const page = await app.open();
    await goTo(page, '/settings');
    await page.getByText('Français', { exact: true }).click();
    await page.getByText('Sombre', { exact: true }).click();
    await eventually(() => app.host.workspace.settings.preferences).toMatchObject({
      language: 'fr',
      theme: 'dark',
    });
    const other = await app.open();
    await other.getByRole('heading', { name: 'Dossiers', level: 1 }).waitFor();
    expect(await other.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
    app.host.workspace.settings.preferences = {
      language: 'system',
      theme: 'system',
      sidebar: true,
      listWidth: 430,
    };
  });
});

describe('on a narrow screen', () => {
  it('shows one column that needs no sideways scrolling, on every route', async () => {
    const page = await app.open({ viewport: { width: 400, height: 760 } });
    const wide: string[] = [];
    for (const [name, route] of Object.entries(routes())) {
      await goTo(page, route);
      const { full, shown } = await page.evaluate(() => ({
        full: document.documentElement.scrollWidth,
        shown: document.documentElement.clientWidth,
      }));
      if (full > shown) wide.push(name);
    }
    expect(wide).toEqual([]);
    await goTo(page, routes()['captures'] ?? '');
    await page.getByRole('option').first().click();
    await page.getByRole('link', { name: 'All captures' }).click();
    await page.getByRole('option').first().waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Verify' }).click();
    await page.getByRole('heading', { name: 'Verify', level: 1 }).waitFor();
  });
});

it('keys work on the capture that is looked at, however one came to it', async () => {
  const page = await app.open();
  await goTo(page, routes()['captures'] ?? '');
  await page.getByRole('option', { name: /Le montage du pont/ }).click();
  await page.getByRole('heading', { name: /Le montage du pont/, level: 2 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('صورة');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /صورة/, level: 2 }).waitFor();
  await page.getByRole('listbox', { name: 'Captures' }).press('t');
  await page.getByRole('dialog', { name: 'Actors in exhibit 2' }).waitFor();
});

it('F6 goes from pane to pane and round again', async () => {
  const page = await app.open();
  await goTo(page, routes()['a capture'] ?? '');
  const pane = () =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('aria-label'));
  const visited: (string | null | undefined)[] = [];
  for (let press = 0; press < 4; press += 1) {
    await page.keyboard.press('F6');
    visited.push(await pane());
  }
  expect(visited).toEqual(['Main', 'Captures', 'Capture', 'Main']);
});

it('names and titles of captured pages stay in their own direction', async () => {
  const page = await app.open();
  await goTo(page, routes()['captures'] ?? '');
  const title = page.getByRole('option').first().locator('bdi').first();
  expect(await title.innerText()).toMatch(/\p{Script=Arabic}/u);
  expect(await title.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
});

it('the content security policy had nothing to refuse', () => {
  expect(app.complaints).toEqual([]);
});
