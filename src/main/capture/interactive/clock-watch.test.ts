import { expect, it } from 'vitest';
import { clockJump } from './clock-watch.ts';

const start = { wall: 1_000_000, counted: 500 };
const later = (wall: number, counted: number) =>
  clockJump(start, { wall: start.wall + wall, counted: start.counted + counted }, 500);

it.each([
  ['an ordinary turn', 510, 509, null],
  ['a slow one', 4000, 4000, null],
  ['sleep where counting stops', 3_600_000, 600, /slept, or its clock was set/],
  ['sleep where it goes on', 3_600_000, 3_600_000, /Nothing was done for 3600 s/],
  ['a clock set back', -60_000, 500, /set back by 61 s/],
])('%s', (_, wall, counted, said) => {
  if (said === null) expect(later(wall, counted)).toBeNull();
  else expect(later(wall, counted)).toMatch(said);
});
