import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page, type Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../fixtures/sample-site/served-log.ts';
import { startSampleSite, type SampleSite } from '../fixtures/sample-site/server.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

async function scrollToEnd(page: Page): Promise<void> {
  for (let step = 0; step < 12; step += 1) {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(60);
  }
}

describe.skipIf(executablePath === undefined)(
  'the sample site in Chromium (needs a Chromium in /usr/bin)',
  () => {
    let site: SampleSite;
    let browser: Browser;
    beforeAll(async () => {
      site = await startSampleSite();
      browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
    });
    afterAll(async () => {
      await browser.close();
      await site.close();
    });

    /** A page that collects what went wrong in it and what it received. */
    async function open(url: string): Promise<{ page: Page; faults: string[]; received: Response[] }> {
      const page = await browser.newPage();
      const faults: string[] = [];
      const received: Response[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('requestfailed', (request) => faults.push(`failed ${request.url()}`));
      page.on('response', (response) => received.push(response));
      await page.goto(url);
      return { page, faults, received };
    }

    const asked = (path: string) => site.log().filter((answer) => new URL(answer.url).pathname === path);

    it('shows the article with its font, related list, worker, beacon, lazy pictures and foreign frame', async () => {
      const { page, faults, received } = await open(site.urls.articleShort);
      expect(page.url()).toBe(site.urls.article);
      await page.locator('#related li').nth(3).waitFor();
      await expect.poll(() => page.locator('#reading').textContent()).toContain('min de lecture');
      expect(await page.evaluate(() => document.fonts.check("20px 'Courrier Signes'", 'CLO'))).toBe(true);
      expect(await page.evaluate(() => [...document.fonts].map((face) => face.status))).toEqual(['loaded']);
      await scrollToEnd(page);
      await page.frameLocator('iframe').getByText('Rivage Libre').waitFor();
      await expect
        .poll(() => page.evaluate(() => [...document.images].every((image) => image.naturalWidth > 0)))
        .toBe(true);
      expect(faults).toEqual([]);
      await expect.poll(() => asked('/mesure').length).toBe(1);
      expect(asked('/mesure')[0]?.requestBody?.bytes).toBeGreaterThan(20);
      expect(asked('/api/mots-cles.json')).toHaveLength(1);

      // What a worker loaded is gone with it; Playwright has the rest.
      const kinds = new Set(['document', 'stylesheet', 'image', 'font']);
      const readable = received.filter(
        (item) => item.status() === 200 && kinds.has(item.request().resourceType()),
      );
      const compared: string[] = [];
      for (const response of readable) {
        const entry = site.log().find((answer) => answer.url === response.url() && answer.status === 200);
        expect([response.url(), sha256(await response.body())]).toEqual([
          response.url(),
          entry?.decodedSha256,
        ]);
        compared.push(response.url());
      }
      expect(compared.length).toBeGreaterThan(9);
      await page.close();
    });

    it('draws the whole thread from pages of a JSON call, and registers a service worker that fetches', async () => {
      const { page, faults } = await open(site.urls.thread);
      await page.locator('#root .post').waitFor();
      await expect
        .poll(
          async () => {
            await page.mouse.wheel(0, 2000);
            return page.locator('#end').isVisible();
          },
          { timeout: 20_000 },
        )
        .toBe(true);
      expect(await page.locator('#feed .post').count()).toBe(48);
      await expect.poll(() => page.locator('#trends li').count()).toBe(4);
      await expect.poll(() => asked('/api/offline').length).toBe(1);
      expect(asked('/api/graphql').map((answer) => answer.encoding)).toEqual(['br', 'br', 'br', 'br']);
      expect(faults).toEqual([]);
      await page.close();
    });

    it('plays the video and can go to its end', async () => {
      const { page, faults } = await open(site.urls.video);
      const reached = await page.evaluate(async () => {
        const film = document.querySelector('video');
        if (!film) throw new Error('no video');
        film.currentTime = 8;
        await new Promise((resolve) => film.addEventListener('seeked', resolve, { once: true }));
        const before = film.currentTime;
        await film.play();
        await new Promise((resolve) => film.addEventListener('ended', resolve, { once: true }));
        return { duration: film.duration, before, after: film.currentTime, width: film.videoWidth };
      });
      expect(reached).toEqual({ duration: 9, before: 8, after: 9, width: 640 });
      expect(asked('/media/clip.webm').some((answer) => answer.status === 206)).toBe(true);
      expect(faults).toEqual([]);
      await page.close();
    });
  },
);
