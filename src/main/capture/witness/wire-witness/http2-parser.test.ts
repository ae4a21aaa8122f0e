import { describe, expect, test } from 'vitest';
import { Heard } from '../../../../../test/support/heard.ts';
import { Http2Parser } from './http2-parser.ts';
import type { Side } from './parser.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const [DATA, HEADERS, PRIORITY, RST, SETTINGS, PROMISE, GOAWAY, CONTINUATION] = [0, 1, 2, 3, 4, 5, 7, 9];
const [END_STREAM, END_HEADERS, PADDED, WITH_PRIORITY] = [1, 4, 8, 32];

function frame(type: number, flags: number, stream: number, payload: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(bytes.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, bytes]);
}

const string = (text: string) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]);

/** A block of fields without compression, for which no table is needed. */
function block(fields: Record<string, string>): Buffer {
  return Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [Buffer.of(0), string(name), string(value)]),
  );
}

const uint32 = (...values: number[]) =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    }),
  );
const setting = (name: number, value: number) => Buffer.concat([Buffer.of(0, name), uint32(value)]);

const GET = block({
  ':method': 'GET',
  ':scheme': 'https',
  ':authority': 'x.test',
  ':path': '/a',
  accept: '*/*',
});
const OK = block({ ':status': '200', server: 'x' });
const get = (stream: number) => frame(HEADERS, END_STREAM | END_HEADERS, stream, GET);
const ok = (stream: number, flags = 0) => frame(HEADERS, END_HEADERS | flags, stream, OK);

const many = (count: number, make: (index: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

function play(...steps: [Side, Buffer | null][]): Heard {
  const heard = new Heard();
  const parser = new Http2Parser(heard);
  parser.client(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0)]));
  parser.server(frame(SETTINGS, 0, 0));
  for (const [side, bytes] of steps)
    if (side === 'client')
      if (bytes) parser.client(bytes);
      else parser.clientEnd();
    else if (bytes) parser.server(bytes);
    else parser.serverEnd();
  expect(heard.broken).toEqual([]);
  return heard;
}

describe('an HTTP/2 connection', () => {
  test('has heads with padding, priority and continuations, and padded data', () => {
    const weight = Buffer.from([0, 0, 0, 0, 15]);
    const padded = Buffer.concat([Buffer.of(3), weight, GET.subarray(0, 10), Buffer.alloc(3)]);
    const heard = play(
      ['client', frame(PRIORITY, 0, 1, weight)],
      ['client', frame(HEADERS, END_STREAM | PADDED | WITH_PRIORITY, 1, padded)],
      ['client', frame(CONTINUATION, 0, 1)],
      ['client', frame(CONTINUATION, END_HEADERS, 1, GET.subarray(10))],
      [
        'server',
        Buffer.concat([ok(1), frame(DATA, PADDED, 1, '\x04body\0\0\0\0'), frame(0xbe, 0xff, 1, 'unknown')]),
      ],
      ['server', frame(DATA, PADDED | END_STREAM, 1, '\x02\0\0')],
      ['client', null],
      ['server', null],
    );
    expect(heard.get(1).request).toMatchObject({
      method: 'GET',
      target: '/a',
      authority: 'x.test',
      scheme: 'https',
      headers: [['accept', '*/*']],
      version: 'h2',
    });
    expect(heard.get(1).responseBody.size).toBe(4);
    expect(heard.get(1).responseTrailers).toEqual([]);
    expect(heard.dangling).toEqual([]);
  });

  test('loses what was reset, refused, or open at its end, each with its reason', () => {
    const heard = play(
      ['client', Buffer.concat([get(1), get(3), get(5), get(7), frame(HEADERS, END_HEADERS, 9, GET)])],
      ['server', Buffer.concat([ok(1), frame(DATA, 0, 1, 'part'), ok(9, END_STREAM)])],
      ['client', frame(RST, 0, 1, uint32(8))],
      ['server', Buffer.concat([frame(DATA, 0, 1, 'under way'), ok(3), frame(DATA, 0, 3, 'part')])],
      ['server', frame(RST, 0, 9, uint32(0))],
      ['server', frame(GOAWAY, 0, 0, uint32(5, 11))],
      ['server', null],
    );
    expect(heard.all.map(({ id, failure }) => [id, failure?.by, failure?.reason])).toEqual([
      [1, 'client', 'The client reset the stream (CANCEL).'],
      [
        3,
        'server',
        'The server closed the connection in the middle of an answer. The server had said why: ENHANCE_YOUR_CALM.',
      ],
      [
        5,
        'server',
        'The server closed the connection before it was answered. The server had said why: ENHANCE_YOUR_CALM.',
      ],
      [7, 'server', 'The server closed before it looked at this (ENHANCE_YOUR_CALM).'],
      [9, 'server', 'The server reset the stream (NO_ERROR).'],
    ]);
    expect(heard.get(1).responseBody.size).toBe(4);
    expect(heard.get(9).responseTrailers).toEqual([]);
    expect(heard.unfollowed).toEqual([]);
  });

  test('keeps what is sent on a tunnel before its answer, and hands it on as what it turns out to be', () => {
    const connect = block({ ':method': 'CONNECT', ':authority': 'x.test:443' });
    const heard = play(
      ['client', Buffer.concat([frame(HEADERS, END_HEADERS, 1, connect), frame(DATA, 0, 1, 'early')])],
      [
        'client',
        Buffer.concat([frame(HEADERS, END_HEADERS, 3, connect), frame(DATA, END_STREAM, 3, 'early')]),
      ],
      [
        'server',
        Buffer.concat([ok(1), frame(HEADERS, END_HEADERS | END_STREAM, 3, block({ ':status': '403' }))]),
      ],
      ['client', frame(DATA, END_STREAM, 1, ' bird')],
      ['server', frame(RST, 0, 1, uint32(10))],
    );
    expect(heard.get(1).request).toMatchObject({ target: 'x.test:443', protocol: null });
    expect(Buffer.concat(heard.get(1).upgraded?.client ?? []).toString()).toBe('early bird');
    expect(heard.get(1).upgraded?.end).toBe('The server reset the stream (CONNECT_ERROR).');
    expect(heard.get(3)).toMatchObject({ upgraded: null, failure: null, requestBody: { size: 5 } });
  });

  test.each<[string, Buffer]>([
    ['two heads', Buffer.concat([ok(1), ok(1)])],
    ['a body without a head', frame(DATA, 0, 1, 'body')],
    ['an end without a head', frame(DATA, END_STREAM, 1)],
    ['no status', frame(HEADERS, END_HEADERS, 1, block({ server: 'x' }))],
    ['101', frame(HEADERS, END_HEADERS, 1, block({ ':status': '101' }))],
    [
      'an interim answer that is the last',
      frame(HEADERS, END_HEADERS | END_STREAM, 1, block({ ':status': '103' })),
    ],
  ])('goes on when one stream is malformed: %s', (_, malformed) => {
    const heard = play(
      ['client', Buffer.concat([get(1), get(3)])],
      ['server', malformed],
      ['server', ok(3, END_STREAM)],
    );
    expect(heard.get(1).failure?.by).toBe('server');
    expect(heard.get(3)).toMatchObject({ failure: null, responseTrailers: [] });
  });

  test('follows frames and tables as large as the other side allows', () => {
    const large = frame(DATA, END_STREAM, 1, Buffer.alloc(20_000));
    expect(play(['client', get(1)], ['server', Buffer.concat([ok(1), large])]).unfollowed).toHaveLength(1);
    const allowed = play(
      ['client', Buffer.concat([frame(SETTINGS, 0, 0, setting(5, 65_536)), get(1)])],
      ['server', Buffer.concat([ok(1), large])],
    );
    expect(allowed.get(1).responseBody.size).toBe(20_000);
  });

  test.each<[string, Side, Buffer]>([
    ['an answer to nothing', 'server', ok(3)],
    ['data on no stream', 'server', frame(DATA, 0, 0, 'x')],
    ['a stream the client may not open', 'client', get(2)],
    ['a request without a target', 'client', frame(HEADERS, END_HEADERS, 3, block({ ':method': 'GET' }))],
    ['a promise by the client', 'client', frame(PROMISE, END_HEADERS, 1, Buffer.concat([uint32(2), GET]))],
    [
      'a promise of a stream of the client',
      'server',
      frame(PROMISE, END_HEADERS, 1, Buffer.concat([uint32(3), GET])),
    ],
    [
      'a block that is broken off',
      'server',
      Buffer.concat([frame(HEADERS, 0, 1, OK), frame(DATA, 0, 1, 'x')]),
    ],
    [
      'a block broken off by another',
      'server',
      Buffer.concat([frame(HEADERS, 0, 1, OK), frame(CONTINUATION, 4, 3)]),
    ],
    ['a continuation of nothing', 'server', frame(CONTINUATION, END_HEADERS, 1, OK)],
    ['more padding than there is', 'server', frame(DATA, PADDED, 1, '\x05four')],
    ['padding without its length', 'server', frame(DATA, PADDED, 1)],
    ['a head with more padding than there is', 'server', frame(HEADERS, END_HEADERS | PADDED, 1, '\x05four')],
    ['a frame that is too short', 'server', frame(RST, 0, 1, 'x')],
    ['a block that cannot be unpacked', 'server', frame(HEADERS, END_HEADERS, 1, Buffer.of(0xff, 0xff))],
    [
      'a block without end',
      'server',
      Buffer.concat([frame(HEADERS, 0, 1), many(66, () => frame(CONTINUATION, 0, 1, Buffer.alloc(16_384)))]),
    ],
    ['streams without end', 'client', many(10_001, (index) => get(index * 2 + 3))],
  ])('is given up, once and with its open exchanges: %s', (_, side, bytes) => {
    const heard = play(
      ['client', get(1)],
      [side, bytes],
      ['client', get(30_001)],
      ['server', ok(1)],
      ['server', null],
    );
    expect(heard.unfollowed).toHaveLength(1);
    expect(heard.dangling).toEqual([]);
  });

  test('must begin as one', () => {
    for (const [client, server] of [
      [Buffer.from('GET / HTTP/1.1\r\n\r\n'), frame(SETTINGS, 0, 0)],
      [Buffer.concat([PREFACE, get(1)]), frame(SETTINGS, 0, 0)],
      [PREFACE, Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ] as const) {
      const heard = new Heard();
      const parser = new Http2Parser(heard);
      parser.client(client);
      parser.server(server);
      expect(heard.unfollowed).toHaveLength(1);
    }
  });
});
