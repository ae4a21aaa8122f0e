import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { checkWacz } from '../../src/main/archive/wacz/check.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import type { CaptureJob } from '../../src/shared/domain/capture.ts';
import { hasXvfb, openScreen } from '../support/screen.ts';
import { Bench, options } from './capture-harness.ts';
import { Person } from './person.ts';

/** What a page can know of the window it is in, told to the server by the page itself. */
const spy = `<script>
  const seen = []; let changes = 0;
  for (const name of ['resize', 'blur', 'visibilitychange', 'pagehide']) addEventListener(name, () => seen.push(name), true);
  addEventListener('load', () => new MutationObserver((all) => { changes += all.length }).observe(document, { subtree: true, childList: true, attributes: true }));
  const know = () => JSON.stringify({ webdriver: navigator.webdriver, agent: navigator.userAgent, brands: navigator.userAgentData?.brands.map((b) => b.brand).join(),
    width: innerWidth, outer: outerWidth, height: outerHeight, globals: Object.keys(window).filter((n) => /constat|cdc_|__/.test(n)), seen, changes });
</script>`;
const pages: Record<string, string> = {
  '/': `<title>Sign in</title>${spy}<form method=post action=/in><input name=user id=user><input name=word type=password id=word><button id=go>Go</button></form>`,
  '/feed': `<title>Feed</title>${spy}<p style="margin-top:40px">For members</p><a id=post target=_blank href=/post>open</a><div style="height:2500px;background:#234"></div>`,
  '/post': `<title>A post</title>${spy}<p>Deleted within the hour</p>`,
  '/typed': '<title>Typed</title><p>by hand in a new tab</p>',
};

let screen: { close(): void } | null = null;
let bench: Bench;
let server: Server;
let origin: string;
const asked: { path: string; body: string; agent: string; cookie: string }[] = [];

beforeAll(async () => {
  if (!hasXvfb) return;
  screen = await openScreen();
  bench = new Bench();
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? '';
      asked.push({
        path,
        body,
        agent: request.headers['user-agent'] ?? '',
        cookie: request.headers.cookie ?? '',
      });
      if (path === '/in')
        return response.writeHead(303, { location: '/feed', 'set-cookie': 'id=1; HttpOnly' }).end();
      const page = path === '/feed' && !request.headers.cookie ? undefined : pages[path];
      return response
        .writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' })
        .end(page ?? 'no');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(async () => {
  await bench?.close();
  server?.close();
  screen?.close();
});

afterEach(async () => {
  if (!hasXvfb) return;
  for (const { id } of bench.service.jobs()) {
    bench.service.cancel(id);
    await bench.service.settled(id);
  }
});

async function session(jobId: string, holds: (job: CaptureJob) => boolean): Promise<CaptureJob> {
  for (let turn = 0; turn < 400; turn += 1) {
    const job = bench.service.jobs().find(({ id }) => id === jobId);
    if (job && holds(job)) return job;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`the recording never got there: ${JSON.stringify(bench.service.jobs())}`);
}

async function sealed(job: CaptureJob) {
  const ended = await bench.service.settled(job.id);
  if (ended.captureId === null) throw new Error(ended.problem?.message ?? ended.state);
  const wacz = bench.service.wacz(ended.captureId);
  expect((await checkWacz(wacz)).problems).toEqual([]);
  return { ...(await bench.service.get(ended.captureId)), reader: await openWacz(wacz) };
}

describe.skipIf(!hasXvfb)('a recording by hand (needs Xvfb)', () => {
  it('keeps what a person does in a window: a login, what it opened, what they marked, and nothing of itself', async () => {
    const job = bench.service.startInteractive(`${origin}/`, options({ pdf: true }), 'seal');
    const person = await Person.sitDown();
    const login = await person.tab('/');
    await session(job.id, (now) => now.session?.title === 'Sign in');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await login.type('#user', 'moana');
    await login.type('#word', 'secret word');
    await login.click('#go');
    const feed = await person.tab('/feed');
    const running = await session(job.id, (now) => now.session?.title === 'Feed');
    expect(running.session).toMatchObject({ address: `${origin}/feed`, pages: 2, marked: 0 });
    await session(job.id, (now) => now.resources > 1);
    const before = JSON.parse(String(await feed.read('know()'))) as Record<string, unknown>;
    await feed.click('#post');
    const post = await person.tab('/post');
    await session(job.id, (now) => now.session?.title === 'A post');
    await bench.service.markPage(job.id);
    const typed = await person.newTab();
    await typed.goTo(`${origin}/typed`);
    await session(job.id, (now) => now.session?.tabs.length === 3 && now.session.title === 'Typed');
    expect(JSON.parse(String(await post.read('know()')))).toMatchObject({ webdriver: false });
    person.leave();
    bench.service.finishInteractive(job.id);
    const { capture, provenance, reader } = await sealed(job);

    expect(capture).toMatchObject({ state: 'COMPLETE', finalUrl: `${origin}/post`, title: 'A post' });
    expect(
      provenance.interactive?.pages.map(({ url, marked, look }) => [new URL(url).pathname, marked, look]),
    ).toEqual([
      ['/', 0, 'view'],
      ['/feed', 0, 'whole'],
      ['/post', 1, 'whole'],
      ['/typed', 0, 'whole'],
    ]);
    expect(provenance.interactive?.endedBy).toBe('finished');
    expect(provenance.witness).toMatchObject({ kind: 'browser' });
    expect(provenance.environment.browser.headless).toBe(false);
    const answers = await bench.answers(capture.id);
    expect(answers.map(({ url, status }) => [new URL(url).pathname, status])).toEqual(
      expect.arrayContaining([
        ['/in', 303],
        ['/feed', 200],
        ['/post', 200],
        ['/typed', 200],
      ]),
    );
    // A window of the person's own: real user agent, no sign of automation, nothing of the recorder in the page.
    const agent = asked[0]?.agent ?? '';
    expect(agent).not.toMatch(/Headless/);
    expect(provenance.environment.browser.userAgent).toBe(agent);
    expect(before).toMatchObject({ webdriver: false, agent, globals: [], seen: [], changes: 0 });
    expect(Number(before['outer'])).toBeGreaterThan(0);
    // Nothing asked for what no page asked for.
    const { resolved } = provenance.network;
    expect(resolved.map(({ host }) => host)).toEqual(['127.0.0.1']);
    // The red frame of the window is in no picture of the evidence.
    const shown = await bench.service.artefact(capture.id, 'text');
    expect(Buffer.from(shown.bytes).toString('utf8')).toContain('Deleted within the hour');
    const urls = (await reader.cdx()).map(({ url }) => url);
    expect(urls).toEqual(
      expect.arrayContaining([
        `urn:view:${origin}/`,
        `urn:dom:${origin}/feed`,
        `urn:fullPage:${origin}/feed`,
      ]),
    );
    const picture = await reader.resource(`urn:view:${origin}/post`);
    const { dominant } = await sharp(await picture?.bytes(10_000_000)).stats();
    expect(dominant.r).toBe(dominant.b);
    expect(await bench.failures()).toEqual([]);
  });

  it('is sealed as PARTIAL when the browser dies, asks when the window is closed, and leaves nothing when it is thrown away', async () => {
    const job = bench.service.startInteractive(`${origin}/post`, options(), 'ask');
    let person = await Person.sitDown();
    await session(job.id, (now) => now.session?.title === 'A post');
    await person.crash();
    const { capture, provenance } = await sealed(job);
    expect(capture).toMatchObject({ state: 'PARTIAL', finalUrl: `${origin}/post` });
    expect(provenance.interactive?.endedBy).toBe('browser-gone');

    const second = bench.service.startInteractive(`${origin}/post`, options(), 'ask');
    person = await Person.sitDown();
    await session(second.id, (now) => now.session?.title === 'A post');
    await person.closeTab(await person.tab('/post'));
    await session(second.id, (now) => now.session?.windowClosed === true);
    const count = bench.service.list().length;
    bench.service.cancel(second.id);
    expect(await bench.service.settled(second.id)).toMatchObject({ state: 'cancelled', session: null });
    expect(bench.service.list()).toHaveLength(count);
    await expect(bench.service.markPage(second.id)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });
});
