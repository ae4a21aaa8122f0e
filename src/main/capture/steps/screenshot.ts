import { bytesPayload } from '../../archive/payload.ts';
import { done, type StepContext, type StepResult } from './step.ts';

/** Height (CSS pixels) of one picture; a taller page is kept in several. Chromium paints no taller surface than 16384. */
const TILE = 16_000;
/** A page beyond this many pictures is not kept to its end, and the step says so. */
const TILES = 20;

/** The part of the page a person sees first, then the whole of it. */
export async function screenshot(context: StepContext, signal: AbortSignal): Promise<StepResult> {
  const { page, options } = context;
  const first = await page.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  await keep(context, 'view', first.data);
  const { cssContentSize } = await page.send('Page.getLayoutMetrics');
  const width = Math.max(options.viewport.width, Math.ceil(cssContentSize.width));
  const height = Math.max(options.viewport.height, Math.ceil(cssContentSize.height));
  const tiles = Math.ceil(height / TILE);
  for (let tile = 0; tile < Math.min(tiles, TILES) && !signal.aborted; tile += 1) {
    const top = tile * TILE;
    const shot = await page.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip: { x: 0, y: top, width: Math.min(width, TILE), height: Math.min(TILE, height - top), scale: 1 },
    });
    await keep(context, tile === 0 ? 'fullPage' : `fullPage-${tile + 1}`, shot.data);
  }
  if (tiles > TILES) {
    return {
      outcome: 'partial',
      note: `The page is ${height} pixels high; the first ${TILES * TILE} are kept, in ${TILES} pictures.`,
    };
  }
  if (width > TILE)
    return { outcome: 'partial', note: `The page is ${width} pixels wide; the first ${TILE} are kept.` };
  return tiles > 1
    ? { outcome: 'done', note: `The page is ${height} pixels high and is kept in ${tiles} pictures.` }
    : done;
}

async function keep({ record, page, url, pageId }: StepContext, kind: string, base64: string): Promise<void> {
  await record.resource({
    uri: `urn:${kind}:${page.url ?? url}`,
    contentType: 'image/png',
    payload: bytesPayload(Buffer.from(base64, 'base64')),
    time: new Date(),
    pageId,
  });
}
