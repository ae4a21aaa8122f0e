import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capture } from '../../src/shared/domain/capture.ts';
import type { Provenance } from '../../src/shared/domain/provenance.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { Bench, type KeptAnswer } from './capture-harness.ts';
import { startHardSite, type HardAnswer, type HardSite } from './capture-hard-site.ts';

let site: HardSite;
let bench: Bench;
let capture: Capture;
let provenance: Provenance;
let answers: KeptAnswer[];

const of = (path: string): KeptAnswer | undefined =>
  answers.find(({ url }) => new URL(url).pathname === path);

async function resource(prefix: string): Promise<string> {
  const reader = await openWacz(bench.service.wacz(capture.id));
  const line = (await reader.cdx()).find(({ url }) => url.startsWith(prefix));
  const found = line ? await reader.resource(line.url) : null;
  if (!found) throw new Error(`no ${prefix}`);
  return Buffer.from(await found.bytes()).toString('utf8');
}

function same(one: KeptAnswer, other: HardAnswer): boolean {
  return (
    one.method === other.method &&
    one.url === other.url &&
    one.status === other.status &&
    one.sha256 === other.sha256 &&
    one.requestSha256 === other.requestSha256 &&
    one.truncated === null
  );
}

describe.each(['wire', 'browser'] as const)(
  'a page with everything recorders miss, seen by the %s',
  (mode) => {
    beforeAll(async () => {
      site = await startHardSite();
      bench = new Bench();
      ({ capture, provenance, answers } = await bench.capture(site.url('/'), { witness: mode }));
    });
    afterAll(async () => {
      await bench.close();
      await site.close();
    });

    it('keeps every whole answer byte for byte, with what was sent for it', () => {
      const left = [...answers];
      const missing = site.log
        .filter(({ whole }) => whole)
        .filter((answer) => {
          const index = left.findIndex((one) => same(one, answer));
          if (index >= 0) left.splice(index, 1);
          // Beside the wire, the browser looks again at a service worker's scripts, outside every page, to see whether they changed; the same bytes are there.
          return (
            index < 0 &&
            !(
              mode === 'browser' &&
              /\/sw(-part)?\.js$/.test(answer.url) &&
              answers.some((one) => same(one, answer))
            )
          );
        })
        .map(({ method, url, status }) => `${method} ${url} ${status}`);
      expect(missing).toEqual([]);
    });

    it('saw the workers of every kind, and what they fetched', () => {
      const paths = [
        '/worker.js',
        '/imported.js',
        '/nested.js',
        '/module-worker.js',
        '/mod2.js',
        '/shared.js',
        '/brief.js',
        '/sw.js',
        '/sw-part.js',
      ];
      const fetched = [
        '/from-worker',
        '/from-nested',
        '/from-module-worker',
        '/from-shared',
        '/from-brief',
        '/cached-1',
        '/cached-2',
        '/for-sw',
      ];
      const seen = new Set(site.log.map(({ url }) => new URL(url).pathname));
      expect([...paths, ...fetched].filter((path) => !seen.has(path))).toEqual([]);
      expect([...paths, ...fetched].filter((path) => of(path) === undefined)).toEqual([]);
    });

    it('keeps an endless stream as far as it came, and says so', () => {
      expect(of('/events')).toMatchObject({ truncated: 'time', size: 'data: first\n\n'.length });
      expect(provenance.verdict.remarks.join('\n')).toMatch(/1 endless stream was kept as far as it came/);
    });

    it('keeps what arrived of an answer the page gave up', () => {
      expect(of('/aborted')).toMatchObject({ truncated: 'disconnect', size: 400 * 13 });
    });

    it('keeps headers as often as they came, and renames what described the transfer', () => {
      const main = of('/');
      expect(main?.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)).toEqual([
        'a=1',
        'b=2; HttpOnly',
      ]);
      expect(main?.headers.filter(([name]) => name === 'x-many')).toHaveLength(2);
      expect(main?.requestHeaders.some(([name]) => name.toLowerCase() === 'user-agent')).toBe(true);
      const coding = mode === 'wire' ? 'content-encoding' : 'x-orig-content-encoding';
      expect(of('/br.json')?.headers).toContainEqual([coding, 'br']);
    });

    it('finds the two accounts to be the same, but for what the browser keeps to itself', () => {
      const { comparison } = provenance.witness;
      if (mode === 'browser') {
        expect(comparison).toBeNull();
        return;
      }
      expect(comparison?.compared).toBeGreaterThan(50);
      expect(comparison?.differences.filter(({ what }) => what !== 'only-wire')).toEqual([]);
    });

    it('tells in words what was not shown', () => {
      expect(
        provenance.exchanges
          .filter(({ failure }) => failure !== null)
          .map(({ url }) => new URL(url).pathname)
          .toSorted(),
      ).toEqual(mode === 'wire' ? ['/aborted', '/events'] : ['/aborted', '/events', '/sw.js']);
      expect(capture.state).toBe('COMPLETE');
    });

    it('has the WebSocket’s messages', async () => {
      const lines = (await resource('urn:websocket:'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { direction: string; data: string });
      expect(lines.map(({ direction, data }) => [direction, data])).toEqual([
        ['sent', 'question'],
        ['received', 'answer'],
      ]);
    });

    it('has the document with its shadow roots, and the text', async () => {
      expect(await resource('urn:dom:')).toMatch(
        /<template shadowrootmode="closed"><p>in a closed shadow<\/p><\/template>/,
      );
      expect(await resource('urn:text:')).toBeTypeOf('string');
    });

    it('shows the page no trace of the recorder', () => {
      const agent = of('/')?.requestHeaders.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
      expect(agent).not.toMatch(/headless|constat|playwright/i);
      expect(JSON.stringify(answers.map(({ requestHeaders }) => requestHeaders))).not.toMatch(
        /constat|playwright|purpose-capture/i,
      );
    });

    it('leaks nothing of the collecting machine', () => {
      const text = JSON.stringify(provenance);
      for (const trace of [process.env['HOME'] ?? '/root', '/tmp/', bench.folder, process.cwd()])
        expect(text).not.toContain(trace);
    });
  },
);
