import { z } from 'zod';
import { bytesPayload } from '../../archive/payload.ts';
import type { Protocol } from '../cdp/protocol.ts';
import { FrameSetter, framesOutOfSight } from './frame-pictures.ts';
import { pause, type StepContext, type StepResult } from './step.ts';

/** Side (CSS pixels) of one picture; a larger page is kept in several. Chromium paints no larger surface than 16384. */
const TILE = 16_000;
/** Pixels of one picture: what a page wider than a window takes is shared between height and width. */
const AREA = 64_000_000;
/** Time kept back from the step's budget to write the last picture down (milliseconds). */
const MARGIN = 5000;
/** How long (milliseconds) the browser's PDF viewer is given to paint. */
const VIEWER = 1500;

/**
 * The part of the page a person sees first, then the whole of it, in as many pictures as it takes: from left to right, then down.
 * `budget` is the step's, in milliseconds: what there was no time for is said.
 */
export async function screenshot(
  context: StepContext,
  signal: AbortSignal,
  budget: number,
): Promise<StepResult> {
  const { page, witness } = context;
  const { viewport } = context.options;
  const start = performance.now();
  // A window the page opened stands before it; of a page that is not seen there is no picture.
  await page.send('Page.bringToFront');
  // The browser's PDF viewer paints when it likes, and says nothing.
  if (witness.mainDocument()?.mimeType === 'application/pdf') await pause(VIEWER, signal);
  const prints = z
    .number()
    .catch(0)
    .parse(await page.evaluate('globalThis.prints ?? 0'));
  if (prints > 0)
    context.events.note('print', `The page asked to be printed (${prints}×); nothing was printed.`);
  if (page.windows > 0) {
    await witness.traffic.calm(100, 2000, signal);
    const closed = await page.closeWindows();
    context.events.note('window', `${closed} other ${closed === 1 ? 'window was' : 'windows were'} closed.`);
  }
  const first = await page.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  await keepPicture(context, 'view', Buffer.from(first.data, 'base64'));
  const metrics = await page.send('Page.getLayoutMetrics');
  const { pageX, pageY } = metrics.cssVisualViewport;
  const { width, height, tiles } = plan(context, metrics);
  const frames = await framesOutOfSight(page);
  const setter = new FrameSetter(page, frames, signal);
  let kept = 0;
  // A page that fits its window was photographed whole already.
  const fits = width === viewport.width && height === viewport.height && pageX === 0 && pageY === 0;
  for (const clip of tiles) {
    if (signal.aborted || performance.now() - start > budget - MARGIN) break;
    const shot =
      fits && frames.length === 0
        ? first
        : await page.send('Page.captureScreenshot', {
            format: 'png',
            optimizeForSpeed: true,
            captureBeyondViewport: true,
            clip,
          });
    const picture = await setter.into(Buffer.from(shot.data, 'base64'), clip);
    await keepPicture(context, kept === 0 ? 'fullPage' : `fullPage-${kept + 1}`, picture);
    kept += 1;
  }
  if (frames.length > 0)
    await page.evaluate(`scrollTo({ left: ${pageX}, top: ${pageY}, behavior: 'instant' })`);
  const size = width > TILE ? `${width} pixels wide and ${height} pixels high` : `${height} pixels high`;
  const notes: string[] = [];
  if (kept < tiles.length)
    notes.push(
      `The page is ${size}; there was time for the first ${kept} of ${tiles.length} pictures, which end ${tiles[kept]?.y ?? 0} pixels down.`,
    );
  else if (tiles.length > 1) notes.push(`The page is ${size} and is kept in ${tiles.length} pictures.`);
  if (frames.length > 0)
    notes.push(
      `Frames of other sites (${frames.length}) were photographed in sight and set in at their places.`,
    );
  if (setter.limited) notes.push('There were too many of them; the last are blank in the picture.');
  return {
    outcome: kept < tiles.length || setter.limited ? 'partial' : 'done',
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  };
}

/** How the page is cut into pictures. */
function plan(
  { options }: StepContext,
  { cssContentSize }: Protocol.Page.getLayoutMetricsReturnValue,
): { width: number; height: number; tiles: Protocol.Page.Viewport[] } {
  const width = Math.max(options.viewport.width, Math.ceil(cssContentSize.width));
  const height = Math.max(options.viewport.height, Math.ceil(cssContentSize.height));
  const across = Math.min(width, TILE);
  const down = Math.min(TILE, Math.floor(AREA / across));
  const tiles: Protocol.Page.Viewport[] = [];
  for (let y = 0; y < height; y += down)
    for (let x = 0; x < width; x += across)
      tiles.push({ x, y, width: Math.min(across, width - x), height: Math.min(down, height - y), scale: 1 });
  return { width, height, tiles };
}

/** Puts a picture of the page into the record as `urn:KIND:URL`. */
export async function keepPicture(
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
