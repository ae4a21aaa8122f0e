import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportBundle } from '../../src/main/bundle/export.ts';
import { findBrowser } from '../../src/main/capture/find-browser.ts';
import { bundleRequestSchema } from '../../src/shared/domain/bundle.ts';
import { MadeUpCase, sampleCase } from './bundle-case.ts';

let made: MadeUpCase;
let browser: Browser;
let reports: { en: string; fr: string };
beforeAll(async () => {
  made = await sampleCase();
  reports = { en: await write('en'), fr: await write('fr') };
  browser = await chromium.launch({ executablePath: (await findBrowser()).path, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  made.close();
});

async function write(language: 'en' | 'fr', of = made): Promise<string> {
  const destination = join(of.folder, `bundle-${language}`);
  await exportBundle(
    of.deps,
    bundleRequestSchema.parse({ destination, language, recipient: 'Maître Lefèvre' }),
  );
  return join(destination, 'data/report.html');
}

async function open(path: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && url !== `file://${path}`) complaints.push(`asked for ${url}`);
  });
  await page.goto(`file://${path}`);
  return { page, complaints };
}

describe('the report of a bundle, in a browser', () => {
  it.each(['en', 'fr'] as const)(
    'shows its pictures and style and complains of nothing (%s)',
    async (language) => {
      const { page, complaints } = await open(reports[language]);
      const pictures = await page
        .locator('figure img')
        .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
      expect(pictures).toEqual([1200, 1200, 1200]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(
        'rgb(255, 255, 255)',
      );
      expect(await page.locator('h1').textContent()).toBe('Basin Solidarity');
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it('says where, when, who, how, what came of it and what it does not show', async () => {
    const { page } = await open(reports.en);
    const exhibit = page.locator('#exhibit-1');
    for (const text of [
      'courier.example/2026/11/riots',
      'https://courier.example/2026/11/riots',
      '2026-11-22 17:00:00.000 UTC',
      '2026-11-23 04:00:00.000',
      'Pacific/Noumea',
      'Inès Carvalho',
      'Chromium 142.0.7444.59',
      'Basin Solidarity Initiative',
      'Named in the third paragraph.',
      made.list()[0]?.sha256 ?? '',
      'archive.wacz',
      '200',
    ]) {
      expect(await exhibit.textContent()).toContain(text);
    }
    const whole = (await page.locator('body').textContent()) ?? '';
    expect(whole).toContain('2 pictures below the fold were never asked for.');
    expect(whole).toMatch(/not signed by the server/);
    expect(whole).toContain(made.log.vkey);
    expect(whole).toContain(made.key.fingerprint);
    expect(whole).not.toMatch(/admissible|the server said(?! it)/);
    await page.close();
  });

  it('has a heading for every item, and says so where nothing is recorded', async () => {
    const { page } = await open(reports.en);
    const headings = await page.locator('h2#custody ~ h3').allTextContents();
    expect(headings.map((text) => text.split(':')[0])).toEqual([
      'The case and the operator',
      'Exhibit 1',
      'Exhibit 2',
      'Exhibit 3',
      'Actors',
      'Actors',
      'Earlier bundles',
      'Captures that were not sealed',
    ]);
    expect(await page.locator('h2#custody ~ h3:last-of-type + p').textContent()).toBe('Nothing is recorded.');
    await page.close();
  });

  it('prints on A4 without losing a line', async () => {
    const { page } = await open(reports.en);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 658, height: 982 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(658);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12]/);
    await page.close();
  });

  it('has no other time than those of the events and the one of the export', () => {
    const text = readFileSync(reports.en, 'utf8');
    const known = new Set(made.log.events().map(({ leaf }) => leaf.time.slice(0, 19).replace('T', ' ')));
    const times = [...text.matchAll(/(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d{3} UTC/g)].map(
      (match) => match[1] ?? '',
    );
    const others = times.filter((time) => !known.has(time) && !time.startsWith('2026-11-22 17:00:0'));
    expect(new Set(others).size).toBeLessThanOrEqual(1);
  });
});

describe('a page made to deceive', () => {
  it('neither runs in the report nor reaches the network from it', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const hostile = `</title></bdi></style><script>fetch('${origin}/a')</script><img src="${origin}/b" onerror="fetch('${origin}/c')"><link rel=stylesheet href=${origin}/d>`;
    const nasty = new MadeUpCase(hostile.slice(0, 200));
    const capture = await nasty.seal({
      url: 'https://x.example/',
      entered: hostile,
      title: hostile,
      body: 'x',
      remarks: [hostile],
    });
    const actor = nasty.actors.add({
      kind: 'person',
      name: hostile.slice(0, 200),
      note: hostile,
      handles: [{ platform: 'x', handle: hostile.slice(0, 200), url: 'javascript:alert(1)' }],
    });
    nasty.actors.link([capture.id], actor.id, 'author', hostile);
    const { page, complaints } = await open(await write('en', nasty));
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
    expect(asked).toEqual([]);
    expect(await page.locator('script, link, iframe, object, form').count()).toBe(0);
    expect(
      await page
        .locator('a[href]')
        .evaluateAll((links) =>
          links.map((a) => a.getAttribute('href')).filter((href) => !/^(#|captures\/)/.test(href ?? '')),
        ),
    ).toEqual([]);
    expect(await page.locator('#exhibit-1 h2').textContent()).toContain("<script>fetch('");
    await page.close();
    nasty.close();
    server.close();
  });
});
