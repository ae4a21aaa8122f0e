import { describe, expect, it } from 'vitest';
import { checkClock, isClockWrong, type AnsweredHead } from './clock-check.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');

/** An answer whose server's clock is `ahead` of this one (milliseconds), written in the middle of the round trip. */
function answer(
  host: string,
  ahead: number,
  at: number,
  trip = 100,
  more: Partial<AnsweredHead> = {},
): AnsweredHead {
  const date = new Date(at + trip / 2 + ahead).toUTCString();
  return { host, address: '93.184.216.34', date, age: null, sentAt: at, receivedAt: at + trip, ...more };
}

describe('the clock check', () => {
  it('finds the difference within what whole seconds and the round trip allow', () => {
    for (const ahead of [-61_234, -700, 0, 400, 3_600_000]) {
      for (const at of [noon, noon + 333, noon + 999]) {
        const check = checkClock([answer('a.test', ahead, at)]);
        expect(Math.abs((check?.offsetMs ?? Number.NaN) - ahead)).toBeLessThanOrEqual(550);
      }
    }
  });

  it('bounds a host more tightly with every answer of it', () => {
    const many = Array.from({ length: 20 }, (_, index) => answer('a.test', 5_250, noon + index * 137, 20));
    const check = checkClock(many);
    expect(Math.abs((check?.offsetMs ?? Number.NaN) - 5_250)).toBeLessThan(80);
    expect(check?.samples).toHaveLength(1);
    expect(check?.words).toMatch(
      /^This computer’s clock was 5\.[23] s behind the clock of a\.test, give or take 0\.?\d* s\.$/,
    );
    expect(check && isClockWrong(check)).toBe(true);
  });

  it('takes the median over hosts, names who disagrees, and leaves out caches and what is no date', () => {
    const check = checkClock([
      answer('a.test', 0, noon),
      answer('b.test', 100, noon + 50),
      answer('stale.test', -86_400_000, noon),
      answer('cdn.test', -9_000_000, noon, 100, { age: '9000' }),
      answer('odd.test', 0, noon, 100, { date: 'yesterday' }),
      answer('none.test', 0, noon, 100, { date: null }),
    ]);
    expect(check?.samples.map(({ host }) => host)).toEqual(['a.test', 'b.test', 'stale.test']);
    expect(check?.words).toMatch(/^This computer’s clock agreed with the clocks of 3 servers \(median\)/);
    expect(check?.words).toContain('Not of one mind with the others: stale.test.');
    expect(check && isClockWrong(check)).toBe(false);
  });

  it('keeps to the quickest answer where a host contradicts itself', () => {
    const check = checkClock([answer('a.test', 0, noon, 40), answer('a.test', -60_000, noon, 400)]);
    expect(Math.abs(check?.offsetMs ?? Number.NaN)).toBeLessThan(550);
  });

  it('says that a server of the own network says little, and nothing where nobody told the time', () => {
    expect(checkClock([answer('a.test', 0, noon, 100, { address: '127.0.0.1' })])?.words).toMatch(
      /says little\.$/,
    );
    expect(checkClock([])).toBeNull();
  });
});
