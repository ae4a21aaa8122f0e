import { describe, expect, it } from 'vitest';
import { ReplayAnswers, type ReplayAnswer } from './answer.ts';
import { ReplayGrants } from './grants.ts';
import type { ReplaySource } from './source.ts';

const token = `r${'a'.repeat(32)}`;
const wacz = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
const reads: number[] = [];
const source: ReplaySource = {
  async target(wanted) {
    return wanted === token
      ? { size: wacz.length, url: 'http://a.example/"><script>', timestamp: '20261122180000' }
      : null;
  },
  async read(_token, offset, length) {
    reads.push(length);
    return wacz.subarray(offset, offset + length);
  },
};
const player = {
  ui: { mediaType: 'text/javascript', bytes: new TextEncoder().encode('ui') },
  worker: { mediaType: 'text/javascript', bytes: new TextEncoder().encode('worker') },
};
const answers = new ReplayAnswers(source, player, 'http://app.example');

async function bytesOf({ body }: ReplayAnswer): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

const get = (path: string, range?: string) => answers.answer({ method: 'GET', token, path, range });

describe('the archive', () => {
  it('comes whole, in pieces of at most 1 MiB', async () => {
    reads.length = 0;
    const answer = await get('/capture.wacz');
    expect(answer.status).toBe(200);
    expect((await bytesOf(answer)).equals(wacz)).toBe(true);
    expect(Math.max(...reads)).toBeLessThanOrEqual(1024 * 1024);
  });

  it('comes in the range asked for', async () => {
    const answer = await get('/capture.wacz', 'bytes=1500000-1500009');
    expect(answer.status).toBe(206);
    expect(answer.headers).toMatchObject({
      'content-range': 'bytes 1500000-1500009/3000000',
      'content-length': '10',
    });
    expect((await bytesOf(answer)).equals(wacz.subarray(1_500_000, 1_500_010))).toBe(true);
  });

  it('says when a range is beyond it, and its size to HEAD without reading it', async () => {
    expect(await get('/capture.wacz', 'bytes=3000000-')).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */3000000' },
    });
    reads.length = 0;
    const head = await answers.answer({ method: 'HEAD', token, path: '/capture.wacz' });
    expect(head).toMatchObject({
      status: 200,
      body: null,
      headers: { 'content-length': '3000000', 'accept-ranges': 'bytes' },
    });
    expect(reads).toEqual([]);
  });
});

it.each([
  '/',
  '/replay/',
  '/replay/ui.js',
  '/replay/sw.js',
  '/replay/player-worker.js',
  '/replay.css',
  '/capture.wacz',
])('%s is served under a policy that starts from nothing', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; /);
  expect(answer.headers['connection-allowlist']).toBe('(response-origin);redirects=allow;webrtc=block');
});

it.each([
  '/index.html',
  '/replay/evil.js',
  '/replay/w/x/http://a.example/',
  '/../etc/passwd',
  '/capture.wacz/',
  '//',
  '',
])('%s is nowhere', async (path) => expect(await get(path)).toMatchObject({ status: 404, body: null }));

it('answers nothing but GET and HEAD, and nothing under a name that was not granted', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect((await answers.answer({ method, token, path: '/' })).status).toBe(405);
  }
  expect((await answers.answer({ method: 'GET', token: `r${'b'.repeat(32)}`, path: '/' })).status).toBe(404);
  expect((await answers.answer({ method: 'GET', token: '', path: '/capture.wacz' })).status).toBe(404);
});

it('the address of the captured page cannot break out of the markup', async () => {
  const page = (await bytesOf(await get('/'))).toString();
  expect(page).not.toContain('"><script>');
  expect(page).toContain('url="http://a.example/&#34;&#62;&#60;script&#62;"');
});

it('a capture has one unguessable name per session, and no other opens it', () => {
  const grants = new ReplayGrants();
  const first = grants.grant('case', 'one');
  expect(first).toMatch(/^r[0-9a-f]{32}$/);
  expect(grants.grant('case', 'one')).toBe(first);
  expect(grants.grant('case', 'two')).not.toBe(first);
  expect(grants.find(first)).toEqual({ caseId: 'case', captureId: 'one' });
  expect(grants.find(`r${'0'.repeat(32)}`)).toBeUndefined();
});
