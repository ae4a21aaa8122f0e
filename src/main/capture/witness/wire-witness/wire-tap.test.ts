import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import * as http2 from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { certificateFor } from '../../../../../test/fixtures/hard-site/authority.ts';
import { ByteBudget } from '../browser-witness/budget.ts';
import { RunAuthority } from './run-authority.ts';
import { WireLog } from './wire-log.ts';
import { WireTap } from './wire-tap.ts';

const closing: (() => void)[] = [];
const anyOf = (): Promise<boolean> => Promise.resolve(true);
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

let made: Awaited<ReturnType<typeof certificateFor>>;
let expired: typeof made;
let authority: RunAuthority;
beforeAll(async () => {
  [made, expired, authority] = await Promise.all([
    certificateFor(['news.example']),
    certificateFor(['news.example'], 0.5),
    RunAuthority.create(),
  ]);
});

const text = 'voyage '.repeat(20_000);
const answer: RequestListener = (_, response) => {
  response.setHeader('Set-Cookie', ['a=1', 'b=2']).end(text);
};

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** An exit that hands every connection to a tap; gives its port and what the tap saw. */
async function tapBefore(
  server: Server,
  { trust = made.authority, allow = false, host = 'news.example' } = {},
) {
  const upstreamPort = await listening(server);
  const folder = mkdtempSync(join(tmpdir(), 'constat-test-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const log = new WireLog(folder, new ByteBudget(1e9), (error) => {
    throw error;
  });
  const refused: string[] = [];
  const tap = new WireTap({
    authority,
    log,
    allowBadCertificates: allow,
    trustedToo: trust === '' ? [] : [trust],
    onRefused: (_, reason) => refused.push(reason),
  });
  const exit = createServer({ allowHalfOpen: true }, (client) => {
    client.pause();
    client.on('error', () => undefined);
    const upstream = connect({ port: upstreamPort, host: '127.0.0.1', allowHalfOpen: true });
    upstream.on('error', () => undefined);
    upstream.once('connect', () => tap.join(client, upstream, { host, port: 443, address: '127.0.0.1' }));
  });
  return { port: await listening(exit), log, tap, refused };
}

/** Connects as the capture browser does: no trust but in the pinned key. */
async function secure(port: number, alpn: string[]): Promise<tls.TLSSocket> {
  const socket = tls.connect({
    port,
    host: '127.0.0.1',
    servername: 'news.example',
    ALPNProtocols: alpn,
    rejectUnauthorized: false,
  });
  closing.push(() => socket.destroy());
  await Promise.race([
    once(socket, 'secureConnect'),
    once(socket, 'close').then(() => {
      throw new Error('closed');
    }),
  ]);
  return socket;
}

async function getOverHttp1(socket: tls.TLSSocket): Promise<string> {
  socket.write('GET /p?q=1 HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n');
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('latin1');
}

describe('standing at the exit', () => {
  it('shows the browser a certificate for the name, with the one key that is pinned', async () => {
    const { port } = await tapBefore(createHttpsServer({ ...made }, answer));
    const socket = await secure(port, ['http/1.1']);
    const shown = socket.getPeerX509Certificate();
    expect(shown?.checkHost('news.example')).toBe('news.example');
    const spki = shown?.publicKey.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0);
    expect(createHash('sha256').update(spki).digest('base64')).toBe(authority.pin);
  });

  it('keeps a secure exchange as sent, with the chain of that connection', async () => {
    const { port, log, tap } = await tapBefore(createHttpsServer({ ...made }, answer));
    const raw = await getOverHttp1(await secure(port, ['http/1.1']));
    expect(raw).toContain(text.slice(0, 100));
    const [seen] = log.exchanges;
    expect(seen).toMatchObject({ url: 'https://news.example/p?q=1', failure: null, truncated: null });
    expect(seen?.receivedBody()).toMatchObject({
      size: text.length,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(seen?.response?.headers.filter(([name]) => name === 'Set-Cookie')).toHaveLength(2);
    const sent = made.cert.split(/(?<=-----END CERTIFICATE-----\n)/).filter((pem) => pem.includes('BEGIN'));
    expect(seen?.connection.tls).toMatchObject({ protocol: 'TLS 1.3', trust: 'ok' });
    expect(seen?.connection.tls?.chain).toEqual(
      sent.map((pem) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()),
    );
    expect(tap.certificates).toHaveLength(sent.length);
  });

  it('agrees on HTTP/2 where the browser and the server both speak it, and only then', async () => {
    const { port, log } = await tapBefore(
      createSecureServer({ ...made, allowHTTP1: true }, (request, response) => {
        response.end(request.httpVersion);
      }),
    );
    const socket = await secure(port, ['h2', 'http/1.1']);
    expect(socket.alpnProtocol).toBe('h2');
    const session = http2.connect('https://news.example', { createConnection: () => socket });
    const request = session.request({ ':path': '/two' });
    request.setEncoding('utf8');
    let body = '';
    for await (const piece of request) body += String(piece);
    session.close();
    expect(body).toBe('2.0');
    expect((await secure(port, ['http/1.1'])).alpnProtocol).toBe('http/1.1');
    expect(log.exchanges[0]).toMatchObject({ url: 'https://news.example/two', response: { version: 'h2' } });
  });

  it('passes plain connections through and keeps what they carry', async () => {
    const { port, log } = await tapBefore(createHttpServer(answer));
    const socket = connect(port, '127.0.0.1');
    closing.push(() => socket.destroy());
    const head =
      'POST /form HTTP/1.1\r\nHost: news.example:80\r\nContent-Length: 5\r\nConnection: close\r\n\r\n';
    for (const byte of Buffer.from(`${head}hello`)) socket.write(Uint8Array.of(byte));
    let size = 0;
    for await (const piece of socket) size += (piece as Buffer).byteLength;
    expect(size).toBeGreaterThan(text.length);
    const [seen] = log.exchanges;
    expect(seen?.url).toBe('http://news.example/form');
    expect(seen?.sentBody()?.sha256).toBe(createHash('sha256').update('hello').digest('hex'));
    const when = { askedAt: Date.now(), sentAt: null, headAt: null };
    expect(await log.claim('POST', 'http://news.example/form#part', when, anyOf)).toBe(seen);
    expect(await log.claim('POST', 'http://news.example/form', when, anyOf)).toBeNull();
  });
});

describe('a certificate nobody vouches for', () => {
  it.each([
    ['an unknown authority', () => made, { trust: '' }, /SELF_SIGNED_CERT_IN_CHAIN/],
    ['one that has ended', () => expired, {}, /CERT_HAS_EXPIRED/],
    ['another name', () => made, { host: 'other.example' }, /ALTNAME/],
  ])('is refused before anything is asked: %s', async (_, certificate, options, reason) => {
    let asked = 0;
    const { cert, key, authority: root } = certificate();
    const server = createHttpsServer({ cert, key }, (_request, response) => {
      asked += 1;
      response.end();
    });
    const { port, refused, tap } = await tapBefore(server, { trust: root, ...options });
    await expect(secure(port, ['http/1.1'])).rejects.toThrow();
    expect(refused.join()).toMatch(reason);
    expect(asked).toBe(0);
    expect(tap.certificates.length).toBeGreaterThan(0);
  });

  it('is recorded where the person allowed it', async () => {
    const { port, log } = await tapBefore(createHttpsServer({ ...made }, answer), { trust: '', allow: true });
    await getOverHttp1(await secure(port, ['http/1.1']));
    expect(log.exchanges[0]?.connection.tls?.trust).toBe('SELF_SIGNED_CERT_IN_CHAIN');
  });
});
