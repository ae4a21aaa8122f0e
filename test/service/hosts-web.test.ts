import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebHost, type WebHost } from '../../src/main/hosts/web/host.ts';
import { listenLocally } from '../../src/main/hosts/web/listener.ts';
import { temporaryFolders } from './hosts/interface-folder.ts';
import { ask, clientOver, cookieFrom, knock } from './hosts/requests.ts';

const folders = temporaryFolders();
let host: WebHost;
let port: number;
let plain: string;
let named: string;
let cookie: string;
const chrome = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
};

beforeAll(async () => {
  host = await startWebHost({ home: folders.home, rendererDir: folders.rendererDir });
  port = Number(new URL(host.url).port);
  plain = `127.0.0.1:${port}`;
  named = new URL(host.origin).host;
  cookie = await cookieFrom(host.newAddress());
});
afterAll(async () => {
  await host.close();
  folders.remove();
});

describe('the address with a token', () => {
  it('opens once', async () => {
    const { pathname, search } = new URL(host.newAddress());
    const first = await ask(port, pathname + search);
    expect(first).toMatchObject({ status: 200 });
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^constat-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/,
    );
    expect(await ask(port, pathname + search)).toMatchObject({
      status: 403,
      text: expect.stringContaining('used already'),
    });
  });

  it('leads a browser that knows the name to it, without using the token up', async () => {
    const { pathname, search } = new URL(host.newAddress());
    const led = await ask(port, pathname + search, chrome);
    expect(led).toMatchObject({ status: 303, headers: { location: `http://${named}/${search}` } });
    expect(led.headers['set-cookie']).toBeUndefined();
    expect(
      (await ask(port, pathname + search, { ...chrome, host: named })).headers['set-cookie'],
    ).toHaveLength(1);
  });

  it('leads nowhere when it is made up', async () => {
    expect((await ask(port, '/?token=made-up', chrome)).status).toBe(403);
    expect((await ask(port, '/?token=', { host: named })).status).toBe(403);
  });
});

describe('without the cookie', () => {
  it.each(['/', '/index.html', '/main.js', '/none'])('%s is refused with a sentence', async (path) => {
    const answer = await ask(port, path);
    expect(answer).toMatchObject({
      status: 403,
      text: 'Open Constat with the address it printed when it started.\n',
    });
  });

  it('no socket is opened', async () => {
    const origin = `http://${plain}`;
    expect(await knock(`ws://${plain}/rpc`, { origin })).toBe(403);
    expect(await knock(`ws://${plain}/rpc`, { origin, cookie: `constat-${port}=made-up` })).toBe(403);
  });
});

describe('with the cookie', () => {
  it('the interface is served, under a policy that starts from nothing and with no word to other origins', async () => {
    const answer = await ask(port, '/', { cookie });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<h1>Interface</h1>') });
    expect(answer.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
        `connect-src 'self' ws://${plain} ws://${named}; frame-src ${host.replayOrigin}; object-src 'none'; base-uri 'none'; ` +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(answer.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    '/none',
    '/../home/key',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '//',
    '/main.js/',
    '/..%5c..%5cwin.ini',
  ])('%s is not there', async (path) => expect((await ask(port, path, { cookie })).status).toBe(404));

  it('a name that an attacker points here is refused (DNS rebinding)', async () => {
    for (const wrong of [
      'evil.example',
      `evil.example:${port}`,
      `localhost:${port}`,
      '127.0.0.1',
      `${named}.evil.example`,
    ]) {
      expect((await ask(port, '/', { cookie, host: wrong })).status).toBe(421);
    }
  });

  it('what another page asks for is refused, a replayed one’s too, which shares the site', async () => {
    for (const from of ['cross-site', 'same-site']) {
      expect((await ask(port, '/main.js', { cookie, 'sec-fetch-site': from })).status).toBe(403);
    }
    expect((await ask(port, '/main.js', { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('only GET and HEAD are answered', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await ask(port, '/', { cookie }, method)).status).toBe(405);
    }
    expect(await ask(port, '/', { cookie }, 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('a socket is opened for the interface’s own page only', async () => {
    const refused = [
      { cookie },
      { cookie, origin: 'null' },
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: `http://${named}` },
      { cookie, origin: `http://${plain}`, host: 'evil.example' },
      { cookie, origin: `http://r${'0'.repeat(32)}.${named.slice(4)}` },
    ];
    for (const headers of refused) expect(await knock(`ws://${plain}/rpc`, headers)).toBe(403);
    expect(await knock(`ws://${plain}/`, { cookie, origin: `http://${plain}` })).toBe(403);
    for (const one of [plain, named]) {
      const socket = await knock(`ws://${plain}/rpc`, { cookie, host: one, origin: `http://${one}` });
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
      expect(await clientOver(socket).system.info()).toMatchObject({ host: 'web' });
      socket.close();
    }
  });

  it('a message beyond the limit ends the connection, and the host goes on', async () => {
    const socket = await knock(`ws://${plain}/rpc`, { cookie, origin: `http://${plain}` });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.send(Buffer.alloc(9 * 1024 * 1024));
    expect(await code).toBe(1009);
    expect((await ask(port, '/', { cookie })).status).toBe(200);
  });
});

describe('replays', () => {
  it('are another listener, which knows no cookie and no unasked-for name', async () => {
    const replayPort = Number(host.replayOrigin.split(':').at(-1));
    expect(replayPort).not.toBe(port);
    const domain = named.replace('app.', '').replace(`:${port}`, `:${replayPort}`);
    for (const name of [
      `r${'0'.repeat(32)}.${domain}`,
      `app.${domain}`,
      domain,
      `127.0.0.1:${replayPort}`,
      'evil.example',
    ]) {
      const answer = await ask(replayPort, '/', { cookie, host: name });
      expect(answer).toMatchObject({ status: 404, text: '' });
    }
  });
});

it('closing ends every connection and lets go of both ports', async () => {
  const own = temporaryFolders();
  const other = await startWebHost({ home: own.home, rendererDir: own.rendererDir });
  const address = new URL(other.url);
  const otherCookie = await cookieFrom(other.url);
  const socket = await knock(`ws://${address.host}/rpc`, { cookie: otherCookie, origin: address.origin });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await other.close();
  await ended;
  await expect(ask(Number(address.port), '/')).rejects.toThrow(/ECONNREFUSED/);
  await expect(ask(Number(other.replayOrigin.split(':').at(-1)), '/')).rejects.toThrow(/ECONNREFUSED/);
  own.remove();
});

it('a case that cannot be opened leaves nothing running', async () => {
  const own = temporaryFolders();
  const spare = await listenLocally(0, () => undefined);
  await spare.close();
  const openCases = [`${own.cases}/none.constat`];
  const starting = startWebHost({
    home: own.home,
    rendererDir: own.rendererDir,
    port: spare.port,
    openCases,
  });
  await expect(starting).rejects.toThrow(/There is no case file/);
  await expect(ask(spare.port, '/')).rejects.toThrow(/ECONNREFUSED/);
  own.remove();
});
