import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capture } from '../../src/shared/domain/capture.ts';
import type { Provenance } from '../../src/shared/domain/provenance.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { Bench, type KeptAnswer } from './capture-harness.ts';
import { everything } from '../fixtures/hard-site/cases/everything.ts';
import { compare, type Judged } from '../fixtures/hard-site/compare.ts';
import { readKept } from '../fixtures/hard-site/kept.ts';
import { startHardSite, type HardSite } from '../fixtures/hard-site/site.ts';

let site: HardSite;
let bench: Bench;
let capture: Capture;
let provenance: Provenance;
let answers: KeptAnswer[];
let judged: Judged[];

const of = (path: string): KeptAnswer | undefined =>
  answers.find(({ url }) => new URL(url).pathname === `/everything${path}`);

async function resource(prefix: string): Promise<string> {
  const reader = await openWacz(bench.service.wacz(capture.id));
  const line = (await reader.cdx()).find(({ url }) => url.startsWith(prefix));
  const found = line ? await reader.resource(line.url) : null;
  if (!found) throw new Error(`no ${prefix}`);
  return Buffer.from(await found.bytes()).toString('utf8');
}

const pathOf = (url: string): string => new URL(url).pathname.replace('/everything', '');

describe.each(['wire', 'browser'] as const)(
  'a page with everything recorders miss, seen by the %s',
  (mode) => {
    beforeAll(async () => {
      site = await startHardSite();
      bench = new Bench();
      ({ capture, provenance, answers } = await bench.capture(site.url(everything), { witness: mode }));
      const kept = await readKept(bench.service.wacz(capture.id));
      judged = compare(site.log, kept.answers, provenance);
    });
    afterAll(async () => {
      await bench.close();
      await site.close();
    });

    it('keeps every answer byte for byte, with its headers and with what was sent for it', () => {
      const lacking = judged
        .filter(({ verdict }) => verdict !== 'kept')
        .map(({ served, lacks }) => `${served.method} ${pathOf(served.url)}: ${lacks.join('; ')}`);
      // Beside the wire, the browser looks again at a service worker's scripts, outside every page, to see whether they changed, and
      // does not tell what a shared worker sends, nor always what came of an answer that was given up.
      const hidden =
        mode === 'browser'
          ? /^GET \/(sw|sw-part|from-shared)(\.js)?: .*(request headers|no record of it)|^GET \/aborted: .* bytes had come/
          : /^$/;
      expect(lacking.filter((line) => !hidden.test(line))).toEqual([]);
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
      const seen = new Set(site.log.map(({ url }) => pathOf(url)));
      expect([...paths, ...fetched].filter((path) => !seen.has(path))).toEqual([]);
      expect([...paths, ...fetched].filter((path) => of(path) === undefined)).toEqual([]);
    });

    it('keeps an endless stream as far as it came, and says so', () => {
      expect(of('/events')).toMatchObject({ truncated: 'time', size: 'data: first\n\n'.length });
      expect(provenance.verdict.remarks.join('\n')).toMatch(/1 endless stream was kept as far as it came/);
    });

    it('keeps what arrived of an answer the page gave up', () => {
      expect(of('/aborted')?.truncated).toBe('disconnect');
      // The browser lets go of what came before the recorder could ask for it, now and then; the wire does not.
      if (mode === 'wire') expect(of('/aborted')?.size).toBe(400 * 13);
    });

    it('keeps headers as often as they came, and renames what described the transfer', () => {
      const valuesOf = (path: string, wanted: string): (string | undefined)[] =>
        of(path)
          ?.headers.filter(([name]) => name.toLowerCase() === wanted)
          .map(([, value]) => value) ?? [];
      expect(valuesOf('/', 'set-cookie')).toEqual(['a=1', 'b=2; HttpOnly']);
      expect(valuesOf('/', 'x-many')).toEqual(['one', 'two']);
      expect(of('/')?.requestHeaders.some(([name]) => name.toLowerCase() === 'user-agent')).toBe(true);
      expect(valuesOf('/br.json', mode === 'wire' ? 'content-encoding' : 'x-orig-content-encoding')).toEqual([
        'br',
      ]);
      // Players undo no zstd: it is written unpacked, and what was sent stands beside it.
      expect(valuesOf('/zstd.json', 'x-orig-content-encoding')).toEqual(['zstd']);
      expect(provenance.artefacts.some(({ uri }) => /^urn:sent:.*\/zstd\.json$/.test(uri))).toBe(
        mode === 'wire',
      );
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
          .map(({ url }) => pathOf(url))
          .toSorted(),
      ).toEqual(mode === 'wire' ? ['/aborted', '/events'] : ['/aborted', '/events', '/sw.js']);
      expect(capture.state, provenance.verdict.remarks.join('\n')).toBe('COMPLETE');
    });

    it('has the WebSocket’s messages', async () => {
      const lines = (await resource('urn:websocket:'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { direction: string; data: string });
      expect(lines.map(({ direction, data }) => [direction, data])).toEqual([
        ['sent', 'question'],
        ['received', 'answer to question'],
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
