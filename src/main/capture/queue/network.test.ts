import { expect, it } from 'vitest';
import { problem } from '../../../shared/problems.ts';
import { pauseAfter, pauseBetweenLooks, retryAfter } from './back-off.ts';
import { meaningOf, seemsOnline, type Network } from './network.ts';
import { setbackOf } from './setback.ts';

/** A network in which only these names have an address; the others fail with the code. */
function network(known: string[], code: string, more: Partial<Network> = {}): Network {
  return {
    resolve: async (host) => {
      if (known.includes(host)) return ['192.0.2.1'];
      throw Object.assign(new Error(code), { code });
    },
    addresses: () => ['192.168.1.7'],
    believesNoSuchName: true,
    ...more,
  };
}

it.each([
  ['only this name cannot be looked up now', 'EAI_AGAIN', network(['b.example'], 'EAI_AGAIN'), 'host'],
  ['there is no such name while others resolve', 'ENOTFOUND', network(['b.example'], 'ENOTFOUND'), 'final'],
  ['no name can be looked up', 'EAI_AGAIN', network([], 'EAI_AGAIN'), 'offline'],
  ['there is no route, and no name can be looked up', 'ENETUNREACH', network([], 'EAI_AGAIN'), 'offline'],
  ['there is no route to this one alone', 'ENETUNREACH', network(['b.example'], 'EAI_AGAIN'), 'host'],
  ['a name server says that neither exists', 'ENOTFOUND', network([], 'ENOTFOUND'), 'final'],
  [
    'nothing exists, on a system that says so without a network',
    'ENOTFOUND',
    network([], 'ENOTFOUND', { believesNoSuchName: false }),
    'offline',
  ],
  [
    'the computer has no address',
    'ENOTFOUND',
    network(['b.example'], 'x', { addresses: () => [] }),
    'offline',
  ],
])('understands what it means when %s', async (_, code, net, meaning) => {
  expect(await meaningOf({ host: 'a.example', code }, ['a.example', 'b.example', '192.0.2.9'], net)).toBe(
    meaning,
  );
});

it('takes a name that can exist nowhere for what it is, and asks nobody', async () => {
  const asked: string[] = [];
  const net = network([], 'EAI_AGAIN', { resolve: async (host) => (asked.push(host), []) });
  expect(await meaningOf({ host: 'no.invalid', code: 'EAI_AGAIN' }, ['b.example'], net)).toBe('final');
  expect(asked).toEqual([]);
});

it('asks again only for hosts that are to be captured', async () => {
  expect(await seemsOnline(['a.example'], network(['a.example'], 'EAI_AGAIN'))).toBe(true);
  expect(await seemsOnline(['a.example', 'localhost'], network(['c.example'], 'EAI_AGAIN'))).toBe(false);
  expect(await seemsOnline(['192.0.2.1'], network([], 'EAI_AGAIN'))).toBe(true);
  expect(await seemsOnline(['a.example'], network(['a.example'], 'x', { addresses: () => [] }))).toBe(false);
});

it('tries again what may pass, and only that', () => {
  const cases: [Parameters<typeof problem>, string][] = [
    [['NAME_NOT_RESOLVED', { host: 'a', code: 'EAI_AGAIN' }], 'network'],
    [['CONNECTION_FAILED', { host: 'a', code: 'ENETUNREACH' }], 'network'],
    [['CONNECTION_FAILED', { host: 'a', code: 'ETIMEDOUT' }], 'host'],
    [['CONNECTION_REFUSED', { host: 'a' }], 'host'],
    [['SERVER_BUSY', { host: 'a', status: '429' }], 'host'],
    [['PAGE_LOAD_FAILED', { code: 'no answer within 30 s' }], 'page'],
    [['PAGE_LOAD_FAILED', { code: 'net::ERR_CERT_DATE_INVALID' }], 'final'],
    [['ADDRESS_PRIVATE', { host: 'a' }], 'final'],
    [['BROWSER_NOT_FOUND'], 'stop'],
    [['DISK_FULL'], 'stop'],
    [['INTERNAL', { reason: 'x' }], 'final'],
  ];
  for (const [made, setback] of cases)
    expect([made[0], setbackOf(problem(...made))]).toEqual([made[0], setback]);
});

it('waits longer after each failure, never for ever, and as long as the server asks', () => {
  expect([1, 2, 3, 9].map((n) => pauseAfter(n, null, 0.5))).toEqual([30_000, 60_000, 120_000, 900_000]);
  expect([pauseAfter(1, null, 0), pauseAfter(1, null, 1)]).toEqual([22_500, 37_500]);
  expect(pauseAfter(1, 3_600_000, 0.5)).toBe(3_600_000);
  expect(pauseAfter(1, 1e12, 0.5)).toBe(86_400_000);
  const now = Date.parse('2026-11-22T10:00:00Z');
  expect(retryAfter('120', now)).toBe(120_000);
  expect(retryAfter('Sun, 22 Nov 2026 10:01:00 GMT', now)).toBe(60_000);
  expect(retryAfter('Sun, 22 Nov 2026 09:00:00 GMT', now)).toBe(0);
  expect([retryAfter('soon', now), retryAfter(null, now)]).toEqual([null, null]);
  expect([0, 1, 20].map(pauseBetweenLooks)).toEqual([5000, 10_000, 600_000]);
});
