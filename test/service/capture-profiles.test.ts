import { createServer, type Server } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { Profiles } from '../../src/main/capture/profiles/profiles.ts';
import { Bench } from './capture-harness.ts';

const NAME = 'Moana Teiva, journalist';
let bench: Bench;
let server: Server;
let origin: string;
const asked: { path: string; cookie: string }[] = [];

beforeAll(async () => {
  bench = new Bench();
  new Profiles(join(bench.folder, 'home')).create(NAME);
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', cookie: request.headers.cookie ?? '' });
    if (request.url === '/style.css')
      response.writeHead(200, { 'content-type': 'text/css', 'cache-control': 'public, max-age=86400' });
    else
      response.writeHead(200, {
        'content-type': 'text/html',
        'set-cookie': 'session=s3cret; Max-Age=86400; Path=/',
      });
    response.end(
      request.url === '/style.css' ? 'p{color:red}' : '<link rel=stylesheet href=/style.css><p>Salut',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
});
afterAll(async () => {
  await bench.close();
  server.close();
});

describe('a capture with a profile the operator keeps', () => {
  it('sends its cookies, takes nothing from an earlier cache, and says nowhere which one it was', async () => {
    await bench.capture(origin, { profile: NAME });
    asked.length = 0;
    const { capture, provenance } = await bench.capture(origin, { profile: NAME });
    expect(asked).toEqual(
      expect.arrayContaining([
        { path: '/', cookie: 'session=s3cret' },
        { path: '/style.css', cookie: 'session=s3cret' },
      ]),
    );
    expect(provenance.exchanges.some(({ fromCache }) => fromCache)).toBe(false);
    expect(provenance.environment.profile).toBe('named');
    expect(provenance.options.profile).toMatch(/^profile-[0-9a-f]{16}$/);

    const reader = await openWacz(bench.service.wacz(capture.id));
    const sealed = await reader.bytes('evidence/provenance.html');
    expect(Buffer.from(sealed).toString('utf8')).not.toContain('Moana');
    expect(JSON.stringify(bench.log.events())).not.toContain('Moana');
    await bench.service.close();
    bench.file.close();
    for (const name of readdirSync(bench.folder).filter((entry) => entry.startsWith('case.constat')))
      expect(readFileSync(join(bench.folder, name)).includes('Moana'), name).toBe(false);
    bench.reopen();
    expect(await bench.failures()).toEqual([]);
  });
});
