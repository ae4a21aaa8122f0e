/** Prints the largest resident set of the process that captures a 200 MB download, a 200 MB fetch, and an ordinary page. */
import { startSampleSite } from '../fixtures/sample-site/server.ts';
import { weighCapture } from '../support/weigh-capture.ts';

const site = await startSampleSite();
for (const page of ['organisation', 'download', 'fetchBig'] as const) {
  const { peak, state, largest } = await weighCapture(site.urls[page]);
  console.log(`${page}: ${state}, largest body ${largest.size} bytes, peak ${(peak / 1e6).toFixed(0)} MB`);
}
await site.close();
