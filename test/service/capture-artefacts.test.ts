import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/main/capture/find-browser.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import type { ArtefactKind } from '../../src/shared/domain/capture.ts';
import type { Provenance } from '../../src/shared/domain/provenance.ts';
import { Bench } from './capture-harness.ts';

/** Known ways for a page to find out that somebody listens with the Runtime domain; what went off is shown as text. */
const traps = `
  const sprung = new Set();
  const error = new Error('trap');
  Object.defineProperty(error, 'stack', { configurable: true, get() { sprung.add('stack'); return ''; } });
  console.debug(error);
  Error.prepareStackTrace = (e) => { sprung.add('prepareStackTrace'); return e.stack; };
  console.debug(Object.create(new Error('x')));
  console.debug(Object.create(new Proxy({}, { ownKeys() { sprung.add('ownKeys'); return []; } })));
  console.debug(new Proxy({}, { get() { sprung.add('get'); return undefined; }, getOwnPropertyDescriptor() { sprung.add('descriptor'); return undefined; } }));
  const element = document.createElement('a');
  Object.defineProperty(element, 'id', { get() { sprung.add('id'); return ''; } });
  console.debug(element);
  console.table([{ get a() { sprung.add('table'); return 1; } }]);
  Error.prepareStackTrace = undefined;
  const globals = Object.getOwnPropertyNames(window).filter((name) => /cdc_|playwright|puppeteer|constat|__/i.test(name)).join();
  document.title = 'Arte<b>facts\\u202e';
  setTimeout(() => { document.querySelector('#traps').textContent = 'Sprung: ' + [...sprung].sort().join(' ') + '; globals: ' + globals + '.'; }, 100);
`;

const page = (
  other: string,
): string => `<!doctype html><html lang="fr"><title>…</title><link rel="shortcut icon" href="/icon.svg"><img src="/icon.svg">
<h1>Été au marché</h1><p id="traps">waiting</p>
<div id="open">given to the slot</div><div id="closed"></div>
<iframe src="/frame" title="Same site"></iframe><iframe src="${other}/frame" title="Other site"></iframe>
<iframe srcdoc="<p>Written in the page</p>"></iframe>
<script>
  const open = document.querySelector('#open').attachShadow({ mode: 'open' });
  open.innerHTML = '<p>Before the slot</p><slot></slot><p>After the slot</p>';
  document.querySelector('#closed').attachShadow({ mode: 'closed' }).innerHTML = '<button>Closed to scripts</button><style>p{}</style>';
  console.log('printed', 1, { a: 1 });
  console.warn('a warning');
  setTimeout(() => { throw new TypeError('nobody caught this'); });
  new Worker(URL.createObjectURL(new Blob(["console.info('from the worker')"])));
  ${traps}
</script><img src="/missing.png" alt="Missing picture">`;

let bench: Bench;
let origin: string;
let other: string;
const server = createServer((request, response) => {
  const body: Record<string, string> = {
    '/': page(other),
    '/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '/frame': '<title>Frame</title><p>Text of a frame</p><button>Press</button>',
  };
  const found = body[request.url ?? ''];
  response.writeHead(found === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    // A minute ahead of this computer.
    date: new Date(Date.now() + 60_000).toUTCString(),
  });
  response.end(found ?? 'no such thing');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://site.localhost:${port}`;
  other = `http://other-site.localhost:${port}`;
  bench = new Bench();
});
afterAll(async () => {
  await bench.close();
  server.closeAllConnections();
  server.close();
});

describe('what is written beside the bytes', () => {
  let id = '';
  let provenance: Provenance;
  const told = async (kind: ArtefactKind): Promise<string> =>
    Buffer.from((await bench.service.artefact(id, kind)).bytes).toString('utf8');

  beforeAll(async () => {
    const kept = await bench.capture(`${origin}/`, { pdf: true });
    ({ provenance } = kept);
    ({ id } = kept.capture);
  });

  it('has every document as it stands, frames of other sites and closed shadow roots included', async () => {
    const dom = await told('dom');
    expect(dom).toContain('<template shadowrootmode="open"><p>Before the slot</p>');
    expect(dom).toContain('<template shadowrootmode="closed"><button>Closed to scripts</button>');
    expect(provenance.artefacts.map(({ uri }) => uri).filter((uri) => uri.startsWith('urn:dom'))).toEqual([
      `urn:dom:${origin}/`,
      `urn:dom-2:${origin}/frame`,
      'urn:dom-3:about:srcdoc',
      `urn:dom-4:${other}/frame`,
    ]);
    const reader = await openWacz(bench.service.wacz(id));
    const frame = await reader.resource(`urn:dom-4:${other}/frame`);
    expect(Buffer.from((await frame?.bytes()) ?? []).toString('utf8')).toContain('Text of a frame');
  });

  it('has the text as it is read: slots in their places, closed roots, frames', async () => {
    const text = await told('text');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'Before the slot given to the slot After the slot Closed to scripts',
    );
    expect(text).toContain(`[Frame: ${other}/frame]\n\nText of a frame`);
    expect(text).toContain('[Frame: about:srcdoc]\n\nWritten in the page');
    expect(text).not.toContain('p{}');
  });

  it('has the accessibility tree of every frame, MHTML and PDF', async () => {
    const tree: unknown = JSON.parse(await told('accessibility'));
    const words = JSON.stringify(tree);
    for (const expected of [
      'Été au marché',
      'Closed to scripts',
      'Press',
      'Missing picture',
      'Written in the page',
    ])
      expect(words).toContain(expected);
    expect(words).not.toContain('"nodes":null');
    const mhtml = await told('mhtml');
    expect(mhtml).toMatch(/^From: <Saved by Blink>\r\nSnapshot-Content-Location: /);
    expect(mhtml).toContain(`Content-Location: ${other}/frame`);
    expect((await told('pdf')).slice(0, 5)).toBe('%PDF-');
    expect(provenance.stepOutcomes.find(({ name }) => name === 'video')).toMatchObject({
      outcome: 'skipped',
      note: 'The page shows no video or audio.',
    });
  });

  it('has what was printed and what went wrong, with time, level and source, and shows the page nothing of it', async () => {
    const lines = (await told('console'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const said = lines.map(({ in: where, source, level, text }) => [where, source, level, text].join(' | '));
    expect(said).toContain('page | console-api | log | printed 1 [object Object]');
    expect(said).toContain('page | console-api | warning | a warning');
    expect(said).toContain(' | javascript | error | Uncaught TypeError: nobody caught this');
    expect(said).toContain('worker | console-api | info | from the worker');
    expect(said.filter((line) => line.includes('404')).join()).toMatch(/page \| network \| error/);
    expect(lines.every(({ at }) => Math.abs(Date.parse(String(at)) - Date.now()) < 120_000)).toBe(true);
    expect(await told('text')).toContain('Sprung: ; globals: .');
  });

  it('knows that these traps go off under who listens with Runtime', async () => {
    const browser = await chromium.launch({
      executablePath: (await findBrowser()).path,
      args: ['--no-sandbox'],
    });
    try {
      const watched = await browser.newPage();
      await watched.goto(`${origin}/`);
      await watched.waitForFunction("document.querySelector('#traps').textContent !== 'waiting'");
      expect(await watched.locator('#traps').textContent()).toMatch(/Sprung: .*\w/);
    } finally {
      await browser.close();
    }
  });

  it('has every address with status and times, and holds the clock against the servers’', async () => {
    const reader = await openWacz(bench.service.wacz(id));
    const info = await reader.resource(`urn:pageinfo:${origin}/`);
    const json = JSON.parse(Buffer.from((await info?.bytes()) ?? []).toString('utf8')) as Record<
      string,
      unknown
    >;
    expect(json).toMatchObject({
      pageid: id,
      url: `${origin}/`,
      tsStatus: 200,
      counts: { jsErrors: 1 },
      urls: {
        [`${origin}/`]: { status: 200, mime: 'text/html', type: 'document' },
        [`${origin}/missing.png`]: { status: 404, type: 'image' },
      },
    });
    expect((await reader.pages())[0]).toMatchObject({ id, favIconUrl: `${origin}/icon.svg` });
    const [first] = provenance.exchanges;
    expect(first?.timing?.headMs).toBeGreaterThan(0);
    expect(first?.timing?.endMs ?? 0).toBeGreaterThanOrEqual(first?.timing?.headMs ?? 0);
    const { clock } = provenance.network;
    expect(Math.abs((clock?.offsetMs ?? 0) - 60_000)).toBeLessThan(1100);
    expect(clock?.samples.map(({ host }) => host)).toEqual(['site.localhost', 'other-site.localhost']);
    expect(provenance.verdict.remarks.join(' ')).toMatch(
      /clock was (59|60)(\.\d)? s behind the clocks of 2 servers/,
    );
    const page = Buffer.from(await reader.bytes('evidence/provenance.html', 10_000_000)).toString('utf8');
    expect(page).toContain('<h1><bdi>Arte&#60;b&#62;facts<span class="unseen">U+202E</span></bdi></h1>');
    expect(page).toMatch(/<strong>Complete<\/strong>/);
    for (const { uri, sha256 } of provenance.artefacts)
      expect(page.includes(sha256) && page.includes(uri)).toBe(true);
    for (const section of [
      'page',
      'when',
      'who',
      'how',
      'steps',
      'files',
      'names',
      'lacking',
      'options',
      'requests',
    ])
      expect(page).toContain(`<section id="${section}">`);
    expect(page).not.toMatch(/<script|<b>facts|\sstyle=|src=|url\(/);
    expect(await bench.failures()).toEqual([]);
  });
});
