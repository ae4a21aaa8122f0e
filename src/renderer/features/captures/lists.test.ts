import { describe, expect, it } from 'vitest';
import { addressesIn } from './addresses.ts';
import { rangeOf } from './selection.ts';

describe('the addresses in what was pasted', () => {
  it('are taken from lines, spaces and tabs, each once, in their order', () => {
    const text = 'https://b.example/ \r\n\thttps://a.example/\nhttps://b.example/\n\n';
    expect(addressesIn(text)).toEqual(['https://b.example/', 'https://a.example/']);
  });

  it('are none where nothing is', () => {
    expect(addressesIn(' \n\t')).toEqual([]);
  });
});

describe('a range of captures', () => {
  const ids = ['a', 'b', 'c', 'd'];

  it('reaches from where it began, up or down, both ends included', () => {
    expect(rangeOf(ids, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(rangeOf(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
  });

  it('is the one row where its beginning is not in the list', () => {
    expect(rangeOf(ids, null, 'c')).toEqual(['c']);
    expect(rangeOf(ids, 'filtered out', 'c')).toEqual(['c']);
  });
});
