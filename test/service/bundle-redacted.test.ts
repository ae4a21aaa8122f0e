import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSource } from '../../src/main/archive/random-access.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { exportBundle, type BundleDeps } from '../../src/main/bundle/export.ts';
import { verifyBundle } from '../../src/main/bundle/verify.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { bundleRequestSchema } from '../../src/shared/domain/bundle.ts';
import type { Capture } from '../../src/shared/domain/capture.ts';
import { deepSearch } from '../support/deep-search.ts';
import { MadeUpCase } from './bundle-case.ts';
import { capture as fileOf, replace, sealAnew } from './bundle-tamper.ts';
import { Bench } from './capture-harness.ts';

/** A login page that sends what a person would: each secret on one way, none of them anywhere else. */
const made = (): string => `m4${randomBytes(9).toString('hex')}`;
const secret = {
  cookie: made(),
  bearer: made(),
  form: made(),
  json: made(),
  part: made(),
  url: made(),
  page: made(),
  socket: made(),
};
const all = Object.values(secret);

const loginPage = `<!doctype html><title>Log in</title><h1>Members only</h1><p id=state>out</p><img src="/seal.svg">
<form><input type=password name=p></form><script type=module>
const s = await (await fetch('/typed.json')).json();
const post = (path, body, headers = {}) => fetch(path, { method: 'POST', body, headers });
await post('/form', new URLSearchParams({ user: 'ines', password: s.form }));
await post('/json', JSON.stringify({ login: { passwd: s.json } }), { 'content-type': 'application/json' });
const data = new FormData(); data.set('pwd', s.part); data.set('note', 'kept');
await post('/multi', data);
await fetch('/api?sig=' + s.url, { headers: { authorization: 'Bearer ' + s.bearer } });
await new Promise((done) => {
  const socket = new WebSocket('ws://' + location.host + '/socket');
  socket.onopen = () => { socket.send(JSON.stringify({ token: s.socket })); setTimeout(() => { socket.close(); done(); }, 100); };
  socket.onerror = done;
});
document.getElementById('state').textContent = 'in';
</script>`;

function site(): Server {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    request.resume();
    if (path === '/login')
      response
        .setHeader('set-cookie', `session=${secret.cookie}; HttpOnly`)
        .setHeader('content-type', 'text/html')
        .end(loginPage);
    else if (path === '/seal.svg')
      response
        .setHeader('content-type', 'image/svg+xml')
        .end(
          '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="red"/></svg>',
        );
    else if (path === '/typed.json')
      response.setHeader('content-type', 'application/json').end(JSON.stringify(secret));
    else response.end('ok');
  });
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.on('error', () => socket.destroy());
    socket.on('data', () => undefined);
    upgraded.push(socket);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
  });
  return server;
}

const upgraded: Duplex[] = [];
let server: Server;
let bench: Bench;
let deps: BundleDeps;
let captured: Capture;
let original: string;
let bundle: string;
beforeAll(async () => {
  server = site();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  bench = new Bench();
  const url = `http://127.0.0.1:${address.port}/login?access_token=${secret.page}`;
  ({ capture: captured } = await bench.capture(url));
  const key = loadOrCreateOperatorKey(join(bench.folder, 'home'));
  deps = { file: bench.file, log: bench.log, key, operatorName: 'Tester', captures: bench.service };
  original = join(bench.folder, 'original.wacz');
  for (const piece of bench.service.wacz(captured.id).stream()) appendFileSync(original, piece);
  bundle = join(bench.folder, 'bundle');
  await exportBundle(deps, bundleRequestSchema.parse({ destination: bundle, copies: 'redacted' }));
}, 60_000);
afterAll(async () => {
  await bench.close();
  server.closeAllConnections();
  for (const socket of upgraded) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const statuses = async (path: string, originals: string[] = []): Promise<string[]> =>
  (await verifyBundle(path, { originals })).checks
    .filter(({ status }) => status !== 'pass')
    .map(({ status, item, message }) => `${status} ${item}: ${message}`);

describe('a bundle of a page somebody logged in to', () => {
  it('holds no cookie, token or password, in whatever file and however written; the sealed original does', async () => {
    const inOriginal = (await deepSearch('original.wacz', readFileSync(original), all)).join('\n');
    for (const [way, value] of Object.entries(secret)) expect(inOriginal, way).toContain(value);
    const found: string[] = [];
    const files = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      found.push(...(await deepSearch(path, readFileSync(path), all)));
    }
    expect(files.length).toBeGreaterThan(15);
    expect(found).toEqual([]);
  });

  it('leaves the sealed original in the case as it was', async () => {
    expect(await bench.failures()).toEqual([]);
    expect(createHash('sha256').update(readFileSync(original)).digest('hex')).toBe(captured.sha256);
  });

  it('verifies, and says what only the original can show', async () => {
    const found = await statuses(bundle);
    expect(found.filter((line) => line.startsWith('fail'))).toEqual([]);
    expect(found.join('\n')).toMatch(
      new RegExp(`warning exhibit 1: .*working copy.*${captured.sha256}.*--original`),
    );
  });

  it('is shown by the original to differ in nothing but what it lists', async () => {
    const { checks } = await verifyBundle(bundle, { originals: [original] });
    expect(checks.filter(({ item }) => item.startsWith('original'))).toEqual([
      expect.objectContaining({
        status: 'pass',
        message: expect.stringContaining('the same, byte for byte'),
      }),
    ]);
    const other = join(bench.folder, 'other.wacz');
    writeFileSync(other, readFileSync(original).subarray(1));
    expect(await statuses(bundle, [other])).toContainEqual(
      expect.stringContaining('No entry shown here seals this archive'),
    );
  });

  it('is entered in the log with the digest of the copy', () => {
    const event = bench.log.events().findLast(({ leaf }) => leaf.type === 'export.created');
    const sha256 = createHash('sha256')
      .update(readFileSync(join(bundle, fileOf(bundle, 'archive-redacted.wacz'))))
      .digest('hex');
    expect(event?.detail?.['redacted']).toEqual([expect.objectContaining({ capture: captured.id, sha256 })]);
  });

  it('still answers what the page asks for', async () => {
    const source = fileSource(join(bundle, fileOf(bundle, 'archive-redacted.wacz')));
    const wacz = await openWacz(source);
    const [page] = await wacz.pages();
    const document = await wacz.resource(page?.url ?? '');
    expect(Buffer.from((await document?.bytes()) ?? []).toString()).toBe(loginPage);
    source.close();
  });
});

describe('a working copy somebody changed', () => {
  it('is found out where its list names another original, and cannot pass for the one that was made', async () => {
    const copy = join(bench.folder, 'copy');
    mkdirSync(copy);
    const forged = {
      ...deps,
      captures: { list: () => [captured], wacz: () => bench.service.wacz(captured.id) },
    };
    await exportBundle(
      forged,
      bundleRequestSchema.parse({ destination: join(copy, 'b'), copies: 'redacted' }),
    );
    replace(
      join(copy, 'b'),
      fileOf(join(copy, 'b'), 'omissions.json'),
      /"sha256": "[0-9a-f]{64}"/,
      `"sha256": "${'0'.repeat(64)}"`,
    );
    sealAnew(join(copy, 'b'), deps.key);
    expect((await statuses(join(copy, 'b'))).filter((line) => line.startsWith('fail'))).toEqual([
      expect.stringContaining('omissions.json: It is not what is sealed in the archive'),
    ]);
  });
});

describe('asking for originals', () => {
  it('gives them as they were sealed where that was not a login', async () => {
    const path = join(bench.folder, 'auto');
    const { redacted } = await exportBundle(deps, bundleRequestSchema.parse({ destination: path }));
    expect(redacted).toBe(0);
    expect(readFileSync(join(path, fileOf(path, 'archive.wacz')))).toEqual(readFileSync(original));
  });
});

describe('a case with a capture made with a named profile', () => {
  let sample: MadeUpCase;
  beforeAll(async () => {
    sample = new MadeUpCase();
    await sample.seal({ url: 'https://open.example/', title: 'Open', body: 'For all.' });
    await sample.seal({
      url: 'https://closed.example/',
      title: 'Closed',
      body: 'For members.',
      profile: 'named',
      cookie: `sid=${secret.cookie}`,
    });
  });
  afterAll(() => sample.close());

  const ask = async (name: string, more: object): Promise<string> => {
    const destination = join(sample.folder, name);
    await exportBundle(sample.deps, bundleRequestSchema.parse({ destination, ...more }));
    return destination;
  };

  it('hands over that one as a copy and the other as sealed, and both check with VERIFY.txt alone', async () => {
    const path = await ask('auto', {});
    expect(readdirSync(join(path, fileOf(path, ''))).filter((name) => name.endsWith('.wacz'))).toEqual([
      'archive.wacz',
    ]);
    expect(readdirSync(join(path, fileOf(path, '', 2))).filter((name) => name.endsWith('.wacz'))).toEqual([
      'archive-redacted.wacz',
    ]);
    expect(readFileSync(join(path, 'bag-info.txt'), 'utf8')).toContain('Constat-Redacted-Copies: 1');
    expect((await statuses(path)).filter((line) => line.startsWith('fail'))).toEqual([]);
    expect(
      await deepSearch('report.html', readFileSync(join(path, 'data/report.html')), [secret.cookie]),
    ).toEqual([]);
    const commands = readFileSync(join(path, 'VERIFY.txt'), 'utf8').replace(/^(?! {4}).*\n/gm, '');
    const { status, stdout } = spawnSync('sh', ['-e'], { cwd: path, input: commands, encoding: 'utf8' });
    expect(stdout).toMatch(
      /002-[0-9a-f]{8}\/archive-redacted.wacz: a copy without credentials; sealed was [0-9a-f]{64}/,
    );
    expect(stdout).not.toContain('NOT AS SEALED');
    expect(status).toBe(0);
  });

  it('hands over the sealed original of it only when the person says that it is meant', async () => {
    await expect(ask('refused', { copies: 'sealed' })).rejects.toMatchObject({
      code: 'CREDENTIALS_NOT_CONFIRMED',
    });
    expect(existsSync(join(sample.folder, 'refused'))).toBe(false);
    const path = await ask('meant', { copies: 'sealed', withCredentials: true });
    expect(existsSync(join(path, fileOf(path, 'archive.wacz', 2)))).toBe(true);
    expect(await statuses(path)).toEqual([]);
  });

  it('finds a copy that somebody put something else into, whoever signed it', async () => {
    const path = await ask('forged', {});
    const archive = join(path, fileOf(path, 'archive-redacted.wacz', 2));
    const bytes = readFileSync(archive);
    writeFileSync(archive, Buffer.concat([bytes.subarray(0, 2000), Buffer.from('x'), bytes.subarray(2001)]));
    sealAnew(path, sample.deps.key);
    expect((await statuses(path)).filter((line) => line.startsWith('fail'))).not.toEqual([]);
  });
});
