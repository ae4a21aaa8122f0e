import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Bench } from './capture-harness.ts';

const bench = new Bench();
const said = 'Fabricated quotation, attributed falsely, appears nowhere';

/** Pages a visitor may get instead of what they asked for, and one that makes its text by itself. */
const server = createServer((request, response) => {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  if (request.url === '/checked') {
    response.writeHead(403, { ...html, 'cf-mitigated': 'challenge' });
    response.end('<title>Just a moment...</title><p>Verify you are human.');
  } else if (request.url === '/data.json') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ text: 'These words came from the server later on' }));
  } else {
    response.writeHead(200, html);
    const backwards = Array.from(said).toReversed().join('');
    response.end(`<title>Feed</title><main><p>Served as it is.</p></main><script>
      const say = (text) => document.querySelector('main').append(Object.assign(document.createElement('p'), { textContent: text }));
      say(Array.from('${backwards}').reverse().join(''));
      fetch('/data.json').then((answer) => answer.json()).then(({ text }) => say(text));
    </script>`);
  }
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://site.localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await bench.close();
});

it('says that a page was a check for robots, in the account and in the list, and stays COMPLETE', async () => {
  const { capture, provenance } = await bench.capture(`${origin}/checked`);
  expect(provenance.page.findings).toMatchObject([
    { kind: 'bot-check', rule: 'cloudflare-challenge', platform: 'Cloudflare' },
  ]);
  expect(provenance.verdict.state).toBe('COMPLETE');
  expect(provenance.verdict.remarks[0]).toMatch(
    /^This is not the content but a check for robots\. .*cf-mitigated: challenge/,
  );
  expect(capture.pageKind).toBe('bot-check');
  // A working copy: without it, the list learns of it from the sealed account.
  bench.file.transaction(() => bench.file.prepare("DELETE FROM derived WHERE kind = 'pageKind'").run());
  bench.reopen();
  expect(bench.service.list()).toMatchObject([{ pageKind: null }]);
  await expect.poll(() => bench.service.list()[0]?.pageKind).toBe('bot-check');
});

it('says what scripts added, and flags what nothing in the record explains', async () => {
  const { capture, provenance } = await bench.capture(`${origin}/feed`);
  expect(provenance.page).toMatchObject({
    findings: [],
    scriptChanges: { addedElements: 2, removedElements: 0, scripts: 1 },
  });
  expect(provenance.page.scriptChanges?.unexplained).toEqual([expect.stringContaining(said)]);
  expect(provenance.verdict.remarks).toContainEqual(expect.stringContaining(said));
  expect(capture.pageKind).toBeNull();
  expect(await bench.failures()).toEqual([]);
});
