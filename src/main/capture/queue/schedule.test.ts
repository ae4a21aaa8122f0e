import { describe, expect, it } from 'vitest';
import { Schedule, type Limits } from './schedule.ts';

const limits: Limits = { concurrency: 2, pause: 2000 };

function filled(...jobs: [id: string, lane: string][]): Schedule {
  const schedule = new Schedule();
  for (const [id, lane] of jobs) schedule.add(id, lane);
  return schedule;
}

describe('which capture starts next', () => {
  it('takes as many as are allowed at once, and of one host one', () => {
    const schedule = filled(['a1', 'a'], ['a2', 'a'], ['b1', 'b'], ['c1', 'c']);
    expect([schedule.next(0, limits), schedule.next(0, limits), schedule.next(0, limits)]).toEqual([
      'a1',
      'b1',
      null,
    ]);
    expect([schedule.size, schedule.wakeAt(limits)]).toEqual([2, null]);
    schedule.remove('b1');
    expect(schedule.next(1, limits)).toBe('c1');
  });

  it('leaves a pause between two starts at one host', () => {
    const schedule = filled(['a1', 'a'], ['a2', 'a']);
    expect(schedule.next(100, limits)).toBe('a1');
    schedule.remove('a1');
    expect([schedule.next(2099, limits), schedule.wakeAt(limits)]).toEqual([null, 2100]);
    expect(schedule.next(2100, limits)).toBe('a2');
  });

  it('lets hosts take turns, so that a long list of one does not keep the others waiting', () => {
    const schedule = filled(['a1', 'a'], ['a2', 'a'], ['a3', 'a'], ['b1', 'b'], ['b2', 'b'], ['c1', 'c']);
    const order: (string | null)[] = [];
    for (let now = 0; schedule.size > 0; now += 5000) {
      const id = schedule.next(now, { concurrency: 1, pause: 0 });
      order.push(id);
      if (id !== null) schedule.remove(id);
    }
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('starts a waiting job when it is due and not before, ahead of those not tried yet', () => {
    const schedule = filled(['a1', 'a'], ['a2', 'a']);
    schedule.add('late', 'a', 9000);
    expect(schedule.waiting()).toEqual({ count: 1, next: 9000 });
    expect(schedule.next(0, limits)).toBe('a1');
    schedule.remove('a1');
    expect(schedule.next(9000, limits)).toBe('late');
    schedule.remove('late');
    schedule.add('a3', 'b', 20_000);
    schedule.remove('a2');
    expect([schedule.next(19_999, limits), schedule.wakeAt(limits)]).toEqual([null, 20_000]);
    expect(schedule.next(20_000, limits)).toBe('a3');
  });

  it('lets a host rest, and a person cut the rest short', () => {
    const schedule = filled(['a1', 'a'], ['b1', 'b']);
    schedule.add('a2', 'a', 50_000);
    schedule.holdLane('a', 60_000);
    expect([schedule.next(0, limits), schedule.next(0, limits)]).toEqual(['b1', null]);
    expect(schedule.wakeAt(limits)).toBe(60_000);
    schedule.hasten('a2');
    expect(schedule.next(1, limits)).toBe('a2');
    schedule.remove('a2');
    schedule.add('a2', 'a', 50_000);
    schedule.hasten();
    expect(schedule.waiting().count).toBe(0);
  });

  it('counts what a host failed since it last gave something', () => {
    const schedule = filled(['a1', 'a']);
    expect([schedule.laneFailed('a'), schedule.laneFailed('a'), schedule.laneFailures('b')]).toEqual([
      1, 2, 0,
    ]);
    schedule.laneGave('a');
    expect(schedule.laneFailures('a')).toBe(0);
  });

  it('forgets what was cancelled', () => {
    const schedule = filled(['a1', 'a'], ['a2', 'a']);
    expect([schedule.remove('a1'), schedule.remove('a1'), schedule.has('a1')]).toEqual([true, false, false]);
    expect(schedule.next(0, limits)).toBe('a2');
    expect(schedule.lanes()).toEqual([]);
  });
});

it('puts ten thousand jobs in order without looking at each at every step', () => {
  const schedule = new Schedule();
  for (let i = 0; i < 10_000; i += 1) schedule.add(`${i}`, `host-${i % 50}`, i % 3 === 0 ? 1 : 0);
  const seen = new Set<string>();
  for (let now = 1; schedule.size > 0; now += 1) {
    const id = schedule.next(now, { concurrency: 1, pause: 0 });
    if (id === null) throw new Error('a job was lost');
    seen.add(id);
    schedule.remove(id);
  }
  expect(seen.size).toBe(10_000);
});
