import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleSite, type SampleSite, type ServedAnswer } from '../fixtures/sample-site/server.ts';
import { Bench, type KeptAnswer } from './capture-harness.ts';

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

/**
 * What the server logged as served and the archive does not have, in words. An answer is there when a record of the same method,
 * address and status holds the same bytes: decoded, because that is how the browser hands them over. The body of a redirect is the one
 * thing the browser never shows; such a record must say that it is not whole.
 */
function missing(served: ServedAnswer[], kept: KeptAnswer[]): string[] {
  const left = [...kept];
  return served.flatMap((answer) => {
    const index = left.findIndex((one) => isOf(one, answer));
    if (index === -1)
      return [
        `${answer.method} ${answer.url} (${answer.status}, ${answer.decodedBytes} bytes, ${answer.state})`,
      ];
    left.splice(index, 1);
    return [];
  });
}

function isOf(one: KeptAnswer, answer: ServedAnswer): boolean {
  if (one.method !== answer.method || one.url !== answer.url || one.status !== answer.status) return false;
  if (one.requestSha256 !== (answer.requestBody?.sha256 ?? null)) return false;
  if (answer.status >= 300 && answer.status < 400 && one.truncated !== null) return one.size === 0;
  return one.sha256 === answer.decodedSha256 && one.truncated === null;
}

describe('the sample site', () => {
  it.each([
    'article',
    'articleShort',
    'thread',
    'video',
    'organisation',
    'congress',
    'memorandum',
    'cyrillic',
  ] as const)('%s: every answer the server logged is in the archive, byte for byte', async (name) => {
    site.clearLog();
    const { capture, provenance, answers } = await bench.capture(site.urls[name], {
      pdf: name === 'article',
    });
    const served = site.log();
    expect(served.length).toBeGreaterThan(0);
    expect(missing(served, answers)).toEqual([]);
    expect(capture.state, provenance.verdict.remarks.join('\n')).toBe('COMPLETE');
    expect(capture.httpStatus).toBe(200);
  });

  it('finds a resource missing when one is taken away', async () => {
    site.clearLog();
    const { answers } = await bench.capture(site.urls.organisation);
    const served = site.log();
    expect(missing(served, answers.slice(1))).toHaveLength(1);
    const [first, ...others] = answers;
    if (!first) throw new Error('nothing kept');
    expect(missing(served, [{ ...first, sha256: first.sha256.replace(/^./, 'x') }, ...others])).toHaveLength(
      1,
    );
  });

  it('keeps both cookies, the redirect chain and what was sent', async () => {
    const { answers, provenance } = await bench.capture(site.urls.articleShort);
    const article = answers.find(({ url }) => url === site.urls.article);
    expect(article?.headers.filter(([name]) => name.toLowerCase() === 'set-cookie')).toHaveLength(2);
    expect(provenance.url.redirects.map(({ status }) => status)).toEqual([301, 302]);
    expect(provenance.url).toMatchObject({ entered: site.urls.articleShort, final: site.urls.article });
    expect(answers.some(({ method, requestSha256 }) => method === 'POST' && requestSha256 !== null)).toBe(
      true,
    );
    expect(
      provenance.exchanges
        .filter(({ failure }) => failure === null)
        .every(({ serverAddress }) => serverAddress === '127.0.0.1'),
    ).toBe(true);
  });

  it('verifies', async () => {
    expect(await bench.failures()).toEqual([]);
  });
});
