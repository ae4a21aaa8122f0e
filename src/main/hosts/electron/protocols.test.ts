import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { interfaceFiles } from '../interface/files.ts';
import { ReplayAnswers } from '../replay/answer.ts';
import { answerApp, answerReplay } from './protocols.ts';
import { appOrigin, appPolicy, replayUrl } from './security.ts';

const folder = mkdtempSync(join(tmpdir(), 'constat-protocols-'));
writeFileSync(join(folder, 'index.html'), '<h1>Interface</h1>');
const files = interfaceFiles(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const token = `r${'a'.repeat(32)}`;
const wacz = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251);
const script = { mediaType: 'text/javascript', bytes: new Uint8Array(1) };
const answers = new ReplayAnswers(
  {
    async target(wanted) {
      return wanted === token
        ? { size: wacz.length, url: 'http://a.example/', timestamp: '20261122180000' }
        : null;
    },
    async read(_token, offset, length) {
      return wacz.subarray(offset, offset + length);
    },
  },
  { ui: script, worker: script },
  appOrigin,
);

it('app: gives the built interface under its policy', async () => {
  const answer = answerApp(files, new Request(`${appOrigin}/`));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toBe(appPolicy);
  expect(await answer.text()).toBe('<h1>Interface</h1>');
});

it.each([
  'app://constat/../etc/passwd',
  'app://constat/none',
  'app://elsewhere/',
  'app://constat//index.html',
])('%s is nowhere', (url) => expect(answerApp(files, new Request(url)).status).toBe(404));

it('replay: gives the ranges of a granted capture, read piece by piece', async () => {
  const address = `${replayUrl(token)}capture.wacz`;
  const part = await answerReplay(answers, new Request(address, { headers: { range: 'bytes=100-199' } }));
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(wacz.subarray(100, 200))).toBe(true);
  const whole = await answerReplay(answers, new Request(address));
  expect(Buffer.from(await whole.arrayBuffer()).equals(wacz)).toBe(true);
});

it('replay: gives nothing under a name that was not granted, and its pages may be framed by the interface only', async () => {
  expect((await answerReplay(answers, new Request(replayUrl(`r${'b'.repeat(32)}`)))).status).toBe(404);
  expect((await answerReplay(answers, new Request('replay://constat/'))).status).toBe(404);
  const page = await answerReplay(answers, new Request(replayUrl(token)));
  expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${appOrigin};`);
});
