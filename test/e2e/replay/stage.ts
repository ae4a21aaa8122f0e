import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { findBrowser } from '../../../src/main/capture/find-browser.ts';
import { ReplayAnswers } from '../../../src/main/hosts/replay/answer.ts';
import { loadPlayer } from '../../../src/main/hosts/replay/assets.ts';
import { listenLocally, type Listener } from '../../../src/main/hosts/web/listener.ts';
import { replayRequests } from '../../../src/main/hosts/web/replay.ts';
import { sourceOf, waczOf, type Served } from './archive.ts';

/** A replay served as the browser host serves it, an interface page that frames it, and a real browser looking at it. */
export interface Stage {
  page: Page;
  appOrigin: string;
  replayAddress: string;
  /** Every address that any page asked for, our own two origins aside. */
  strayRequests: string[];
  /** The frame in which the archived page of that address is shown, once it is. */
  replayed(url: string): Promise<Frame>;
  close(): Promise<void>;
}

const domain = 'cafe.localhost';
const token = `r${'0'.repeat(32)}`;

/** Replays a few pages, written by the project's own writer. */
export async function stageReplay(
  pages: Record<string, Served>,
  options: { framed: boolean; copied?: (wacz: Uint8Array) => Promise<Uint8Array> },
): Promise<Stage> {
  const [url = ''] = Object.keys(pages);
  const sealed = await waczOf(pages);
  return stageArchive({ url, bytes: (await options.copied?.(sealed)) ?? sealed }, options.framed);
}

/** Replays an archive that is there already, beginning with the page `url`. */
export async function stageArchive(
  { url, bytes, timestamp }: { url: string; bytes: Uint8Array; timestamp?: string },
  framed: boolean,
): Promise<Stage> {
  const listeners: Listener[] = [];
  let answers: ReplayAnswers | undefined;
  const replay = await listenLocally(
    0,
    replayRequests(
      () => answers,
      () => `${domain}:${replay.port}`,
    ),
  );
  const replayAddress = `http://${token}.${domain}:${replay.port}/`;
  const app = await listenLocally(0, (_request, response) => {
    response.setHeader('set-cookie', 'constat-secret=1; Path=/; HttpOnly; SameSite=Strict');
    response.setHeader('content-type', 'text/html');
    response.end(`<title>interface</title><h1>secret of the interface</h1>
      <iframe sandbox="allow-scripts allow-same-origin" src="${replayAddress}" width="1000" height="600"></iframe>`);
  });
  listeners.push(replay, app);
  const appOrigin = `http://app.${domain}:${app.port}`;
  const archive = { url, bytes, ...(timestamp === undefined ? {} : { timestamp }) };
  answers = new ReplayAnswers(sourceOf({ [token]: archive }), await loadPlayer(), appOrigin);

  const { path: executablePath } = await findBrowser();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser: Browser = await chromium.launch({ executablePath, args });
  const context = await browser.newContext();
  const strayRequests: string[] = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    const own = [appOrigin, new URL(replayAddress).origin].includes(origin);
    if (!own && protocol !== 'blob:' && protocol !== 'data:') strayRequests.push(request.url());
  });
  const page = await context.newPage();
  await page.goto(framed ? `${appOrigin}/` : replayAddress);
  return {
    page,
    appOrigin,
    replayAddress,
    strayRequests,
    async replayed(wanted) {
      const shown = () => page.frames().find((frame) => frame.url().endsWith(`mp_/${wanted}`));
      for (let tries = 0; tries < 200 && !shown(); tries += 1) await page.waitForTimeout(50);
      const frame = shown();
      if (!frame)
        throw new Error(
          `${wanted} was not replayed: ${page
            .frames()
            .map((one) => one.url())
            .join(', ')}`,
        );
      await frame.waitForLoadState('load');
      return frame;
    },
    async close() {
      await browser.close();
      for (const listener of listeners) await listener.close();
    },
  };
}
