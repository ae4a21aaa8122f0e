import { createRouterClient } from '@orpc/server';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { router } from '../../src/main/api/router.ts';
import { findBrowser } from '../../src/main/capture/find-browser.ts';
import { startWebHost, type WebHost } from '../../src/main/hosts/web/host.ts';
import { temporaryFolders } from '../service/hosts/interface-folder.ts';
import { startSmallSite, type SmallSite } from '../service/hosts/small-site.ts';

const folders = temporaryFolders();
let site: SmallSite;
let host: WebHost;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let replay: string;
const stray: string[] = [];

function api() {
  return createRouterClient(router, { context: { workspace: host.workspace } });
}

beforeAll(async () => {
  site = await startSmallSite();
  host = await startWebHost({ home: folders.home, rendererDir: folders.rendererDir });
  const { id: caseId } = await api().cases.create({
    path: `${folders.cases}/replay.constat`,
    title: 'Replay',
  });
  const news = await api().captures.watch({ caseId });
  const options = { allowPrivateAddresses: true, pdf: false, settleTimeout: 500, scrollTimeout: 500 };
  await api().captures.start({ caseId, urls: [site.url], options });
  for await (const one of news) {
    if (one.type !== 'sealed') continue;
    replay = (await api().captures.replay({ caseId, captureId: one.capture.id })).url;
    break;
  }
  // The live page is gone: what is shown from here on can only come from the case.
  await site.close();
  site.asked.length = 0;

  const { path: executablePath } = await findBrowser();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({
    executablePath,
    args,
  });
  context = await browser.newContext();
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol === 'http:' && hostname !== '127.0.0.1' && !hostname.endsWith('.localhost'))
      stray.push(request.url());
  });
  page = await context.newPage();
  await page.goto(host.url);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  folders.remove();
});

it('the printed address opens the interface, and leaves no token in the address bar', async () => {
  await page.waitForURL(`${host.origin}/`);
  expect(await page.textContent('h1')).toBe('Interface');
  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', domain: new URL(host.origin).hostname });
});

it('a capture that was really made is replayed from the case in a frame of the interface', async () => {
  await page.evaluate((address) => {
    const frame = Object.assign(document.createElement('iframe'), { src: address, title: 'Replay' });
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
    document.body.append(frame);
  }, replay);
  const shown = () => page.frames().find((frame) => frame.url().endsWith(`mp_/${site.url}`));
  await expect
    .poll(
      () =>
        shown()
          ?.locator('h1')
          .textContent({ timeout: 1000 })
          .catch(() => null),
      { timeout: 20_000 },
    )
    .toBe('The bridge is closed');
  const photo = shown()?.locator('#photo');
  await expect
    .poll(() => photo?.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
    .toBe(24);
  expect(site.asked).toEqual([]);
  expect(stray).toEqual([]);
});

it('the replay says so in the log, once', async () => {
  const [open] = await api().cases.recent();
  const { id: caseId } = await api().cases.open({ path: open?.path ?? '' });
  const types = (await api().custody.timeline({ caseId })).map(({ leaf }) => leaf.type);
  expect(types.filter((type) => type === 'item.replayed')).toHaveLength(1);
});

it('what is asked of the interface over the socket is answered in the page', async () => {
  const opened = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket('/rpc');
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('error', () => resolve('refused'));
      }),
  );
  expect(opened).toBe('open');
});
