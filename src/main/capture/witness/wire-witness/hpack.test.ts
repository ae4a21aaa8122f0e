import { describe, expect, test } from 'vitest';
import { HpackDecoder } from './hpack.ts';
import { decodeHuffman } from './huffman.ts';
import { Unfollowable } from './unfollowable.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const request = (more: [string, string][]): [string, string][] => [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
  ...more,
];
const REQUESTS: [string, string][][] = [
  request([]),
  request([['cache-control', 'no-cache']]),
  [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':path', '/index.html'],
    [':authority', 'www.example.com'],
    ['custom-key', 'custom-value'],
  ],
];
const response = (status: string, date: string, more: [string, string][] = []): [string, string][] => [
  [':status', status],
  ['cache-control', 'private'],
  ['date', date],
  ['location', 'https://www.example.com'],
  ...more,
];
const RESPONSES: [string, string][][] = [
  response('302', 'Mon, 21 Oct 2013 20:13:21 GMT'),
  response('307', 'Mon, 21 Oct 2013 20:13:21 GMT'),
  response('200', 'Mon, 21 Oct 2013 20:13:22 GMT', [
    ['content-encoding', 'gzip'],
    ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
  ]),
];

describe('header blocks', () => {
  test.each([
    [
      'C.2.1',
      '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572',
      ['custom-key', 'custom-header'],
      55,
    ],
    ['C.2.2', '040c 2f73 616d 706c 652f 7061 7468', [':path', '/sample/path'], 0],
    ['C.2.3', '1008 7061 7373 776f 7264 0673 6563 7265 74', ['password', 'secret'], 0],
    ['C.2.4', '82', [':method', 'GET'], 0],
  ])('RFC 7541 %s', (_, block, field, tableSize) => {
    const decoder = new HpackDecoder();
    expect(decoder.decode(hex(block))).toEqual([field]);
    expect(decoder.tableSize).toBe(tableSize);
  });

  test.each([
    [
      'C.3, requests',
      4096,
      REQUESTS,
      [57, 110, 164],
      [
        '828684410f7777772e6578616d706c652e636f6d',
        '828684be58086e6f2d6361636865',
        '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
      ],
    ],
    [
      'C.4, requests in Huffman code',
      4096,
      REQUESTS,
      [57, 110, 164],
      [
        '828684418cf1e3c2e5f23a6ba0ab90f4ff',
        '828684be5886a8eb10649cbf',
        '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
      ],
    ],
    [
      'C.5, answers that push out others',
      256,
      RESPONSES,
      [222, 222, 215],
      [
        '4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d',
        '4803333037c1c0bf',
        '88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31',
      ],
    ],
    [
      'C.6, the same in Huffman code',
      256,
      RESPONSES,
      [222, 222, 215],
      [
        '488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
        '4883640effc1c0bf',
        '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
      ],
    ],
  ])('RFC 7541 %s', (_, tableSize, lists, sizes, blocks) => {
    const decoder = new HpackDecoder(tableSize);
    for (const [index, block] of blocks.entries()) {
      expect(decoder.decode(hex(block))).toEqual(lists[index]);
      expect(decoder.tableSize).toBe(sizes[index]);
    }
  });

  test('follow the size of the table, within what the receiver allowed', () => {
    const decoder = new HpackDecoder();
    decoder.decode(hex('400a637573746f6d2d6b65790d637573746f6d2d686561646572'));
    expect(decoder.decode(hex('be'))).toEqual([['custom-key', 'custom-header']]);
    expect(decoder.decode(hex('20 3fe11f 82'))).toEqual([[':method', 'GET']]);
    expect(decoder.tableSize).toBe(0);
    expect(() => decoder.decode(hex('3fe13f'))).toThrow(Unfollowable);
    decoder.allow(8192);
    decoder.allow(0);
    expect(decoder.decode(hex('3fe13f'))).toEqual([]);
  });

  test.each([
    ['an index of nothing', '80'],
    ['an index past the table', 'be'],
    ['a name that is past the table', '7f0001 61'],
    ['a string that is cut short', '400a6375'],
    ['a number without end', 'ffffffffffffffffff'],
    ['a table larger than allowed', '3fe21f'],
    ['padding of a whole byte', '0001618 2ffff'],
    ['padding that is not ones', '000161811a'],
    ['the end of a string inside one', '00016184ffffffff'],
  ])('that are broken are told: %s', (_, block) => {
    expect(() => new HpackDecoder().decode(hex(block))).toThrow(Unfollowable);
  });

  test('that unpack to more than a head may have are told', () => {
    const decoder = new HpackDecoder();
    const large = Buffer.concat([hex('400161 7f a11e'), Buffer.alloc(4000, 0x62)]);
    const [field] = decoder.decode(large);
    expect(field?.[1]).toHaveLength(4000);
    expect(() => decoder.decode(Buffer.alloc(1000, 0xbe))).toThrow(Unfollowable);
  });

  test('know the codes of rare octets', () => {
    // Octets 0, 10, 92, 128, 249 and 255 with their codes as Appendix B prints them, and ones up to the byte.
    const codes = [
      '1111111111000',
      '1'.repeat(28) + '00',
      '1111111111111110000',
      '11111111111111100110',
      '1'.repeat(27) + '0',
      '1'.repeat(21) + '01110',
    ];
    const bits = codes.join('');
    const padded = bits + '1'.repeat((8 - (bits.length % 8)) % 8);
    const bytes = Buffer.from((padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    expect([...Buffer.from(decodeHuffman(bytes), 'latin1')]).toEqual([0, 10, 92, 128, 249, 255]);
  });
});
