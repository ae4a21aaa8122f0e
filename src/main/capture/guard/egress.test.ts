import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Egress, type EgressOptions } from './egress.ts';
import { codeOf, type Resolver } from './names.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function egressWith(options: Partial<EgressOptions> = {}): Promise<Egress> {
  const egress = await Egress.start({ allowPrivateAddresses: true, ...options });
  closing.push(() => egress.close());
  return egress;
}

/** A server on loopback that says hello to whoever asks. */
async function greeter(): Promise<{ server: Server; port: number; visits: () => number }> {
  let visits = 0;
  const server = createHttpServer((_, response) => {
    visits += 1;
    response.end('hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port, visits: () => visits };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function requestFor(host: string, port: number): Buffer {
  const name = Buffer.from(host, 'latin1');
  return Buffer.concat([Buffer.of(5, 1, 0, 3, name.length), name, Buffer.of(port >> 8, port & 255)]);
}

/** Talks SOCKS5 as Chromium does and gives the reply code, and the open socket where it is 0. */
async function ask(egress: Egress, host: string, port: number): Promise<{ reply: number; socket: Socket }> {
  const socket = connect(egress.port, '127.0.0.1');
  closing.push(() => void socket.destroy());
  socket.write(Buffer.of(5, 1, 0));
  const [greeting] = (await once(socket, 'data')) as [Buffer];
  expect([...greeting]).toEqual([5, 0]);
  socket.write(requestFor(host, port));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return { reply: answer[1] ?? -1, socket };
}

async function get(socket: Socket): Promise<string> {
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const failing =
  (code: string): Resolver =>
  async () => {
    throw Object.assign(new Error(code), { code });
  };

describe('the egress', () => {
  it('connects to a name and passes the bytes on', async () => {
    const site = await greeter();
    const egress = await egressWith({ resolver: async () => ['127.0.0.1'] });
    const { reply, socket } = await ask(egress, 'site.test', site.port);
    expect(reply).toBe(0);
    expect(await get(socket)).toMatch(/hello$/);
    expect(egress.addressOf('site.test', site.port)).toBe('127.0.0.1');
    expect(egress.account()).toMatchObject({
      resolved: [{ host: 'site.test', addresses: ['127.0.0.1'], used: '127.0.0.1' }],
      refused: [],
      failed: [],
    });
  });

  it('asks no name server for localhost', async () => {
    const site = await greeter();
    const egress = await egressWith({ resolver: failing('ENOTFOUND') });
    expect((await ask(egress, 'newspaper.localhost', site.port)).reply).toBe(0);
  });

  it('refuses a private address unless the person allowed it', async () => {
    const site = await greeter();
    const egress = await egressWith({ allowPrivateAddresses: false, resolver: async () => ['127.0.0.1'] });
    expect((await ask(egress, 'site.test', site.port)).reply).toBe(2);
    expect((await ask(egress, '127.0.0.1', site.port)).reply).toBe(2);
    expect((await ask(egress, 'x.localhost', site.port)).reply).toBe(2);
    expect((await ask(egress, '::ffff:7f00:1', site.port)).reply).toBe(2);
    expect(site.visits()).toBe(0);
    expect(egress.account().refused.map(({ host }) => host)).toEqual([
      'site.test',
      '127.0.0.1',
      'x.localhost',
      '::ffff:7f00:1',
    ]);
  });

  it('refuses a name as soon as one of its addresses is private', async () => {
    const egress = await egressWith({
      allowPrivateAddresses: false,
      resolver: async () => ['93.184.216.34', '10.0.0.1'],
    });
    expect((await ask(egress, 'mixed.test', 80)).reply).toBe(2);
    expect(egress.account().refused[0]).toMatchObject({ address: '10.0.0.1' });
  });

  it('refuses cloud metadata even where private addresses are allowed', async () => {
    const egress = await egressWith();
    expect((await ask(egress, '169.254.169.254', 80)).reply).toBe(2);
  });

  it('is not moved by a name that changes its address after the check', async () => {
    const answers = ['127.0.0.1', '10.0.0.1', '10.0.0.2'];
    const site = await greeter();
    const egress = await egressWith({ resolver: async () => [answers.shift() ?? ''] });
    for (let visit = 0; visit < 3; visit += 1)
      expect((await ask(egress, 'rebind.test', site.port)).reply).toBe(0);
    expect(answers).toHaveLength(2);
  });

  it('never lets anyone reach Constat’s own ports', async () => {
    const site = await greeter();
    const egress = await egressWith();
    egress.forbidLocalPort(site.port);
    expect((await ask(egress, 'localhost', egress.port)).reply).toBe(2);
    expect((await ask(egress, '127.0.0.1', site.port)).reply).toBe(2);
    expect(site.visits()).toBe(0);
  });

  it('keeps the real reason of what failed', async () => {
    const egress = await egressWith({ resolver: failing('ENOTFOUND') });
    const closed = await freePort();
    expect((await ask(egress, 'nowhere.test', 80)).reply).toBe(4);
    expect((await ask(egress, '127.0.0.1', closed)).reply).toBe(5);
    expect(egress.account().failed.map(({ host, reason }) => [host, reason])).toEqual([
      ['nowhere.test', 'ENOTFOUND'],
      ['127.0.0.1', 'ECONNREFUSED'],
    ]);
  });

  it('reads a request that comes in single bytes', async () => {
    const site = await greeter();
    const egress = await egressWith({ resolver: async () => ['127.0.0.1'] });
    const socket = connect(egress.port, '127.0.0.1');
    closing.push(() => void socket.destroy());
    socket.setNoDelay(true);
    const bytes = Buffer.concat([Buffer.of(5, 2, 0, 2), requestFor('site.test', site.port)]);
    for (const byte of bytes) {
      socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    let heard = Buffer.alloc(0);
    while (heard.length < 12) heard = Buffer.concat([heard, ((await once(socket, 'data')) as [Buffer])[0]]);
    expect([...heard.subarray(0, 4)]).toEqual([5, 0, 5, 0]);
  });

  it.each([
    ['another version', Buffer.of(4, 1, 0, 80)],
    ['a password', Buffer.of(5, 1, 2)],
    ['UDP', Buffer.of(5, 1, 0, 5, 3, 0, 1, 0, 0, 0, 0, 0, 0)],
    ['listening', Buffer.of(5, 1, 0, 5, 2, 0, 1, 127, 0, 0, 1, 0, 80)],
  ])('closes on %s', async (_, bytes) => {
    const egress = await egressWith();
    const socket = connect(egress.port, '127.0.0.1');
    socket.resume();
    socket.write(bytes);
    await once(socket, 'close');
    expect(egress.account()).toMatchObject({ reached: [], resolved: [] });
  });

  it('lets go of every connection when it closes', async () => {
    const site = await greeter();
    const egress = await Egress.start({ allowPrivateAddresses: true });
    const { socket } = await ask(egress, '127.0.0.1', site.port);
    await egress.close();
    if (!socket.destroyed) await once(socket, 'close');
    const again = connect(egress.port === 0 ? 1 : egress.port, '127.0.0.1');
    const [error] = (await once(again, 'error')) as [unknown];
    expect(codeOf(error)).toBe('ECONNREFUSED');
  });
});

it('says of a host before anything is sent whether it may be reached, and why not', async () => {
  const { port, visits } = await greeter();
  const strict = await egressWith({ allowPrivateAddresses: false });
  expect(await strict.mayReach('localhost', port)).toBe(false);
  expect(strict.account().refused).toMatchObject([{ host: 'localhost', port }]);
  const lost = await egressWith({
    resolver: () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
  });
  expect(await lost.mayReach('lost.example', 80)).toBe(false);
  expect(lost.account().failed).toMatchObject([{ host: 'lost.example', reason: 'ENOTFOUND' }]);
  expect(await (await egressWith()).mayReach('localhost', port)).toBe(true);
  expect(visits()).toBe(0);
});
