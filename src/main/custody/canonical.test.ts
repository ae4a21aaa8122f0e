import { expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';

it('writes the example of RFC 8785 3.2.2 as it must be', () => {
  const value = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '€$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

it('sorts by UTF-16 code units, as RFC 8785 3.2.3 says', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
  const sorted = Object.keys(JSON.parse(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))));
  expect(sorted).toEqual(['1', '\r', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']);
});

it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['half a pair \ud83d']])(
  'refuses %s, which has no canonical text',
  (value) => {
    expect(() => canonicalJson({ value })).toThrow('This was not understood');
  },
);
