import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { constants, deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer, type PerMessageDeflateOptions } from 'ws';
import { teeTo } from '../../../../../test/support/wire-tee.ts';
import { Http1Parser } from './http1-parser.ts';
import type { Side } from './parser.ts';
import { MESSAGE_LIMIT, WebSocketFrames, type WebSocketMessage } from './websocket-frames.ts';

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const FRAMES = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

function read(
  extensions: string | null,
  parts: [Side, Buffer][],
): { messages: WebSocketMessage[]; unfollowed: [Side, string][] } {
  const messages: WebSocketMessage[] = [];
  const unfollowed: [Side, string][] = [];
  const frames = new WebSocketFrames(extensions, {
    message: (message) => messages.push(message),
    unparsable: (from, reason) => unfollowed.push([from, reason]),
  });
  for (const [from, bytes] of parts) frames.bytes(from, bytes);
  frames.end();
  return { messages, unfollowed };
}

const told = (messages: WebSocketMessage[]) =>
  messages.map(({ from, opcode, fin, payload, isCompressed }) => [
    from,
    opcode,
    fin,
    Buffer.from(payload).toString('latin1'),
    isCompressed,
  ]);

/** A frame of the server, unmasked. */
function frame(first: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? [first, length]
      : [first, 127, 0, 0, 0, 0, ...Buffer.from(new Uint32Array([length]).buffer).toReversed()];
  return Buffer.concat([Buffer.from(head), payload]);
}

const packed = (bytes: Buffer) =>
  deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);

async function talk(deflate: PerMessageDeflateOptions | false) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: deflate });
  await once(server, 'listening');
  closing.push(() => server.close());
  const tee = await teeTo((server.address() as AddressInfo).port, (sink) => new Http1Parser(sink));
  closing.push(() => tee.close());
  const large = randomBytes(200_000);
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => {
      socket.send(data, { binary: isBinary });
      if (isBinary) socket.close(1000, 'enough');
    });
  });
  const client = new WebSocket(`ws://127.0.0.1:${tee.port}/chat`, { perMessageDeflate: deflate !== false });
  await once(client, 'open');
  client.send('héllo '.repeat(300));
  client.send('héllo '.repeat(300));
  client.send('one ', { fin: false });
  client.ping('are you there');
  client.send('two', { fin: true });
  client.send('');
  client.send(large);
  await once(client, 'close');
  await tee.settled();
  const exchange = tee.heard[0]?.get(1);
  const extensions =
    exchange?.response?.headers.find(([name]) => name.toLowerCase() === 'sec-websocket-extensions')?.[1] ??
    null;
  const { client: sent = [], server: received = [] } = exchange?.upgraded ?? {};
  return {
    large,
    extensions,
    parts: [...sent.map((bytes) => ['client', bytes]), ...received.map((bytes) => ['server', bytes])] as [
      Side,
      Buffer,
    ][],
  };
}

describe('the frames of a WebSocket', () => {
  test.each<[string, PerMessageDeflateOptions | false]>([
    ['plain', false],
    ['compressed, each message after the one before', { threshold: 0 }],
    [
      'compressed, each for itself',
      { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true },
    ],
  ])('hold the messages both sides sent: %s', async (_, deflate) => {
    const { large, extensions, parts } = await talk(deflate);
    expect(extensions !== null).toBe(deflate !== false);
    const { messages, unfollowed } = read(extensions, parts);
    expect(unfollowed).toEqual([]);
    const text = Buffer.from('héllo '.repeat(300)).toString('latin1');
    const said = [
      [FRAMES.text, text],
      [FRAMES.text, text],
      [FRAMES.text, 'one two'],
      [FRAMES.text, ''],
      [FRAMES.binary, large.toString('latin1')],
    ];
    for (const from of ['client', 'server'])
      expect(
        told(messages)
          .filter(([side, opcode]) => side === from && (opcode === FRAMES.text || opcode === FRAMES.binary))
          .map(([, opcode, fin, payload, isCompressed]) => [opcode, payload, fin, isCompressed]),
      ).toEqual(said.map(([opcode, payload]) => [opcode, payload, true, false]));
    const control = told(messages).filter(([, opcode]) => Number(opcode) >= FRAMES.close);
    expect(control).toEqual([
      ['client', FRAMES.ping, true, 'are you there', false],
      ['client', FRAMES.close, true, '\x03\xe8enough', false],
      ['server', FRAMES.pong, true, 'are you there', false],
      ['server', FRAMES.close, true, '\x03\xe8enough', false],
    ]);

    const byByte = parts.flatMap(([from, bytes]) =>
      Array.from(bytes.subarray(0, 9000).keys(), (at): [Side, Buffer] => [from, bytes.subarray(at, at + 1)]),
    );
    const whole = parts.map(([from, bytes]): [Side, Buffer] => [from, bytes.subarray(0, 9000)]);
    expect(told(read(extensions, byByte).messages)).toEqual(told(read(extensions, whole).messages));
  });

  test('are not changed by being read', () => {
    // RFC 6455 5.7
    const bytes = Buffer.from('818537fa213d7f9f4d5158', 'hex');
    const before = Buffer.from(bytes);
    expect(told(read(null, [['client', bytes]]).messages)).toEqual([['client', 1, true, 'Hello', false]]);
    expect(bytes).toEqual(before);
  });

  test('are handed on in parts where a message is too large, or broke off', () => {
    const large = Buffer.alloc(MESSAGE_LIMIT + 5, 'x');
    const { messages } = read(null, [
      ['server', frame(0x82, large)],
      ['server', frame(0x01, Buffer.from('cut'))],
    ]);
    expect(messages.map(({ opcode, fin, payload }) => [opcode, fin, payload.length])).toEqual([
      [2, false, MESSAGE_LIMIT],
      [0, true, 5],
      [1, false, 3],
    ]);
  });

  test('that unpack to too much, or to nothing, are kept as sent; what refers to them too', () => {
    const bomb = packed(Buffer.alloc(MESSAGE_LIMIT * 2));
    const hello = packed(Buffer.from('hello'));
    const parts: [Side, Buffer][] = [bomb, hello].map((bytes) => ['server', frame(0xc1, bytes)]);
    expect(read('permessage-deflate', parts).messages.map(({ isCompressed }) => isCompressed)).toEqual([
      true,
      true,
    ]);
    const alone = read('permessage-deflate; server_no_context_takeover', parts).messages;
    expect(alone.map(({ isCompressed }) => isCompressed)).toEqual([true, false]);
    expect(
      told(read('permessage-deflate', [['server', frame(0xc1, Buffer.from('no deflate'))]]).messages),
    ).toEqual([['server', 1, true, 'no deflate', true]]);
  });

  test.each([
    ['an extension that is not known', frame(0xa1, Buffer.from('a'))],
    ['compression that was not agreed', frame(0xc1, Buffer.from('a'))],
    ['a kind that is not known', frame(0x83, Buffer.from('a'))],
    ['a continuation of nothing', frame(0x80, Buffer.from('a'))],
    [
      'a message within another',
      Buffer.concat([frame(0x01, Buffer.from('a')), frame(0x81, Buffer.from('b'))]),
    ],
    ['a control frame in parts', frame(0x09, Buffer.from('a'))],
    ['a control frame that is too long', frame(0x89, Buffer.alloc(126))],
    ['a length past counting', Buffer.from('827fffffffffffffffff', 'hex')],
  ])('are given up on one side only: %s', (_, bytes) => {
    const { messages, unfollowed } = read(null, [
      ['server', bytes],
      ['server', frame(0x81, Buffer.from('after'))],
      ['client', frame(0x81, Buffer.from('other'))],
    ]);
    expect(unfollowed.map(([side]) => side)).toEqual(['server']);
    expect(told(messages).at(-1)).toEqual(['client', 1, true, 'other', false]);
  });

  test('never make it throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }),
        fc.boolean(),
        (parts, isDeflated) => {
          read(
            isDeflated ? 'permessage-deflate' : null,
            parts.map((bytes) => ['server', Buffer.from(bytes)]),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
