import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { Bench } from './capture-harness.ts';

it('records again by the browser alone where the wire met a check for automated visitors', async () => {
  let visits = 0;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    if (request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    visits += 1;
    if (visits === 1)
      response
        .writeHead(403, { 'cf-mitigated': 'challenge', server: 'cloudflare' })
        .end('<title>Just a moment...</title><p>Checking your browser before you go on.');
    else response.end('<title>The post</title><p>What was to be seen.');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://wall.localhost:${(server.address() as AddressInfo).port}/`;
  const bench = new Bench();
  try {
    const { provenance, answers } = await bench.capture(url);
    expect(provenance.witness.kind).toBe('browser');
    expect(provenance.witness.why).toMatch(/^Recorded on the wire first, .*SHA-256 [0-9a-f]{64}/);
    expect(provenance.page).toMatchObject({ title: 'The post', status: 200, findings: [] });
    expect(answers.filter((answer) => answer.url === url).map(({ status }) => status)).toEqual([200]);
    expect(bench.service.list()).toHaveLength(1);
    expect(await bench.failures()).toEqual([]);

    visits = 0;
    const asked = await bench.capture(url, { witness: 'wire' });
    expect(asked.provenance.witness.kind).toBe('wire');
    expect(asked.provenance.page.findings.map(({ kind }) => kind)).toContain('bot-check');
  } finally {
    await bench.close();
    server.closeAllConnections();
    server.close();
  }
});
