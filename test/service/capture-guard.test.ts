import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Egress } from '../../src/main/capture/guard/egress.ts';
import { findBrowser } from '../../src/main/capture/find-browser.ts';
import { launchBrowser } from '../../src/main/capture/browser.ts';
import { ConstatError } from '../../src/shared/problems.ts';
import { Bench, options } from './capture-harness.ts';

let bench: Bench;
let port: number;
const visits: string[] = [];
const asked: string[] = [];
const server = createServer((request, response) => {
  visits.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
  const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to');
  if (to !== null) response.writeHead(302, { location: to }).end();
  else if (request.url === '/traps') response.writeHead(200, { 'content-type': 'text/html' }).end(traps);
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Open</title><p>open');
});

/** Every way out of a page that people tried. */
const traps = `<title>Traps</title><img src="http://10.0.0.7/img"><iframe src="http://192.168.3.4/frame"></iframe>
<img src="http://169.254.169.254/latest/meta-data/"><link rel=stylesheet href="http://[fd00::7]/a.css"><link rel=preconnect href="http://172.16.0.9">
<img src="file:///etc/passwd"><iframe src="file:///etc/passwd"></iframe><object data="file:///etc/hostname"></object>
<script>
new WebSocket('ws://10.0.0.8/socket'); fetch('http://2130706433:1/'); fetch('http://inside.test/'); navigator.sendBeacon('http://10.0.0.9/beacon', 'x');
new Worker(URL.createObjectURL(new Blob(['fetch("http://10.0.0.10/worker")']))); open('http://10.0.0.11/popup');
const pc = new RTCPeerConnection({ iceServers: [{ urls: 'stun:10.0.0.12:3478' }] }); pc.createDataChannel('x'); pc.createOffer().then((o) => pc.setLocalDescription(o));
</script>`;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  ({ port } = server.address() as AddressInfo);
  bench = new Bench({
    // The names of these tests; the machine's own name server is never asked.
    resolver: async (host) => {
      asked.push(host);
      if (host === 'inside.test') return ['10.0.0.1'];
      if (host.endsWith('.test')) return ['127.0.0.1'];
      throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
    },
  });
});
afterAll(async () => {
  await bench.close();
  server.closeAllConnections();
  server.close();
});

function unfinishedBlobs(): number {
  return bench.file.prepare<[], { n: number }>('SELECT count(*) AS n FROM blob').get()?.n ?? -1;
}

async function closedPort(): Promise<number> {
  const probe = createTcpServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    probe.once('listening', resolve);
  });
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return free;
}

describe('an address that cannot be captured', () => {
  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'not an address', 'example.org'])(
    '%s is refused before anything is queued',
    (url) => {
      const before = bench.log.events().length;
      expect(() => bench.service.start(['http://site.test/', url], options())).toThrow(ConstatError);
      expect(bench.service.jobs()).toEqual([]);
      expect(bench.log.events()).toHaveLength(before);
    },
  );

  it.each([
    ['a name nobody has', async () => 'http://nowhere.invalid/', 'NAME_NOT_RESOLVED', true],
    ['a closed port', async () => `http://127.0.0.1:${await closedPort()}/`, 'CONNECTION_REFUSED', true],
    ['loopback without permission', async () => `http://127.0.0.1:${port}/`, 'ADDRESS_PRIVATE', false],
    ['localhost without permission', async () => `http://localhost:${port}/`, 'ADDRESS_PRIVATE', false],
    ['a name that leads inside', async () => 'http://inside.test/', 'ADDRESS_PRIVATE', false],
    ['loopback as a number', async () => `http://2130706433:${port}/`, 'ADDRESS_PRIVATE', false],
    ['metadata even with permission', async () => 'http://169.254.169.254/', 'ADDRESS_PRIVATE', true],
  ])(
    '%s: the job fails with a reason, and nothing is left',
    async (_, address, code, allowPrivateAddresses) => {
      visits.length = 0;
      const url = await address();
      const job = await bench.run(url, { allowPrivateAddresses });
      expect({ state: job.state, code: job.problem?.code }).toEqual({ state: 'failed', code });
      expect(visits).toEqual([]);
      expect(bench.service.list()).toEqual([]);
      expect(unfinishedBlobs()).toBe(0);
      const events = bench.log.events({ subjects: [{ kind: 'job', id: job.id }] });
      expect(events.map(({ leaf, detail }) => [leaf.type, detail?.['url']])).toEqual([
        ['capture.requested', url],
        ['capture.failed', url],
      ]);
    },
  );
});

async function insideOut(host: string): Promise<string[]> {
  return host === 'outside.test' ? ['127.0.0.1'] : ['10.0.0.1'];
}

describe('a page that wants to go where it must not', () => {
  let outside: Bench;
  beforeAll(() => {
    // Loopback stands for the open web here; every other private address is refused.
    outside = new Bench({ resolver: insideOut, publicToo: ['127.0.0.1'] });
  });
  afterAll(() => outside.close());

  it('is sealed as FAILED, with the hop that came, when it redirects into the private network', async () => {
    const { capture, provenance, answers } = await outside.capture(
      `http://outside.test:${port}/?to=http://10.0.0.1/admin`,
      {
        allowPrivateAddresses: false,
      },
    );
    expect(capture).toMatchObject({ state: 'FAILED' });
    expect(answers.map(({ status }) => status)).toEqual([302]);
    expect(provenance.verdict.remarks.join('\n')).toMatch(
      /10\.0\.0\.1 leads to 10\.0\.0\.1, a private address/,
    );
    expect(provenance.network.refused).toEqual([{ host: '10.0.0.1', port: 80, reason: 'a private address' }]);
  });

  it('reaches nothing private from frames, workers, sockets, popups, beacons or calls', async () => {
    const { capture, provenance } = await outside.capture(`http://outside.test:${port}/traps`, {
      allowPrivateAddresses: false,
      settleTimeout: 2000,
      scrollTimeout: 0,
    });
    expect(capture.state).toBe('PARTIAL');
    const answered = provenance.exchanges.filter(({ status }) => status !== null);
    expect(new Set(answered.map(({ url }) => new URL(url).host))).toEqual(new Set([`outside.test:${port}`]));
    const refused = new Set(provenance.network.refused.map(({ host }) => host));
    for (const host of [
      '10.0.0.7',
      '192.168.3.4',
      '169.254.169.254',
      'fd00::7',
      '10.0.0.8',
      '10.0.0.9',
      '10.0.0.10',
      '10.0.0.11',
      'inside.test',
    ])
      expect(refused).toContain(host);
    expect(provenance.exchanges.some(({ url }) => url.startsWith('file:'))).toBe(false);
    expect(provenance.verdict.remarks.join('\n')).toMatch(/refused because of where they lead/);
  });
});

it('goes out through the egress only, even to loopback', async () => {
  // Without --proxy-bypass-list=<-loopback> the browser would go to loopback directly, past the guard, and the page would open.
  visits.length = 0;
  const job = await bench.run(`http://localhost:${port}/`, { allowPrivateAddresses: false });
  expect(job.problem?.code).toBe('ADDRESS_PRIVATE');
  expect(visits).toEqual([]);
});

it('opens no connection that the page did not cause', async () => {
  asked.length = 0;
  visits.length = 0;
  await bench.capture(`http://site.test:${port}/`, { settleTimeout: 3000 });
  expect(asked).toEqual(['site.test']);
  expect(new Set(visits)).toEqual(new Set([`site.test:${port}/`, `site.test:${port}/favicon.ico`]));
});

it('asks no name server by itself while it waits', async () => {
  const egress = await Egress.start({
    allowPrivateAddresses: true,
    resolver: async (host) => {
      throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
    },
  });
  const browser = await launchBrowser(await findBrowser(), options(), egress.port);
  try {
    await browser.main.browser.send('Target.createTarget', { url: 'about:blank' });
    // Long enough for what browsers do at their start; an update check that comes later would show in the test above.
    await new Promise((resolve) => {
      setTimeout(resolve, 3000);
    });
    expect(egress.account()).toEqual({ resolved: [], refused: [], failed: [], reached: [] });
  } finally {
    await browser.close();
    await egress.close();
  }
});
