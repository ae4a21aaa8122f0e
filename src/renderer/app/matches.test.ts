import { expect, it } from 'vitest';
import { matches } from './matches.ts';

it('finds what was written with accents and capitals by what is typed without', () => {
  expect(matches('noumea', 'Émeutes à Nouméa')).toBe(true);
  expect(matches('NOUMÉA', 'noumea')).toBe(true);
});

it('wants every word, in any order and in any of the texts', () => {
  expect(matches('pont courrier', 'Courrier du Lagon', 'Le montage du pont')).toBe(true);
  expect(matches('pont gazette', 'Courrier du Lagon', 'Le montage du pont')).toBe(false);
});

it('lets everything through while nothing is typed', () => {
  expect(matches('  ', 'anything')).toBe(true);
});

it('finds in scripts without capitals', () => {
  expect(matches('صورة', 'صورة مركّبة تجوب العالم')).toBe(true);
});
