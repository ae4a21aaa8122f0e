import sharp from 'sharp';
import { startSampleSite } from '../../fixtures/sample-site/server.ts';
import { Bench } from '../../service/capture-harness.ts';
import { stageArchive } from '../../e2e/replay/stage.ts';

/** A channel may differ by this much (of 255) without the pixel counting as another: fonts are smoothed differently in a frame. */
const SHADE = 24;
/** Part of the pixels that may differ. */
const BAR = 0.02;
const VIEW = { width: 1280, height: 900 };

/**
 * Captures pages of the sample site, replays each in ReplayWeb.page with no way to a network, and prints how many pixels of the first
 * window differ from the captured picture, and what the replay asked for elsewhere. False where a page is not shown or looks different.
 */
export async function replay(names: readonly string[]): Promise<boolean> {
  const site = await startSampleSite();
  const bench = new Bench();
  let good = true;
  console.log('page              pixels that differ   asked elsewhere');
  try {
    const pages = Object.entries(site.urls).filter(([name]) =>
      names.length === 0 ? pagesOfTheStory.includes(name) : names.includes(name),
    );
    for (const [name, url] of pages) {
      const { capture, provenance } = await bench.capture(url, { witness: 'wire' });
      const { bytes: sealed } = await bench.service.artefact(capture.id, 'screenshot');
      const blob = bench.service.wacz(capture.id);
      const main = provenance.exchanges.find((exchange) => exchange.url === capture.finalUrl);
      const stage = await stageArchive(
        {
          url: capture.finalUrl,
          bytes: blob.read(0, blob.size),
          timestamp: (main?.requestedAt ?? capture.startedAt).replaceAll(/\D/g, '').slice(0, 14),
        },
        false,
      );
      try {
        await stage.page.setViewportSize(VIEW);
        const frame = await stage.replayed(capture.finalUrl);
        const element = await frame.frameElement();
        const before = await element.boundingBox();
        if (!before) throw new Error(`${name} is not shown`);
        // The player has a frame of its own around the page: the window grows until the page has its own size.
        await stage.page.setViewportSize({
          width: Math.round(VIEW.width + VIEW.width - before.width),
          height: Math.round(VIEW.height + VIEW.height - before.height),
        });
        await frame.evaluate('document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 500)))');
        const box = await element.boundingBox();
        if (!box) throw new Error(`${name} is not shown`);
        const shown = await stage.page.screenshot({ clip: { ...box, ...VIEW } });
        const part = await differing(sealed, shown);
        good &&= part <= BAR && stage.strayRequests.length === 0;
        console.log(
          `${name.padEnd(16)}  ${(part * 100).toFixed(2).padStart(6)} %             ${stage.strayRequests.length}`,
        );
      } finally {
        await stage.close();
      }
    }
  } finally {
    await bench.close();
    await site.close();
  }
  return good;
}

const pagesOfTheStory = ['article', 'thread', 'video', 'organisation', 'congress', 'memorandum'];

/** Part of the pixels of two pictures that are not alike. */
async function differing(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [left, right] = [await pixels(one), await pixels(other)];
  let unlike = 0;
  for (let at = 0; at < left.length; at += 3) {
    const apart = [0, 1, 2].some(
      (channel) => Math.abs((left[at + channel] ?? 0) - (right[at + channel] ?? 0)) > SHADE,
    );
    if (apart) unlike += 1;
  }
  return unlike / (left.length / 3);
}

function pixels(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture)
    .removeAlpha()
    .extract({ left: 0, top: 0, ...VIEW })
    .raw()
    .toBuffer();
}
