/**
 * Peak memory of the Node side while one page is captured: `node test/bench/capture/memory.ts download|fetch [megabytes]`. Runs the server in
 * this process's child, so that its own buffers are not counted, and prints one line of JSON.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Bench } from '../../service/capture-harness.ts';

const [kind = 'download', megabytes = '200'] = process.argv.slice(2);
const block = Buffer.alloc(1 << 20, 'Constat ');

if (kind === 'serve') {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/download' || pathname === '/fetch') {
      const way =
        pathname === '/download'
          ? 'location = "/bytes?attachment"'
          : 'fetch("/bytes").then((r) => r.arrayBuffer())';
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<title>Much</title><p>much<script>${way}</script>`);
      return;
    }
    const size = Number(megabytes);
    const attachment =
      request.url?.includes('attachment') === true
        ? { 'content-disposition': 'attachment; filename="much.bin"' }
        : {};
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': size * block.length,
      ...attachment,
    });
    let sent = 0;
    const more = (): void => {
      while (sent < size) {
        sent += 1;
        if (!response.write(block)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit());
} else {
  const child = fork(fileURLToPath(import.meta.url), ['serve', megabytes]);
  const port = await new Promise<unknown>((resolve) => {
    child.once('message', resolve);
  });
  const bench = new Bench();
  try {
    const start = performance.now();
    const job = await bench.run(`http://much.localhost:${String(port)}/${kind}`, {
      settleTimeout: 120_000,
      scrollTimeout: 0,
    });
    const { capture, provenance } = await bench.service.get(job.captureId ?? '');
    const bytes = provenance.exchanges.find(({ url }) => url.includes('/bytes'));
    console.log(
      JSON.stringify({
        kind,
        state: capture.state,
        kept: bytes?.size,
        sha256: bytes?.sha256,
        truncated: bytes?.truncated,
        // maxRSS is in kilobytes.
        peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
        seconds: Math.round((performance.now() - start) / 100) / 10,
      }),
    );
  } finally {
    await bench.close();
    child.disconnect();
  }
}
