/**
 * How much memory and time it takes to write a WACZ with a body of 300 MB, and to check it: `node test/bench/archive-memory.ts`
 * (another size in MB as its argument). Fails where the process grew by more than 120 MB.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BodySpool } from '../../src/main/archive/body-spool.ts';
import { fileSource } from '../../src/main/archive/random-access.ts';
import { checkWacz } from '../../src/main/archive/wacz/check.ts';
import { WaczWriter } from '../../src/main/archive/wacz/writer.ts';
import { sampleExchange } from '../conformance/sample-wacz.ts';
import { FileSink } from '../conformance/sinks.ts';

const MB = 1_000_000;
const size = Number(process.argv[2] ?? '300') * MB;
const allowed = 120 * MB;

const folder = mkdtempSync(join(tmpdir(), 'archive-memory-'));
const start = process.memoryUsage().rss;
let peak = start;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 10);

async function measured(what: string, work: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  peak = process.memoryUsage().rss;
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const grown = (peak - start) / MB;
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${(size / MB / seconds).toFixed(0)} MB/s, grown by ${grown.toFixed(0)} MB`,
  );
  if (peak - start > allowed) process.exitCode = 1;
}

try {
  const spool = new BodySpool(folder);
  await measured('spool', async () => {
    for (let at = 0; at < size; at += MB) {
      // Half of it compresses, as pages do.
      spool.write(
        Buffer.concat([randomBytes(MB / 2), Buffer.alloc(MB / 2, 'something that is said again ')]),
      );
      if (at % (20 * MB) === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  });
  const payload = spool.finish();
  const path = join(folder, 'big.wacz');
  for (const type of ['video/mp4', 'text/plain']) {
    rmSync(path, { force: true });
    await measured(`write as ${type}`, async () => {
      const sink = new FileSink(path);
      const writer = new WaczWriter(sink, { software: 'bench' });
      await writer.begin({});
      await writer.exchange(
        sampleExchange({ payload, responseHeaders: [['content-type', type]], mimeType: type }),
      );
      await writer.finish({
        title: 'bench',
        mainPageUrl: 'https://www.example.org/',
        mainPageDate: new Date(),
      });
      sink.close();
    });
    await measured(`check of ${type}`, async () => {
      const source = fileSource(path);
      const { ok, problems } = await checkWacz(source);
      source.close();
      if (!ok) throw new Error(`the archive is not sound: ${JSON.stringify(problems)}`);
    });
  }
  spool.discard();
} finally {
  clearInterval(sampling);
  rmSync(folder, { recursive: true, force: true });
}
