import { expect, it } from 'vitest';
import { announcedLength, isEncoded, parseHeadersText, splitHeaders, statusTextOf } from './headers.ts';

const raw =
  'HTTP/1.1 404 Not Found\r\nSet-Cookie: a=1\r\nX-Odd:no space\r\nset-cookie: b=2\r\nEmpty:\r\n\r\n';

it('keeps raw fields in order, as spelt, as often as they came', () => {
  expect(parseHeadersText(raw)).toEqual([
    ['Set-Cookie', 'a=1'],
    ['X-Odd', 'no space'],
    ['set-cookie', 'b=2'],
    ['Empty', ''],
  ]);
  expect(statusTextOf(raw)).toBe('Not Found');
  expect(statusTextOf('HTTP/1.1 200\r\n\r\n')).toBe('');
});

it('takes joined values apart and leaves pseudo-headers out', () => {
  expect(splitHeaders({ ':status': '200', 'set-cookie': 'a=1\nb=2', accept: '*/*' })).toEqual([
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['accept', '*/*'],
  ]);
});

it.each<[string, number | null]>([
  ['12', 12],
  [' 0 ', 0],
  ['-1', null],
  ['1e3', null],
  ['', null],
])('a length of “%s” announces %s', (value, expected) => {
  expect(announcedLength([['Content-Length', value]])).toBe(expected);
});

it('knows a body that was compressed in transfer', () => {
  expect(isEncoded([['Content-Encoding', 'br']])).toBe(true);
  expect(isEncoded([['content-encoding', 'identity']])).toBe(false);
  expect(isEncoded([])).toBe(false);
});
