import { expect, it } from 'vitest';
import type { ResourceAccount, StepOutcome } from '../../shared/domain/provenance.ts';
import type { PageFinding } from '../../shared/domain/page-finding.ts';
import { judge } from './verdict.ts';

function resource(some: Partial<ResourceAccount>): ResourceAccount {
  return {
    url: 'http://a.test/x',
    method: 'GET',
    type: 'Image',
    status: 200,
    mimeType: 'image/png',
    size: 1,
    sha256: null,
    decodedSha256: null,
    seenBy: 'browser',
    protocol: 'h2',
    serverAddress: null,
    tls: null,
    requestedAt: '2026-11-22T18:00:00.000Z',
    timing: null,
    fromCache: false,
    fromServiceWorker: false,
    truncated: null,
    failure: null,
    blocked: false,
    ...some,
  };
}

function verdict(
  resources: Partial<ResourceAccount>[],
  steps: Partial<StepOutcome>[] = [],
  more: { status?: number; received?: boolean; findings?: PageFinding[] } = {},
) {
  return judge({
    resources: resources.map(resource),
    steps: steps.map((step) => ({
      name: 'load',
      outcome: 'done',
      startedAt: '2026-11-22T18:00:00.000Z',
      durationMs: 1,
      note: null,
      ...step,
    })),
    page: { status: more.status ?? 200, findings: more.findings ?? [] },
    received: more.received ?? true,
    noticed: [],
  });
}

it('has nothing to say of a page that came as a whole', () => {
  expect(verdict([{}, {}], [{}])).toEqual({ state: 'COMPLETE', remarks: [] });
});

it('begins with what the page was, which takes nothing from the completeness of the record', () => {
  const reason = 'The server answered with status 403 and a captcha instead of the page.';
  const finding: PageFinding = { kind: 'bot-check', rule: 'x', platform: 'generic', reason, readable: null };
  expect(verdict([{}], [{}], { status: 403, findings: [finding] })).toEqual({
    state: 'COMPLETE',
    remarks: [`This is not the content but a check for robots. ${reason}`],
  });
});

it('says the status of an error page, which is a capture all the same', () => {
  expect(verdict([{}], [{}], { status: 404 })).toEqual({
    state: 'COMPLETE',
    remarks: ['The server answered the page itself with status 404.'],
  });
});

it.each<[string, Partial<ResourceAccount>, RegExp]>([
  [
    'refused by the guard',
    { status: null, blocked: true, failure: 'refused: it is a private address' },
    /1 request was refused because of where it leads/,
  ],
  [
    'not answered',
    { status: null, failure: 'a.test was not reached (ETIMEDOUT)' },
    /1 request was not answered/,
  ],
  [
    'cut at the end',
    { truncated: 'time', failure: 'it was still arriving when the capture ended' },
    /1 answer was still arriving/,
  ],
  [
    'over the limit',
    { truncated: 'length', failure: 'the limit of bytes for this capture was reached' },
    /limit of bytes/,
  ],
  [
    'cut by the server',
    { truncated: 'disconnect', failure: 'it failed (net::ERR_CONTENT_LENGTH_MISMATCH)' },
    /1 answer was not kept in full/,
  ],
])('is PARTIAL when something a reader would have had is missing: %s', (_, account, words) => {
  const { state, remarks } = verdict([account]);
  expect(state).toBe('PARTIAL');
  expect(remarks.join()).toMatch(words);
});

it.each<[string, Partial<ResourceAccount>]>([
  [
    'an endless stream',
    { type: 'EventSource', truncated: 'time', failure: 'it was still arriving when the capture ended' },
  ],
  ['what the page gave up', { truncated: 'disconnect', failure: 'the page gave it up (net::ERR_ABORTED)' }],
  ['what the page may not read', { failure: 'the page was not allowed to read it (net::ERR_FAILED)' }],
  [
    'the body of a redirect',
    { status: 301, failure: 'the browser does not show the body of a redirect (9 bytes were announced)' },
  ],
])('says it, and stays COMPLETE: %s', (_, account) => {
  const { state, remarks } = verdict([account]);
  expect([state, remarks.length]).toEqual(['COMPLETE', 1]);
});

it('is PARTIAL when a step was not finished, FAILED when nothing was received', () => {
  expect(verdict([], [{ name: 'pdf', outcome: 'failed', note: 'The browser gave no PDF.' }])).toEqual({
    state: 'PARTIAL',
    remarks: ['The PDF: failed. The browser gave no PDF.'],
  });
  expect(verdict([], [{ outcome: 'failed', note: 'No.' }], { received: false }).state).toBe('FAILED');
});

it('names three and counts the rest', () => {
  const many = Array.from({ length: 5 }, (_, index) => ({
    url: `http://a.test/${index}`,
    status: null,
    failure: 'no answer came',
  }));
  const [remark] = verdict(many).remarks;
  expect(remark).toMatch(/^5 requests were not answered: .*\/0 .*\/1 .*\/2 .*; and 2 more\.$/);
});
