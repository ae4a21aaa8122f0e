import { expect, it } from 'vitest';
import { rangeOf } from './range.ts';

it.each([
  ['bytes=0-', { start: 0, end: 100 }],
  ['bytes=10-19', { start: 10, end: 20 }],
  ['bytes=90-500', { start: 90, end: 100 }],
  ['bytes=-10', { start: 90, end: 100 }],
  ['bytes=-500', { start: 0, end: 100 }],
  ['bytes=99-99', { start: 99, end: 100 }],
])('%s of 100 bytes', (header, range) => expect(rangeOf(header, 100)).toEqual(range));

it.each(['bytes=100-', 'bytes=-0', 'bytes=200-300'])('%s of 100 bytes cannot be satisfied', (header) =>
  expect(rangeOf(header, 100)).toBe('unsatisfiable'),
);

it.each([undefined, '', 'bytes=-', 'bytes=0-1,5-6', 'bytes=20-10', 'lines=1-2', 'bytes=1e3-', 'bytes=-1-2'])(
  '%s is not a range that is served: the whole file is',
  (header) => expect(rangeOf(header, 100)).toBeNull(),
);
