import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import type { Capture } from '../../src/shared/domain/capture.ts';
import type { Provenance } from '../../src/shared/domain/provenance.ts';
import { Bench } from './capture-harness.ts';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** A tenth of a second of silence: 8 kHz, one channel, 8 bits. */
const silence = Buffer.concat([
  Buffer.from(
    'RIFF\x44\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x20\x03\0\0',
    'latin1',
  ),
  Buffer.alloc(800, 128),
]);
const asked: string[] = [];

/** Everything a reader would have to scroll, press and start to see. `P` is the port. */
const page = (
  P: number,
): string => `<!doctype html><meta charset=utf-8><title>Reader</title><body style="margin:0">
<div id=list style="height:300px;width:400px;overflow:auto"><div id=space style="position:relative;height:6000px"></div></div>
<div style="overflow-x:auto;width:500px;white-space:nowrap">${Array.from({ length: 9 }, (_, n) => `<img loading=lazy width=300 height=90 src=/side${n}.png>`).join('')}</div>
<main>
<button id=more>Afficher la suite</button><div id=rest></div>
<details><summary>Details</summary><img loading=lazy src=/folded.png width=9 height=9></details>
<button onclick="location.href='/left'">Show more</button>
<button onclick="window.open('/popup')">Mehr anzeigen</button>
<form action=/sent method=post><button>Show more</button></form>
<button onclick="fetch('/liked', { method: 'POST' })">Like</button>
<a href=/elsewhere>Read more</a>
<nav><button aria-expanded=false onclick="fetch('/menu')">Products</button></nav>
</main>
<audio preload=none src=/tone.wav></audio>
<picture><source media="(min-width: 5000px)" srcset=/huge.png><img srcset="/one.png 1x, /two.png 2x" src=/one.png></picture>
<iframe src="http://other.localhost:${P}/frame" style="margin-top:1500px;width:400px;height:200px"></iframe>
<script>
const draw = () => { const first = Math.floor(list.scrollTop / 30);
  space.replaceChildren(...Array.from({ length: Math.min(12, 200 - first) }, (_, n) => { const row = document.createElement('p');
    row.style = 'position:absolute;margin:0;top:' + (first + n) * 30 + 'px'; row.textContent = 'Row ' + (first + n) + ' of the register.'; return row; })); };
draw(); list.onscroll = () => requestAnimationFrame(draw);
let pages = 0;
more.onclick = async (event) => { const text = await (await fetch('/page' + ++pages + '?' + event.isTrusted)).text();
  rest.insertAdjacentHTML('beforeend', '<p>' + text); if (pages === 3) more.remove(); };
print();
</script>`;

const banner = (P: number): string => `<!doctype html><title>Banner</title><h1>Content</h1>
<iframe id=cmp src="http://cmp.localhost:${P}/index.html?message_id=1" style="position:fixed;bottom:0;left:0;width:600px;height:200px;border:0"></iframe>
<script>onmessage = () => { cmp.remove(); fetch('/refused'); };</script>`;
const message = `<body style="background:#fa0"><div class="message-component message-row">We value your privacy
<button class=sp_choice_type_11 onclick="fetch('/accepted')">Accept</button> <button class=sp_choice_type_13 onclick="parent.postMessage(1, '*')">Tout refuser</button></div>`;

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const { port } = server.address() as AddressInfo;
  asked.push(path);
  const give = (type: string, body: string | Buffer): void => {
    response.writeHead(200, { 'content-type': type }).end(body);
  };
  if (path.endsWith('.png')) give('image/png', pixel);
  else if (path.endsWith('.wav')) give('audio/wav', silence);
  else if (path === '/page') give('text/html', page(port));
  else if (path === '/banner') give('text/html', banner(port));
  else if (path.startsWith('/index.html')) give('text/html', message);
  else if (path === '/frame')
    give(
      'text/html',
      `${'<p style="height:200px">'.repeat(12)}<img loading=lazy width=9 height=9 src=/deep.png>`,
    );
  else if (path === '/moves')
    give('text/html', '<meta http-equiv=refresh content="1;url=/arrived">On the way');
  else give('text/html', `Text of ${path}`);
});
let bench: Bench;
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://read.localhost:${(server.address() as AddressInfo).port}`;
  bench = new Bench();
});
afterAll(async () => {
  await bench.close();
  server.closeAllConnections();
  server.close();
});

const words = ({ events }: Provenance, kind: string): string[] =>
  events.filter((event) => event.kind === kind).map((event) => event.words);
const note = ({ stepOutcomes }: Provenance, name: string): string =>
  stepOutcomes.find((step) => step.name === name)?.note ?? '';
const quick = { mhtml: false, accessibility: false };

describe('a page that a reader scrolls, opens and plays', () => {
  let capture: Capture;
  let provenance: Provenance;
  beforeAll(async () => {
    asked.length = 0;
    ({ capture, provenance } = await bench.capture(`${origin}/page`, quick));
  });

  it('keeps every row of a list that recycles its rows', async () => {
    const reader = await openWacz(bench.service.wacz(capture.id));
    const states = await reader.resource(`urn:states:${origin}/page`);
    const text = Buffer.from((await states?.bytes(10_000_000)) ?? []).toString('utf8');
    const rows = new Set(text.match(/Row \d+ of/g));
    expect(Array.from({ length: 200 }, (_, n) => `Row ${n} of`).filter((row) => !rows.has(row))).toEqual([]);
    expect(note(provenance, 'scroll')).toMatch(/^A list takes rows out of the page/);
  });

  it('goes sideways, and through the frames of other sites', () => {
    expect(asked).toEqual(expect.arrayContaining(['/side0.png', '/side8.png', '/deep.png']));
  });

  it('presses what shows more as a person does, as often as it adds something', () => {
    expect(asked.filter((path) => path.startsWith('/page') && path !== '/page')).toEqual([
      '/page1?true',
      '/page2?true',
      '/page3?true',
    ]);
    expect(asked).toContain('/folded.png');
    expect(words(provenance, 'press').filter((one) => one === 'Pressed “Afficher la suite”.')).toHaveLength(
      3,
    );
  });

  it('never leaves the page, sends nothing and opens no menu; what opened beside it is closed', () => {
    expect(asked.filter((path) => /left|sent|liked|elsewhere|menu/.test(path))).toEqual([]);
    expect(words(provenance, 'held').join()).toContain(`(${origin}/left), which was prevented`);
    expect(asked).toContain('/popup');
    expect(words(provenance, 'window').join()).toMatch(/opened another window .*1 other window was closed/);
    expect(provenance.url.final).toBe(`${origin}/page`);
  });

  it('starts what loads only when it is played, and asks for the pictures of other windows', () => {
    expect(asked).toEqual(expect.arrayContaining(['/tone.wav', '/huge.png', '/two.png']));
    expect(words(provenance, 'play')).toEqual(['Played a sound of the page, muted: it began to load.']);
    expect(note(provenance, 'sizes')).toMatch(/^2 pictures were asked for/);
  });

  it('says that it wanted to be printed', () => {
    expect(words(provenance, 'print').join()).toContain('The page asked to be printed');
  });
});

it('refuses in a consent banner of another site, with a picture before', async () => {
  asked.length = 0;
  const { capture, provenance } = await bench.capture(`${origin}/banner`, { ...quick, consent: 'refuse' });
  expect(asked).toContain('/refused');
  expect(asked).not.toContain('/accepted');
  expect(words(provenance, 'consent')).toEqual([
    'Pressed “Tout refuser” on the consent banner to refuse (rule sourcepoint).',
  ]);
  const before = await bench.service.artefact(capture.id, 'beforeConsent');
  const after = await bench.service.artefact(capture.id, 'screenshot');
  expect(Buffer.from(before.bytes).equals(Buffer.from(after.bytes))).toBe(false);
});

it('waits for a page that said it goes elsewhere, presses no banner unasked, and says both', async () => {
  const { provenance } = await bench.capture(`${origin}/moves`, quick);
  expect(provenance.url.final).toBe(`${origin}/arrived`);
  expect(words(provenance, 'move')).toHaveLength(2);
  expect(note(provenance, 'consent')).toBe('Not asked for.');
});
