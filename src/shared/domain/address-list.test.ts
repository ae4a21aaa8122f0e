import { expect, it } from 'vitest';
import { addressesOf } from './address-list.ts';

const texts = (list: string): string[] => addressesOf(list).map(({ text }) => text);

it('takes one address a line, whatever the line ends, with the number of the line', () => {
  const list = '\uFEFFhttp://a.example/\r\n\r\n# later\r\n  http://b.example/ \rhttp://c.example/\n';
  expect(addressesOf(list)).toEqual([
    { line: 1, text: 'http://a.example/' },
    { line: 4, text: 'http://b.example/' },
    { line: 5, text: 'http://c.example/' },
  ]);
});

it('takes the first column of a table and leaves its heading out', () => {
  expect(texts('URL,Note\nhttp://a.example/x,Ana\n"http://b.example/?q=1,2",x\n')).toEqual([
    'http://a.example/x',
    'http://b.example/?q=1,2',
  ]);
  expect(
    texts('http://a.example/\tone\nhttp://b.example/;"two"\nhttp://c.example/;;\nhttp://d.example/,by Ana'),
  ).toEqual(['http://a.example/', 'http://b.example/', 'http://c.example/', 'http://d.example/']);
});

it('leaves commas, semicolons and fragments that belong to an address', () => {
  const whole = [
    'http://a.example/@-22.2,166.4,15z',
    'http://b.example/a;jsessionid=1?x=2;y=3',
    'http://c.example/#!/p',
  ];
  expect(texts(whole.join('\n'))).toEqual(whole);
});

it('keeps what is no address, so that it can be shown', () => {
  expect(texts('http://a.example/\nnot an address')).toEqual(['http://a.example/', 'not an address']);
});
