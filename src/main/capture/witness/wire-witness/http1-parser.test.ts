import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Heard, sha256, type HeardExchange } from '../../../../../test/support/heard.ts';
import { Http1Parser } from './http1-parser.ts';

/** `> ` from the client, `< ` from the server, `>|` and `<|` where that side closes. */
type Script = (['>' | '<', string] | '>|' | '<|')[];

function play(script: Script, cut: (bytes: Buffer) => Buffer[] = (bytes) => [bytes]): Heard {
  const heard = new Heard();
  const parser = new Http1Parser(heard);
  for (const step of script) {
    if (step === '>|') parser.clientEnd();
    else if (step === '<|') parser.serverEnd();
    else
      for (const piece of cut(Buffer.from(step[1], 'latin1')))
        if (step[0] === '>') parser.client(piece);
        else parser.server(piece);
  }
  expect(heard.broken).toEqual([]);
  return heard;
}

const GET = 'GET /a HTTP/1.1\r\nHost: x.test\r\n\r\n';
const POST = 'POST /a HTTP/1.1\r\nHost: x.test\r\nContent-Length: 10\r\n\r\n';
const UPGRADE = 'GET /ws HTTP/1.1\r\nHost: x.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
const ok = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const bodyIs = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
const ended = (one: HeardExchange) =>
  one.requestTrailers !== null && one.responseTrailers !== null && !one.failure;

const scripts: Record<string, Script> = {
  'requests one after the other': [
    ['>', GET],
    ['<', ok('one')],
    ['>', POST],
    ['>', '0123456789'],
    ['<', ok('two')],
    '>|',
    '<|',
  ],
  'pipelined requests': [
    ['>', GET + POST + '0123456789' + GET.replace('GET', 'HEAD')],
    ['<', `${ok('one')}${ok('two')}HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n`],
    '<|',
  ],
  'a chunked answer with extensions and trailers': [
    ['>', GET],
    [
      '<',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5;a="b"\r\nhello\r\n6 \r\n world\r\n000\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n',
    ],
    ['>', GET],
    ['<', ok('next')],
    '<|',
  ],
  'interim answers': [
    ['>', POST],
    ['<', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['>', '0123456789'],
    ['<', `HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n${ok('done')}`],
    '<|',
  ],
  'bare line feeds, a folded field, no reason phrase': [
    ['>', 'GET / HTTP/1.1\nHost: x.test\nX-A: one\n\ttwo\n\n'],
    ['<', 'HTTP/1.1 200\nX-B:\n  folded\nSet-Cookie: a\nno field\nset-cookie : b\nContent-Length: 2\n\nhi'],
    '<|',
  ],
  'an answer that ends with the connection': [
    ['>', GET],
    ['<', 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end'],
    '<|',
  ],
  'a body cut short': [['>', GET], ['<', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst part'], '<|'],
  'an answer before the request is whole': [
    ['>', `${POST}0123`],
    ['<', ok('too large')],
    ['>', '456789'],
    ['>', GET],
    ['<', ok('next')],
    '<|',
  ],
  'an upgrade with bytes in the same chunk': [
    ['>', UPGRADE],
    ['<', `${SWITCH}\x81\x02hi`],
    ['>', '\x81\x82maskno'],
    '>|',
    '<|',
  ],
  'an upgrade that is refused, with bytes already sent': [
    ['>', UPGRADE + GET],
    ['<', ok('no')],
    ['<', ok('a')],
    '<|',
  ],
  'a tunnel': [
    ['>', 'CONNECT x.test:443 HTTP/1.1\r\nHost: x.test:443\r\n\r\n\x16\x03\x01'],
    ['<', 'HTTP/1.1 200 Connected\r\nContent-Length: 4\r\n\r\nraw!'],
    '<|',
  ],
  'bytes after the end': [
    ['>', GET],
    ['<', `${ok('fine')}more`],
  ],
  garbage: [
    ['>', GET],
    ['<', '<html>no status line</html>'],
  ],
  'a notice of a timeout': [
    ['>', GET],
    ['<', ok('one')],
    ['<', 'HTTP/1.1 408 Request Time-out\r\n\r\nbye'],
    ['>', GET],
    '<|',
  ],
  'a chunk size that is none': [
    ['>', GET],
    ['<', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n'],
  ],
};

describe('an HTTP/1 connection', () => {
  test('is read into requests and answers, in order', () => {
    const heard = play(scripts['pipelined requests'] ?? []);
    expect(heard.all.map(({ request }) => request?.method)).toEqual(['GET', 'POST', 'HEAD']);
    expect(heard.all.every(ended)).toBe(true);
    expect(sha256(heard.get(2).requestBody)).toBe(bodyIs('0123456789'));
    expect(heard.all.map(({ responseBody }) => responseBody.size)).toEqual([3, 3, 0]);
    const [first] = heard.all;
    expect(first?.request).toMatchObject({
      target: '/a',
      authority: 'x.test',
      scheme: null,
      version: 'http/1.1',
    });
    expect(Buffer.from(first?.request?.raw ?? []).toString()).toBe(GET);
    expect(Buffer.from(first?.response?.raw ?? []).toString()).toBe(
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n',
    );
  });

  test('gives chunked bodies without their chunks, and the trailers', () => {
    const heard = play(scripts['a chunked answer with extensions and trailers'] ?? []);
    expect(sha256(heard.get(1).responseBody)).toBe(bodyIs('hello world'));
    expect(heard.get(1).responseTrailers).toEqual([
      ['X-Sum', '1'],
      ['X-Sum', '2'],
    ]);
    expect(heard.get(2).responseBody.size).toBe(4);
  });

  test('keeps fields in order, twice, in their spelling and bytes', () => {
    const heard = play(scripts['bare line feeds, a folded field, no reason phrase'] ?? []);
    expect(heard.get(1).request?.headers).toEqual([
      ['Host', 'x.test'],
      ['X-A', 'one two'],
    ]);
    expect(heard.get(1).response).toMatchObject({ status: 200, statusText: '' });
    expect(heard.get(1).response?.headers).toEqual([
      ['X-B', 'folded'],
      ['Set-Cookie', 'a'],
      ['set-cookie', 'b'],
      ['Content-Length', '2'],
    ]);
    const latin = play([
      ['>', GET],
      ['<', 'HTTP/1.1 200 \xc9t\xe9\r\nX-Name: \xa0\xe9\xa0\r\nContent-Length: 0\r\n\r\n'],
    ]);
    expect(latin.get(1).response).toMatchObject({ statusText: '\xc9t\xe9' });
    expect(latin.get(1).response?.headers[0]).toEqual(['X-Name', '\xa0\xe9\xa0']);
  });

  test('tells interim answers from the answer', () => {
    const heard = play(scripts['interim answers'] ?? []);
    expect(heard.get(1).informational.map(({ status }) => status)).toEqual([100, 103]);
    expect(ended(heard.get(1))).toBe(true);
  });

  test.each([
    ['204', GET, 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', 0],
    ['304', GET, 'HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n', 0],
    ['205 without a length', GET, 'HTTP/1.1 205 Reset Content\r\n\r\n', 0],
    [
      'a coding over a length',
      GET,
      'HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n4\r\n\x1f\x8b\x08\x00\r\n0\r\n\r\n',
      4,
    ],
    [
      'the same length twice',
      GET,
      'HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nhi',
      2,
    ],
    [
      'a coding that is none, with a length',
      GET,
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi',
      2,
    ],
    [
      'chunked in HTTP/1.0',
      GET,
      'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n4\r\na',
      4,
    ],
    ['a line break left over', GET, '\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 2],
    ['four stray bytes', GET, 'oopsHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 2],
  ])('finds the end of the body and the next answer: %s', (_, request, answer, size) => {
    const heard = play([
      ['>', request + GET],
      ['<', answer + ok('next')],
    ]);
    expect(heard.get(1).responseBody.size).toBe(size);
    expect(heard.all.every(ended)).toBe(true);
    expect(heard.unfollowed).toEqual([]);
  });

  test('says who broke off, and hands on what came before', () => {
    const cut = play(scripts['a body cut short'] ?? []).get(1);
    expect(cut.responseBody.size).toBe(10);
    expect(cut.failure).toEqual({
      by: 'server',
      reason: 'The server closed the connection in the middle of an answer.',
    });
    const aborted = play([['>', GET + GET], ['<', 'HTTP/1.1 200 OK\r\n\r\nendless'], '>|', '<|']);
    expect(aborted.all.map(({ failure }) => failure)).toEqual([
      { by: 'client', reason: 'The client closed the connection in the middle of an answer.' },
      { by: 'client', reason: 'The client closed the connection before it was answered.' },
    ]);
    const unsent = play([['>', `${POST}0123`], ['<', ok('too large')], '<|']).get(1);
    expect(unsent.responseTrailers).toEqual([]);
    expect(unsent.failure?.reason).toBe('The server closed the connection in the middle of a request.');
  });

  test('passes over the notice that an idle connection has timed out', () => {
    const notice = 'HTTP/1.1 408 Request Time-out\r\nConnection: close\r\n\r\n<html>408</html>';
    const idle = play([['<', notice], '<|']);
    expect([idle.all, idle.unfollowed]).toEqual([[], []]);
    const crossed = play([['>', GET], ['<', ok('one')], ['<', notice], ['>', GET], '<|']);
    expect(crossed.unfollowed).toEqual([]);
    expect(crossed.get(2).failure?.reason).toBe('The server closed the connection before it was answered.');
    const asked = play([['>', GET], ['<', notice], '<|']);
    expect(asked.get(1).response?.status).toBe(408);
  });

  test('does not take a connection that broke for the end of an answer', () => {
    const heard = new Heard();
    const parser = new Http1Parser(heard);
    parser.client(Buffer.from(GET));
    parser.server(Buffer.from('HTTP/1.1 200 OK\r\n\r\npart'));
    parser.serverEnd('ECONNRESET');
    expect(heard.get(1).failure?.reason).toBe(
      'The server broke the connection (ECONNRESET) in the middle of an answer.',
    );
  });

  test('hands on what follows an upgrade, and reads on where it was refused', () => {
    const socket = play(scripts['an upgrade with bytes in the same chunk'] ?? []).get(1);
    expect(socket.response?.status).toBe(101);
    expect(Buffer.concat(socket.upgraded?.server ?? []).toString('latin1')).toBe('\x81\x02hi');
    expect(Buffer.concat(socket.upgraded?.client ?? []).toString('latin1')).toBe('\x81\x82maskno');
    expect(socket.upgraded?.end).toBeNull();
    const refused = play(scripts['an upgrade that is refused, with bytes already sent'] ?? []);
    expect(refused.all.map(({ responseBody, upgraded }) => [responseBody.size, upgraded])).toEqual([
      [2, null],
      [1, null],
    ]);
    const tunnel = play(scripts['a tunnel'] ?? []).get(1);
    expect(
      Buffer.concat([...(tunnel.upgraded?.client ?? []), ...(tunnel.upgraded?.server ?? [])]).toString(
        'latin1',
      ),
    ).toBe('\x16\x03\x01raw!');
  });

  test.each([
    ['what no request asked for', [['<', ok('push')]]],
    ['bytes after the end', scripts['bytes after the end'] ?? []],
    ['no status line', scripts['garbage'] ?? []],
    ['no status line, at once closed', [['>', GET], ['<', 'hi'], '<|']],
    ['no request', [['>', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']]],
    ['a request of HTTP/0.9', [['>', 'GET /\r\n\r\n']]],
    [
      'lengths that differ',
      [
        ['>', GET],
        ['<', 'HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nhi'],
      ],
    ],
    [
      'an endless head',
      [
        ['>', GET],
        ['<', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(1024 * 1024)}`],
      ],
    ],
    [
      'endless trailers',
      [
        ['>', GET],
        ['<', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ${'a'.repeat(1024 * 1024)}`],
      ],
    ],
    [
      'an endless chunk size',
      [
        ['>', GET],
        ['<', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(17 * 1024)}`],
      ],
    ],
    [
      'a chunk longer than said',
      [
        ['>', GET],
        ['<', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n'],
      ],
    ],
    [
      'an upgrade no one asked for',
      [
        ['>', GET],
        ['<', SWITCH],
      ],
    ],
    [
      'interim answers without end',
      [
        ['>', GET],
        ['<', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(101)],
      ],
    ],
    ['requests without end', [['>', GET.repeat(1001)]]],
    ['a request head cut short', [['>', 'GET / HTTP/1.1\r\nHo'], '>|', '<|']],
  ] satisfies [string, Script][])('is given up, once and with its open exchanges: %s', (_, script) => {
    const heard = play([...script, ['>', GET], ['<', ok('after')], '>|', '<|']);
    expect(heard.unfollowed).toHaveLength(1);
    expect(heard.dangling).toEqual([]);
  });

  test.each(Object.entries(scripts))('tells the same however it is cut: %s', (_, script) => {
    const whole = play(script).lines;
    expect(play(script, (bytes) => Array.from(bytes, (byte) => Buffer.of(byte))).lines).toEqual(whole);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (sizes) => {
        const cut = (bytes: Buffer) => {
          const pieces: Buffer[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = Number(sizes.next().value);
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          return pieces;
        };
        expect(play(script, cut).lines).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('never throws and leaves nothing open, whatever it is given', () => {
    const bytes = Object.values(scripts).flatMap((script) =>
      script.filter((step) => typeof step !== 'string'),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat(bytes.length - 1),
            fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
          ),
          { maxLength: 8 },
        ),
        (steps) => {
          const script = steps.map(([index, mutations]): ['>' | '<', string] => {
            const [side, text] = bytes[index] ?? ['>', ''];
            const mutated = Buffer.from(text, 'latin1');
            for (const [at, value] of mutations) if (mutated.length > 0) mutated[at % mutated.length] = value;
            return [side, mutated.toString('latin1')];
          });
          const heard = play([...script, '>|', '<|']);
          expect(heard.dangling).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
