import 'reflect-metadata';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { buffer } from 'node:stream/consumers';
import * as x509 from '@peculiar/x509';
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sha256, type Heard, type HeardExchange } from '../../../../../test/support/heard.ts';
import { replay, teeTo, type Recording, type WireTee } from '../../../../../test/support/wire-tee.ts';
import { Http1Parser } from './http1-parser.ts';
import { Http2Parser } from './http2-parser.ts';
import type { ExchangeSink } from './parser.ts';

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const http1 = (sink: ExchangeSink) => new Http1Parser(sink);
const h2 = (sink: ExchangeSink) => new Http2Parser(sink);
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What a server sent, or got, for a target. */
type Truth = Map<string, { sent: string; got: string }>;

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function everyExchange(tee: WireTee): HeardExchange[] {
  for (const heard of tee.heard) {
    expect(heard.broken).toEqual([]);
    expect(heard.unfollowed).toEqual([]);
    expect(heard.dangling).toEqual([]);
  }
  return tee.heard.flatMap(({ all }) => all);
}

function compare(exchanges: HeardExchange[], truth: Truth): void {
  for (const [target, { sent, got }] of truth) {
    const seen = exchanges.filter(({ request }) => request?.target === target);
    expect(seen.map(({ failure }) => failure)).toEqual([null]);
    expect(seen.map(({ responseBody, requestBody }) => [sha256(responseBody), sha256(requestBody)])).toEqual([
      [sent, got],
    ]);
  }
}

describe('HTTP/1 between Node and Node', () => {
  test('holds what the server sent and got', async () => {
    const truth: Truth = new Map();
    const port = await listening(
      http.createServer((request, response) => {
        void answer(request, response);
      }),
    );
    const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
      const got = await buffer(request);
      const target = request.url ?? '';
      const sent = randomBytes(Number(/\d+$/.exec(target)?.[0] ?? 0));
      if (target.startsWith('/broken')) {
        response.writeHead(200, { 'content-length': sent.length * 2 });
        response.write(sent, () => response.destroy());
        return;
      }
      truth.set(target, { sent: digest(sent), got: digest(got) });
      if (target.startsWith('/hints')) response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      if (target.startsWith('/length')) response.setHeader('Content-Length', sent.length);
      if (target.startsWith('/chunked')) response.setHeader('Trailer', 'X-Sum');
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      for (let at = 0; at < sent.length; at += 70_000) response.write(sent.subarray(at, at + 70_000));
      if (target.startsWith('/chunked')) response.addTrailers({ 'X-Sum': truth.get(target)?.sent ?? '' });
      response.end();
    };
    const tee = await teeTo(port, http1);
    closing.push(() => tee.close());
    const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
    const ask = async (path: string, upload?: Buffer) => {
      const request = http.request({ port: tee.port, path, agent, method: upload ? 'POST' : 'GET' });
      request.end(upload);
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      return buffer(response).catch(() => null);
    };
    await Promise.all([
      ask('/length-3000000'),
      ask('/chunked-2000000'),
      ask('/chunked-upload-10', randomBytes(2_500_000)),
      ask('/hints-5000'),
      ask('/broken-100000'),
      ask('/length-0'),
      ask('/chunked-1'),
    ]);
    agent.destroy();
    await tee.settled();
    const exchanges = everyExchange(tee);
    expect(exchanges).toHaveLength(7);
    expect(truth.size).toBe(6);
    compare(exchanges, truth);
    const named = (name: string) => exchanges.find(({ request }) => request?.target.startsWith(name));
    expect(named('/chunked-2000000')?.responseTrailers?.[0]?.[0]).toBe('X-Sum');
    expect(named('/hints')?.informational[0]?.status).toBe(103);
    expect(named('/broken')?.failure?.by).toBe('server');
    expect(named('/broken')?.responseBody.size).toBe(100_000);
    expect(named('/length-0')?.response?.headers.filter(([name]) => name === 'Set-Cookie')).toHaveLength(2);
  });
});

async function certificate(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    cert: made.toString('pem'),
  };
}

/** Streams at once, uploads, trailers, hints, pushes, resets, tunnels, heads of several frames. */
async function converse(
  server: http2.Http2Server | http2.Http2SecureServer,
  tls?: { key: string; cert: string },
): Promise<{ tee: WireTee; truth: Truth }> {
  const truth: Truth = new Map();
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const target = String(headers[':path']);
    if (headers[':method'] === 'CONNECT') {
      stream.respond({ ':status': 200 });
      stream.on('data', (bytes: Buffer) => stream.write(bytes));
      stream.on('end', () => stream.end());
      return;
    }
    const answer = (got: Buffer) => {
      const sent = randomBytes(Number(/\d+$/.exec(target)?.[0] ?? 0));
      if (target.startsWith('/reset')) {
        stream.respond({ ':status': 200 });
        stream.write(sent, () => stream.destroy(new Error('on purpose')));
        return;
      }
      truth.set(target, { sent: digest(sent), got: digest(got) });
      if (target.startsWith('/hints')) stream.additionalHeaders({ ':status': 103, link: '</a.css>' });
      if (target.startsWith('/push') && stream.pushAllowed)
        stream.pushStream({ ':path': '/pushed-7000' }, (error, pushed) => {
          if (error) throw error;
          const body = randomBytes(7000);
          truth.set('/pushed-7000', { sent: digest(body), got: digest(Buffer.alloc(0)) });
          pushed.respond({ ':status': 200 });
          pushed.end(body);
        });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': digest(sent) }));
      const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`x-${i}`, `${target} ${i}`]));
      const large = target.startsWith('/head') ? { 'x-large': 'a'.repeat(40_000) } : {};
      stream.respond(
        { ':status': 200, 'set-cookie': ['a=1', 'b=2'], ...many, ...large },
        { waitForTrailers: target.startsWith('/trailers') },
      );
      for (let at = 0; at < sent.length; at += 70_000) stream.write(sent.subarray(at, at + 70_000));
      stream.end();
    };
    const got: Buffer[] = [];
    stream.on('data', (bytes: Buffer) => got.push(bytes));
    stream.on('end', () => answer(Buffer.concat(got)));
  });
  const port = await listening(server);
  const tee = await teeTo(port, h2, tls && { ...tls, protocol: 'h2' });
  closing.push(() => tee.close());
  const session = http2.connect(`${tls ? 'https' : 'http'}://localhost:${tee.port}`, {
    rejectUnauthorized: false,
    settings: { headerTableSize: 65_536 },
  });
  session.on('stream', (pushed) => pushed.resume());
  await once(session, 'remoteSettings');
  const ask = async (path: string, upload?: Buffer) => {
    const request = session.request(
      { ':path': path, ':method': upload ? 'POST' : 'GET', cookie: 'x=1; y=2', 'x-any': 'é\xff~{}' },
      { endStream: false },
    );
    request.end(upload);
    request.resume();
    await once(request, 'close').catch(() => {});
  };
  const tunnel = async () => {
    const request = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':path': '/socket',
      ':scheme': 'https',
    });
    await once(request, 'response');
    request.end('there and back');
    await buffer(request);
  };
  const paths = [
    '/a-1',
    '/b-150000',
    '/trailers-80000',
    '/hints-3000',
    '/push-10',
    '/head-10',
    '/none-0',
    '/reset-5000',
  ];
  await Promise.all([...paths.map((path) => ask(path)), ask('/upload-20', randomBytes(100_000)), tunnel()]);
  await Promise.all(Array.from({ length: 20 }, (_, i) => ask(`/again-${i}`)));
  session.close();
  await once(session, 'close');
  await tee.settled();
  return { tee, truth };
}

function check({ tee, truth }: { tee: WireTee; truth: Truth }): void {
  const exchanges = everyExchange(tee);
  expect(truth.size).toBe(29);
  compare(exchanges, truth);
  const named = (name: string) => exchanges.find(({ request }) => request?.target.startsWith(name));
  expect(named('/a')?.request).toMatchObject({
    method: 'GET',
    version: 'h2',
    authority: expect.stringContaining('localhost:'),
  });
  expect(named('/a')?.request?.headers).toContainEqual(['x-any', 'é\xff~{}']);
  expect(named('/a')?.response?.headers.filter(([name]) => name === 'set-cookie')).toHaveLength(2);
  expect(named('/trailers')?.responseTrailers).toEqual([['x-sum', truth.get('/trailers-80000')?.sent]]);
  expect(named('/hints')?.informational[0]?.headers).toContainEqual(['link', '</a.css>']);
  expect(named('/pushed')?.id).toBe(2);
  expect(named('/head')?.response?.headers.find(([name]) => name === 'x-large')?.[1]).toHaveLength(40_000);
  expect(named('/reset')?.failure).toEqual({
    by: 'server',
    reason: 'The server reset the stream (INTERNAL_ERROR).',
  });
  expect(named('/reset')?.responseBody.size).toBe(5000);
  const socket = named('/socket');
  expect(socket?.request?.protocol).toBe('websocket');
  expect(Buffer.concat(socket?.upgraded?.server ?? []).toString()).toBe('there and back');
  expect(Buffer.concat(socket?.upgraded?.client ?? []).toString()).toBe('there and back');
  expect(socket?.upgraded?.end).toBeNull();
}

const byByte = (bytes: Buffer) => Array.from(bytes.keys(), (at) => bytes.subarray(at, at + 1));

describe('HTTP/2 between Node and Node', () => {
  let recording: Recording = [];
  let told: Heard | undefined;

  beforeAll(async () => {
    const talk = await converse(
      http2.createServer({
        settings: { enableConnectProtocol: true, headerTableSize: 128 },
        paddingStrategy: http2.constants.PADDING_STRATEGY_MAX,
      }),
    );
    check(talk);
    recording = talk.tee.recordings[0] ?? [];
    told = talk.tee.heard[0];
  });

  test('holds what the server sent and got, over TLS as well', async () => {
    const keys = await certificate();
    const server = http2.createSecureServer({
      ...keys,
      settings: { enableConnectProtocol: true, headerTableSize: 0 },
    });
    check(await converse(server, keys));
  });

  test('is told the same however it is cut', () => {
    expect(told).toBeDefined();
    expect(replay(recording, h2, byByte).lines).toEqual(told?.lines);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 5000 })), (sizes) => {
        const cut = (bytes: Buffer) => {
          const pieces: Buffer[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = Number(sizes.next().value);
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          return pieces;
        };
        expect(replay(recording, h2, cut).lines).toEqual(told?.lines);
      }),
      { numRuns: 5 },
    );
  });

  test('never throws and leaves nothing open when bytes of it are changed', () => {
    // Without most of the bodies, so that a change is likely to hit a frame's head.
    const short = recording.map(([side, bytes]): [typeof side, Buffer | null] => [
      side,
      bytes && Buffer.from(bytes.subarray(0, 600)),
    ]);
    const sources = [short, recording.slice(0, 12)];
    let given = 0;
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.array(fc.tuple(fc.nat(60), fc.nat(2000), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (source, changes) => {
          const changed = (sources[source] ?? []).map(([side, bytes]): [typeof side, Buffer | null] => [
            side,
            bytes && Buffer.from(bytes),
          ]);
          for (const [step, at, value] of changes) {
            const bytes = changed[step % changed.length]?.[1];
            if (bytes && bytes.length > 0) bytes[at % bytes.length] = value;
          }
          const heard = replay([...changed, ['client', null], ['server', null]], h2);
          expect(heard.broken).toEqual([]);
          expect(heard.dangling).toEqual([]);
          given += heard.unfollowed.length;
        },
      ),
      { numRuns: 400 },
    );
    expect(given).toBeGreaterThan(0);
  });
});
