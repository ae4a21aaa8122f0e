import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findBrowser } from '../../../src/main/capture/find-browser.ts';
import { ensureBuilt } from '../../../src/main/hosts/interface/built.ts';
import { startWebHost, type WebHost } from '../../../src/main/hosts/web/host.ts';
import { startSampleSite, type SampleSite } from '../../fixtures/sample-site/server.ts';

/** The application as a person has it before them: the browser host, a folder of their own, and a browser looking at it. */
export interface App {
  host: WebHost;
  site: SampleSite;
  browser: Browser;
  /** A folder of this run; cases and bundles are put here. */
  folder: string;
  /** Everything the pages complained of: errors, and what the content security policy refused. */
  complaints: string[];
  /** A new window on the interface, with a fresh address. */
  open(options?: BrowserContextOptions): Promise<Page>;
  closeWindows(): Promise<void>;
  close(): Promise<void>;
}

/** What Chromium says of its own accord: it asks for an icon of the page that only redeems the token. */
const noise = /favicon\.ico|ResizeObserver loop/;

/** Starts all of it; the interface is built first where its sources are newer. */
export async function startApp(): Promise<App> {
  const rendererDir = ensureBuilt('interface', () => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'constat-interface-'));
  const { path } = await findBrowser();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const site = await startSampleSite();
  const host = await startWebHost({ home: join(folder, 'home'), rendererDir });
  const browser = await chromium.launch({ executablePath: path, args });
  const complaints: string[] = [];
  return {
    host,
    site,
    browser,
    folder,
    complaints,
    async open(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1360, height: 860 },
        locale: 'en-GB',
        ...options,
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        const isOurs =
          message.location().url.startsWith(host.origin) || /Content Security Policy/.test(message.text());
        if (
          isOurs &&
          ['error', 'warning'].includes(message.type()) &&
          !noise.test(message.location().url + message.text())
        ) {
          complaints.push(`${message.text()} ${message.location().url}`);
        }
      });
      await page.goto(host.newAddress());
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      return page;
    },
    async closeWindows() {
      for (const context of browser.contexts()) await context.close();
    },
    async close() {
      await browser.close();
      await host.close();
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
