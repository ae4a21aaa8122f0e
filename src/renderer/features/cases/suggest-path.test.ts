import { describe, expect, it } from 'vitest';
import { fileNameOf, inFolder } from './suggest-path.ts';

describe('a file name made of a title', () => {
  it.each([
    ['The Lagoon montage', 'the-lagoon-montage'],
    ['  Affaire n° 12/2026 : « la Lagune »  ', 'affaire-n-12-2026-la-lagune'],
    ['../../etc/passwd', 'etc-passwd'],
    ['قضية الجسر', 'قضية-الجسر'],
    ['???', ''],
  ])('%s', (title, name) => {
    expect(fileNameOf(title)).toBe(name);
  });

  it('is short enough for any file system, and does not end in a hyphen', () => {
    const name = fileNameOf('Long words '.repeat(40));
    expect(name.length).toBeLessThanOrEqual(60);
    expect(name).not.toMatch(/-$/);
  });
});

it('is put into a folder with the separator of that folder', () => {
  expect(inFolder('/home/a/Constat', 'x.constat')).toBe('/home/a/Constat/x.constat');
  expect(inFolder('C:\\Users\\a\\Constat', 'x.constat')).toBe('C:\\Users\\a\\Constat\\x.constat');
});
