import { describe, expect, it } from 'vitest';
import { ByteBudget } from '../browser-witness/budget.ts';
import type { RequestHead } from './parser.ts';
import type { WireExchange } from './wire-exchange.ts';
import { WireLog } from './wire-log.ts';

const at = (milliseconds: number): Date => new Date(Date.UTC(2026, 0, 1) + milliseconds);
const connection = { number: 1, host: 'a.test', port: 80, address: '192.0.2.1', secure: false, tls: null };
const when = (asked: number, sent: number | null = null) => ({
  askedAt: at(asked).getTime(),
  sentAt: sent === null ? null : at(sent).getTime(),
  headAt: null,
});

function logOf(times: number[]): WireLog {
  const log = new WireLog('/nowhere', new ByteBudget(1e9), (error) => {
    throw error;
  });
  const sink = log.sink(connection);
  for (const [id, time] of times.entries()) {
    const head: RequestHead = {
      method: 'GET',
      target: '/poll',
      authority: 'a.test',
      scheme: null,
      headers: [],
      version: 'http/1.1',
      raw: null,
      at: at(time),
      protocol: null,
    };
    sink.request(id, head);
  }
  return log;
}

const claim = (log: WireLog, times: ReturnType<typeof when>, wanted?: WireExchange) =>
  log.claim('GET', 'http://a.test/poll', times, (seen) => Promise.resolve(seen === wanted));

describe('several requests for one address', () => {
  it('are told apart by what was answered, whatever the order of the claims', async () => {
    const log = logOf([0, 1, 2, 3]);
    const wanted = log.exchanges.toReversed();
    expect(await Promise.all(wanted.map((one) => claim(log, when(0, 0), one)))).toEqual(wanted);
    expect(log.unclaimed()).toEqual([]);
  });

  it('are given by the time they were sent where nothing else tells', async () => {
    const log = logOf([0, 400, 800]);
    expect(await claim(log, when(0, 790))).toBe(log.exchanges[2]);
    expect(await claim(log, when(300))).toBe(log.exchanges[1]);
    expect(await claim(log, when(300))).toBeNull();
  });
});
