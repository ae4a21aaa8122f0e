import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provenance } from '../../src/shared/domain/provenance.ts';
import { Bench, type KeptAnswer } from './capture-harness.ts';

const page = `<title>odd</title><script>
  (async () => { for (const path of ['interim', 'short', 'four', 'utf-8', 'gzip']) await fetch(path).catch(() => 0);
    await Promise.all(Array.from({ length: 12 }, () => fetch('turn', { cache: 'no-store' })));
    const again = (cache) => fetch('again', { cache }).then((answer) => answer.text());
    await Promise.all([again('reload'), again('reload'), again('default')]); })();
</script>`;

/** Answers that browsers take and no rule allows. */
const odd: Record<string, string> = {
  '/': `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${page}`,
  '/interim': `${'HTTP/1.1 103 Early\r\n\r\n'.repeat(150)}HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ninterim`,
  '/short': 'HTTP/1 200 OK\r\nContent-Length: 5\r\n\r\nshort',
  '/four': 'HTTP/1.1 2000 OK\r\nContent-Length: 4\r\n\r\nfour',
  '/again': 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n\r\nagain',
  '/gzip': 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip',
  '/utf-8': 'HTTP/1.1 302 Found\r\nLocation: /été\r\nX-Odd : v\r\nContent-Length: 0\r\n\r\n',
};

describe('a server that speaks oddly', () => {
  let server: Server;
  let bench: Bench;
  let provenance: Provenance;
  let answers: KeptAnswer[];
  const of = (path: string): KeptAnswer | undefined =>
    answers.find(({ url }) => new URL(url).pathname === path);

  beforeAll(async () => {
    let turns = 0;
    server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', (head) => {
        const path = head.toString('latin1').split(' ')[1] ?? '';
        if (path === '/turn') {
          turns += 1;
          const mine = `HTTP/1.1 200 OK\r\n\r\nturn ${turns}`;
          // Not in the order in which they were asked.
          setTimeout(() => socket.end(mine), 80 - (turns % 6) * 15);
          return;
        }
        socket.end(odd[path] ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    bench = new Bench();
    ({ provenance, answers } = await bench.capture(`http://127.0.0.1:${port}/`, { witness: 'wire' }));
  });
  afterAll(async () => {
    await bench.close();
    server.close();
  });

  it('is kept as the browser got it where the wire could not be followed, and that is said', () => {
    expect(of('/interim')).toMatchObject({ status: 200, size: 7, truncated: null });
    expect(of('/short')).toMatchObject({ status: 200, size: 5, truncated: null });
    const byBrowser = provenance.exchanges.filter(
      ({ seenBy, fromCache }) => seenBy === 'browser' && !fromCache,
    );
    expect(byBrowser.map(({ url, size }) => [new URL(url).pathname, size])).toEqual([
      ['/interim', 7],
      ['/short', 5],
      ['/four', 4],
    ]);
    expect(provenance.verdict.state).toBe('COMPLETE');
    expect(provenance.verdict.remarks.join('\n')).toMatch(/too many interim answers/);
  });

  it('does not stop the capture with a status that is none', () => {
    expect(of('/four')).toMatchObject({ status: 0, size: 4 });
    expect(provenance.exchanges.find(({ url }) => url.endsWith('/four'))?.status).toBe(2000);
  });

  it('is matched answer by answer where one address gives another each time', () => {
    const turns = provenance.exchanges.filter(({ url }) => url.endsWith('/turn'));
    expect(turns.map(({ seenBy }) => seenBy)).toEqual(Array(12).fill('both'));
    expect(new Set(turns.map(({ sha256 }) => sha256)).size).toBe(12);
    expect(provenance.witness.comparison?.differences.filter(({ url }) => url.endsWith('/turn'))).toEqual([]);
  });

  it('is kept where the browser made nothing of the answer, and that is said', () => {
    expect(of('/gzip')).toMatchObject({ size: 8, truncated: null });
    const { differences } = provenance.witness.comparison ?? { differences: [] };
    expect(differences.find(({ url }) => url.endsWith('/gzip'))?.words).toMatch(
      /ERR_CONTENT_DECODING_FAILED/,
    );
  });

  it('is not said to be bypassed where two requests share one answer', () => {
    const again = provenance.exchanges.filter(({ url }) => url.endsWith('/again'));
    expect(again).toHaveLength(3);
    expect(again.filter(({ seenBy, fromCache }) => seenBy === 'browser' && !fromCache)).toEqual([]);
  });

  it('is not said to be reported otherwise for headers in UTF-8', () => {
    const { differences } = provenance.witness.comparison ?? { differences: [] };
    expect(of('/utf-8')?.status).toBe(302);
    expect(new Set(differences.map(({ what }) => what))).toEqual(new Set(['not-compared']));
    expect(differences).toHaveLength(4);
  });
});
