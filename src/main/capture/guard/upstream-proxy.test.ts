import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Egress, type EgressOptions } from './egress.ts';
import { parseProxy } from './upstream-proxy.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function exit(options: Partial<EgressOptions> = {}): Promise<Egress> {
  const egress = await Egress.start({ allowPrivateAddresses: true, ...options });
  closing.push(() => egress.close());
  return egress;
}

/** A web server on loopback that says hello. */
async function site(): Promise<number> {
  const server = createHttpServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** An HTTP proxy that knows CONNECT and asks for a password; it notes what was asked of it. */
async function httpProxy(password: string | null): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createHttpServer().listen(0, '127.0.0.1');
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const expected = `Basic ${Buffer.from(password ?? '').toString('base64')}`;
    if (password !== null && request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const port = Number(request.url?.split(':').at(-1));
    const upstream = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    upstream.pipe(client);
    client.pipe(upstream);
  });
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

/** Asks an exit for a page as a browser does; gives the page, or the SOCKS reply code. */
async function fetchThrough(egress: Egress, host: string, port: number): Promise<string | number> {
  const socket = connect(egress.port, '127.0.0.1');
  closing.push(() => void socket.destroy());
  socket.write(Buffer.of(5, 1, 0));
  await once(socket, 'data');
  const name = Buffer.from(host, 'latin1');
  socket.write(Buffer.concat([Buffer.of(5, 1, 0, 3, name.length), name, Buffer.of(port >> 8, port & 255)]));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  if (reply[1] !== 0) return reply[1] ?? -1;
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('latin1').split('\r\n\r\n')[1] ?? '';
}

const askedHere = (): never => {
  throw new Error('asked on this machine');
};

describe('a proxy behind the exit', () => {
  it('is a SOCKS5 server that is given the address that was checked', async () => {
    const port = await site();
    const far = await exit();
    const near = await exit({ proxy: parseProxy(`socks5://127.0.0.1:${far.port}`) });
    expect(await fetchThrough(near, 'a.localhost', port)).toBe('hello');
    expect(far.account().resolved.map(({ host }) => host)).toEqual(['127.0.0.1']);
    expect(near.addressOf('a.localhost', port)).toBe('127.0.0.1');
  });

  it('looks names up at its end where it is told to, and this machine asks nobody', async () => {
    const port = await site();
    const far = await exit({ resolver: async () => ['127.0.0.1'] });
    const near = await exit({ resolver: askedHere, proxy: parseProxy(`socks5h://127.0.0.1:${far.port}`) });
    expect(await fetchThrough(near, 'news.example', port)).toBe('hello');
    expect(far.account().resolved.map(({ host }) => host)).toEqual(['news.example']);
    expect(near.addressOf('news.example', port)).toBeNull();
  });

  it('is an HTTP server that is asked to CONNECT, with credentials that are not part of its address', async () => {
    const port = await site();
    const proxy = await httpProxy('me:se:cret');
    const address = `http://127.0.0.1:${proxy.port}`;
    const near = await exit({ proxy: parseProxy(address, 'me:se:cret') });
    expect(await fetchThrough(near, 'news.example', port)).toBe('hello');
    expect(proxy.asked).toEqual([`news.example:${port}`]);
    const wrong = await exit({ proxy: parseProxy(address, 'me:wrong') });
    expect(await fetchThrough(wrong, 'news.example', port)).not.toBe('hello');
    expect(wrong.account().failed).toMatchObject([{ reason: 'the proxy refused (407)' }]);
  });

  it('is not asked for what may not be reached, nor may a page reach it', async () => {
    const proxy = await httpProxy(null);
    const proxied = parseProxy(`http://127.0.0.1:${proxy.port}`);
    const near = await exit({ allowPrivateAddresses: false, proxy: proxied });
    for (const host of ['10.1.2.3', '127.0.0.1', 'localhost', 'router', 'printer.local', '169.254.169.254'])
      expect(await fetchThrough(near, host, 80), host).toBe(2);
    const allowed = await exit({ proxy: proxied });
    expect(await fetchThrough(allowed, '127.0.0.1', proxy.port)).toBe(2);
    expect(await fetchThrough(allowed, 'hidden.onion', 80)).toBe(4);
    expect(proxy.asked).toEqual([]);
  });

  it('says that the proxy failed, not the site', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const near = await exit({ proxy: parseProxy(`tor://127.0.0.1:${port}`) });
    expect(await fetchThrough(near, 'hidden.onion', 80)).toBe(4);
    expect(near.account().failed[0]?.reason).toMatch(/^the proxy could not be reached/);
  });
});

describe('the address of a proxy', () => {
  it.each([
    ['socks5://127.0.0.1:9150', 'socks5', 9150, 'socks5://127.0.0.1:9150'],
    ['tor://localhost', 'tor', 9050, 'tor://localhost:9050'],
    ['HTTP://proxy.example:3128/', 'http', 3128, 'http://proxy.example:3128'],
    ['socks5h://[::1]:1080', 'socks5', 1080, 'socks5h://[::1]:1080'],
  ])('%s', (text, kind, port, recorded) => {
    expect(parseProxy(text)).toMatchObject({ kind, port, recorded });
  });

  it.each([
    '127.0.0.1:9050',
    'ftp://a:1',
    'socks5://',
    'socks5://me:secret@a:1',
    'http://a:1/path',
    'tor://a:99999',
  ])('is not %s', (text) => {
    expect(() => parseProxy(text)).toThrow(/not the address of a proxy/);
  });

  it('keeps captures through Tor on circuits of their own', () => {
    const [one, other] = [parseProxy('tor://127.0.0.1'), parseProxy('tor://127.0.0.1')];
    expect(one?.credentials?.user).not.toBe(other?.credentials?.user);
  });
});
