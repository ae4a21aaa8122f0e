import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { stageReplay, type Stage } from './replay/stage.ts';
import { leave, listenOutside, tryEveryWayOut, type Outside } from './replay/outside.ts';
import type { Served } from './replay/archive.ts';

const site = 'http://courrier.example/article';
const html = 'text/html; charset=utf-8';

const photo = await sharp({ create: { width: 24, height: 16, channels: 3, background: '#b42828' } })
  .png()
  .toBuffer();

function article(outside: string): Record<string, Served> {
  return {
    [site]: {
      mediaType: html,
      body: `<!doctype html><title>Article</title><link rel="stylesheet" href="/style.css">
        <link rel="preconnect" href="${outside}"><h1>The bridge is closed</h1><p id="by">by nobody yet</p>
        <img id="photo" src="/photo.png"><img src="${outside}/uncaptured.png"><iframe src="${outside}/uncaptured"></iframe>
        <script src="/byline.js"></script>`,
    },
    'http://courrier.example/style.css': { mediaType: 'text/css', body: 'h1 { color: rgb(1, 2, 3) }' },
    'http://courrier.example/photo.png': { mediaType: 'image/png', body: photo },
    'http://courrier.example/byline.js': {
      mediaType: 'text/javascript',
      body: 'document.getElementById("by").textContent = "by M. Courrier"',
    },
    'http://courrier.example/bare': {
      mediaType: html,
      body: '<!doctype html><title>bare</title><p>bare</p>',
    },
  };
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function staged(framed: boolean): Promise<{ stage: Stage; outside: Outside }> {
  const outside = await listenOutside();
  open.push(outside);
  const stage = await stageReplay(article(outside.address), { framed });
  open.unshift(stage);
  return { stage, outside };
}

/** The archived page as stored, without the player's script that would keep a polite page in: only the policies hold it. */
async function bare(stage: Stage) {
  const frame = await stage.replayed(site);
  const address = frame.url().replace(/mp_\/.*$/, 'id_/http://courrier.example/bare');
  await frame.goto(address);
  expect(
    await frame.evaluate(() => ({ text: document.body.innerText, player: '_WBWombat' in window })),
  ).toEqual({ text: 'bare', player: false });
  return frame;
}

describe.each([
  ['in a frame of the interface', true],
  ['in a window of its own', false],
])('a capture replayed %s', (_where, framed) => {
  it('shows text, styles, pictures and what scripts wrote, from the archive alone', async () => {
    const { stage, outside } = await staged(framed);
    const frame = await stage.replayed(site);
    const shown = await frame.evaluate(() => {
      const image = document.querySelector<HTMLImageElement>('#photo');
      const heading = document.querySelector('h1');
      return {
        heading: heading?.textContent,
        colour: heading && getComputedStyle(heading).color,
        by: document.querySelector('#by')?.textContent,
        photo: [image?.naturalWidth, image?.naturalHeight],
      };
    });
    expect(shown).toEqual({
      heading: 'The bridge is closed',
      colour: 'rgb(1, 2, 3)',
      by: 'by M. Courrier',
      photo: [24, 16],
    });
    expect(outside.heard).toEqual([]);
    expect(stage.strayRequests).toEqual([]);
  });

  it('finds no way out, whatever its scripts try', async () => {
    const { stage, outside } = await staged(framed);
    const frame = await bare(stage);
    const outcome = await frame.evaluate(tryEveryWayOut, {
      address: outside.address,
      stunPort: outside.stunPort,
    });
    expect(Object.keys(outcome).length).toBeGreaterThan(24);
    expect(outside.heard).toEqual([]);
    await frame.evaluate(leave, outside.address);
    await stage.page.waitForTimeout(500);
    expect(outside.heard).toEqual([]);
  });
});

it('the ways out are real: a page without our policies is heard', async () => {
  const { stage, outside } = await staged(true);
  const context = stage.page.context();
  const plain = await context.newPage();
  await plain.goto(`${stage.appOrigin}/`);
  await plain.evaluate(tryEveryWayOut, { address: outside.address, stunPort: outside.stunPort });
  const ways =
    'fetch beacon xhr socket events image script media object background frame data-image markup-image prefetch ' +
    'stylesheet speculation worker-fetch window form';
  const heard = (way: string) => outside.heard.some((line) => line.includes(`/${way} `));
  await expect.poll(() => ways.split(' ').filter((way) => !heard(way)), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => outside.heard, { timeout: 20_000 }).toContain('datagram');
  await plain.evaluate(leave, outside.address);
  await expect.poll(() => heard('top') || heard('itself'), { timeout: 20_000 }).toBe(true);
});

it('a replayed page reaches neither the interface nor its cookie', async () => {
  const { stage } = await staged(true);
  const frame = await bare(stage);
  const reached = await frame.evaluate(async (appOrigin) => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page
    const says = (reason: unknown) => (reason instanceof Error ? reason.name : String(reason));
    return {
      document: await Promise.resolve()
        .then(() => window.top?.document.body.innerText)
        .catch(says),
      cookie: document.cookie,
      fetched: await fetch(`${appOrigin}/`, { credentials: 'include' })
        .then((answer) => answer.text())
        .catch(says),
      api: await new Promise((resolve) => {
        const socket = new WebSocket(`${appOrigin.replace('http', 'ws')}/rpc`);
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('error', () => resolve('refused'));
      }).catch(says),
    };
  }, stage.appOrigin);
  expect(reached).toEqual({ document: 'SecurityError', cookie: '', fetched: 'TypeError', api: 'refused' });
});

it('a replay is framed by the interface only', async () => {
  const { stage, outside } = await staged(true);
  const page = await stage.page.context().newPage();
  const other = stage.appOrigin.replace('app.', 'other.');
  await page.goto(`${other}/`);
  await page.waitForTimeout(500);
  expect(page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
  expect(outside.heard).toEqual([]);
});
