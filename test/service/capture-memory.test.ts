import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSampleSite, type SampleSite } from '../fixtures/sample-site/server.ts';
import { weighCapture } from '../support/weigh-capture.ts';

let site: SampleSite;
beforeAll(async () => {
  site = await startSampleSite();
});
afterAll(() => site.close());

it.each(['download', 'fetchBig'] as const)(
  'keeps a body of 200 MB whole in under 400 MB of memory (%s)',
  async (page) => {
    const { peak, largest, sealed } = await weighCapture(site.urls[page]);
    const served = site
      .log()
      .find((answer) => answer.bytes >= 200_000_000 || answer.decodedBytes >= 200_000_000);
    expect(largest).toMatchObject({
      truncated: null,
      failure: null,
      size: served?.decodedBytes,
      sha256: served?.decodedSha256,
    });
    expect(sealed).toBeGreaterThan(1_000_000);
    expect(peak).toBeLessThan(400_000_000);
    site.clearLog();
  },
);
