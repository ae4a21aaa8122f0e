import sharp from 'sharp';
import { expect, it } from 'vitest';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { startSampleSite } from '../fixtures/sample-site/server.ts';
import { Bench } from '../service/capture-harness.ts';

it('takes a tall page in several pictures that fit together, none of them blank', async () => {
  const site = await startSampleSite();
  const bench = new Bench();
  try {
    const { capture, provenance } = await bench.capture(site.urls.tall, { scrollTimeout: 500 });
    const note = provenance.stepOutcomes.find(({ name }) => name === 'screenshot')?.note ?? '';
    const height = Number(/is (\d+) pixels high and is kept in (\d+) pictures/.exec(note)?.[1]);
    const reader = await openWacz(bench.service.wacz(capture.id));
    const lines = (await reader.cdx()).filter(({ url }) => url.startsWith('urn:fullPage'));
    let total = 0;
    for (const { url } of lines) {
      const picture = sharp(Buffer.from((await (await reader.resource(url))?.bytes(100_000_000)) ?? []));
      total += (await picture.metadata()).height;
      expect((await picture.stats()).channels.some(({ stdev }) => stdev > 5)).toBe(true);
    }
    expect(lines.length).toBeGreaterThan(1);
    expect(total).toBe(height);
  } finally {
    await bench.close();
    await site.close();
  }
});
