import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { startSampleSite, type SampleSite } from '../fixtures/sample-site/server.ts';
import type { Provenance } from '../../src/shared/domain/provenance.ts';
import { Bench, options } from './capture-harness.ts';

let site: SampleSite;
let bench: Bench;

beforeAll(async () => {
  site = await startSampleSite();
  bench = new Bench();
});
afterAll(async () => {
  await bench.close();
  await site.close();
});

const remarks = ({ verdict }: Provenance): string => verdict.remarks.join('\n');
const step = ({ stepOutcomes }: Provenance, name: string) => stepOutcomes.find((one) => one.name === name);

describe('pages that misbehave', () => {
  it.each([
    ['dialogs', /dialog \(confirm\), which was dismissed: “Voulez-vous continuer/],
    ['alertOnLoad', /dialog \(alert\)/],
    ['popup', /opened another window \(http/],
  ] as const)('%s: answers it, says so, and goes on', async (name, sentence) => {
    const { capture, provenance } = await bench.capture(site.urls[name]);
    expect(capture.state).toBe('COMPLETE');
    expect(remarks(provenance)).toMatch(sentence);
  });

  it.each([
    ['missing', 404],
    ['broken', 500],
  ] as const)('%s: an answer with status %d is a capture, and says its status', async (name, status) => {
    const { capture, provenance } = await bench.capture(site.urls[name]);
    expect(capture).toMatchObject({ state: 'COMPLETE', httpStatus: status });
    expect(remarks(provenance)).toContain(`status ${status}`);
  });

  it('a circle of redirects ends, and every hop is in the record', async () => {
    const { capture, provenance, answers } = await bench.capture(site.urls.redirectLoop);
    expect(capture.state).toBe('FAILED');
    expect(remarks(provenance)).toContain('it redirects in a circle');
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.every(({ status }) => status === 302)).toBe(true);
  });

  it('a page that never ends costs no more than the budget, and what came is kept', async () => {
    const limits = { loadTimeout: 1500, settleTimeout: 500, scrollTimeout: 1000 };
    const { capture, provenance, answers } = await bench.capture(site.urls.neverEnding, limits);
    expect(capture.state).toBe('PARTIAL');
    expect(step(provenance, 'load')).toMatchObject({
      outcome: 'partial',
      note: 'The page had not finished loading after 1.5 s.',
    });
    expect(step(provenance, 'screenshot')?.outcome).toBe('done');
    expect(answers[0]).toMatchObject({ status: 200, truncated: 'time' });
    expect(answers[0]?.size).toBeGreaterThan(0);
  });

  it('an answer cut off by the server is kept as far as it came', async () => {
    const { capture, answers } = await bench.capture(site.urls.cut, { loadTimeout: 2000 });
    expect(capture.state).toBe('PARTIAL');
    expect(answers[0]).toMatchObject({ truncated: 'disconnect' });
    expect(answers[0]?.size).toBeGreaterThan(0);
  });

  it('a title full of tricks is kept as it is, and defused on the page a person reads', async () => {
    const { capture, provenance } = await bench.capture(site.urls.strangeTitle);
    expect(capture.title).toContain('\u202e');
    expect(provenance.page.title).toBe(capture.title);
    const { openWacz } = await import('../../src/main/archive/wacz/reader.ts');
    const reader = await openWacz(bench.service.wacz(capture.id));
    const html = Buffer.from(await reader.bytes('evidence/provenance.html')).toString('utf8');
    expect(html).not.toMatch(/\u202e|<img|<script/);
    expect(html).toContain("default-src 'none'");
  });

  it('keeps no more bytes than the person allowed, and says what is missing', async () => {
    const { capture, provenance, answers } = await bench.capture(site.urls.article, { maxBytes: 30_000 });
    expect(capture.state).toBe('PARTIAL');
    expect(remarks(provenance)).toMatch(/because the limit of bytes was reached/);
    expect(answers.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(30_000);
  });
});

it('wears the language, the time zone and the window the person chose', async () => {
  const { provenance, answers, capture } = await bench.capture(site.urls.missing, {
    locale: 'fr-FR',
    timeZone: 'Pacific/Noumea',
    viewport: { width: 900, height: 500 },
  });
  expect(answers[0]?.requestHeaders.find(([name]) => name.toLowerCase() === 'accept-language')?.[1]).toMatch(
    /^fr-FR,fr/,
  );
  expect(provenance.environment).toMatchObject({
    locale: 'fr-FR',
    timeZone: 'Pacific/Noumea',
    viewport: { width: 900, height: 500 },
  });
  const { bytes } = await bench.service.artefact(capture.id, 'screenshot');
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 900, height: 500 });
});

/** Processes of the capture browser that stem from this test: their command names its profile. */
function browserProcesses(type?: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        readlinkSync(`/proc/${pid}/exe`);
        return (
          line.includes(`constat-browser-${process.pid}-`) &&
          (type === undefined ? !line.includes('--type=') : line.includes(`--type=${type}`))
        );
      } catch {
        return false;
      }
    });
}

describe.skipIf(process.platform !== 'linux')('crashes (found through /proc)', () => {
  it('of the whole browser: what was received is sealed as PARTIAL, and nothing hangs', async () => {
    const [job] = bench.service.start([site.urls.neverEnding], options({ loadTimeout: 60_000 }));
    if (!job) throw new Error('no job');
    for await (const news of bench.service.watch()) {
      if (news.type === 'job' && news.job.id === job.id && news.job.bytes > 0) break;
    }
    for (const pid of browserProcesses()) process.kill(pid, 'SIGKILL');
    const ended = await bench.service.settled(job.id);
    expect(ended.state).toBe('done');
    const { capture, provenance } = await bench.service.get(ended.captureId ?? '');
    expect(capture.state).toBe('PARTIAL');
    expect(remarks(provenance)).toMatch(/the browser closed the page or stopped working/);
    expect(await bench.failures()).toEqual([]);
  });

  it('leaves no process and no profile behind', async () => {
    expect(browserProcesses()).toEqual([]);
    expect(
      readdirSync(tmpdir()).filter((entry) => entry.startsWith(`constat-browser-${process.pid}-`)),
    ).toEqual([]);
  });
});
