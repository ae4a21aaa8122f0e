import { bytesPayload } from '../../archive/payload.ts';
import { framesOutOfSight, withFrames } from './frame-pictures.ts';
import { done, pause, type StepContext, type StepResult } from './step.ts';

/** Height (CSS pixels) of one picture; a taller page is kept in several. Chromium paints no taller surface than 16384. */
const TILE = 16_000;
/** A page beyond this many pictures is not kept to its end, and the step says so. */
const TILES = 20;
/** How long (milliseconds) the browser's PDF viewer is given to paint. */
const VIEWER = 1500;

/** The part of the page a person sees first, then the whole of it. */
export async function screenshot(context: StepContext, signal: AbortSignal): Promise<StepResult> {
  const { page, options, witness } = context;
  // The browser's PDF viewer paints when it likes, and says nothing.
  if (witness.mainDocument()?.mimeType === 'application/pdf') await pause(VIEWER, signal);
  const first = await page.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  await keep(context, 'view', Buffer.from(first.data, 'base64'));
  const { cssContentSize } = await page.send('Page.getLayoutMetrics');
  const width = Math.max(options.viewport.width, Math.ceil(cssContentSize.width));
  const height = Math.max(options.viewport.height, Math.ceil(cssContentSize.height));
  const tiles = Math.ceil(height / TILE);
  const frames = await framesOutOfSight(page, options.viewport.height);
  for (let tile = 0; tile < Math.min(tiles, TILES) && !signal.aborted; tile += 1) {
    const top = tile * TILE;
    const clip = {
      x: 0,
      y: top,
      width: Math.min(width, TILE),
      height: Math.min(TILE, height - top),
      scale: 1,
    };
    const shot = await page.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip,
    });
    const whole = await withFrames(page, shot.data, clip, frames, signal);
    await keep(context, tile === 0 ? 'fullPage' : `fullPage-${tile + 1}`, whole);
  }
  if (frames.length > 0) await page.evaluate('scrollTo({ top: 0, left: 0, behavior: "instant" })');
  if (tiles > TILES) {
    return {
      outcome: 'partial',
      note: `The page is ${height} pixels high; the first ${TILES * TILE} are kept, in ${TILES} pictures.`,
    };
  }
  if (width > TILE)
    return { outcome: 'partial', note: `The page is ${width} pixels wide; the first ${TILE} are kept.` };
  const notes = [
    ...(tiles > 1 ? [`The page is ${height} pixels high and is kept in ${tiles} pictures.`] : []),
    ...(frames.length > 0
      ? [`Frames of other sites (${frames.length}) were photographed in sight and set in at their places.`]
      : []),
  ];
  return notes.length > 0 ? { outcome: 'done', note: notes.join(' ') } : done;
}

async function keep(
  { record, page, url, pageId }: StepContext,
  kind: string,
  picture: Uint8Array,
): Promise<void> {
  await record.resource({
    uri: `urn:${kind}:${page.url ?? url}`,
    contentType: 'image/png',
    payload: bytesPayload(picture),
    time: new Date(),
    pageId,
  });
}
