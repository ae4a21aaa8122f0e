import sharp from 'sharp';
import type { Protocol } from '../cdp/protocol.ts';
import type { CapturePage, OtherFrame } from '../page.ts';
import { pause } from './step.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A frame of another site that is not in sight when the page is at its top. */
export interface HiddenFrame extends OtherFrame {
  backendNodeId: number;
  /** In CSS pixels from the top left of the page. */
  box: Box;
}

/** More frames than this are left as the browser paints them. */
const MANY = 30;
/** How long (milliseconds) a frame is given to paint once it is in sight. */
const PATIENCE = 1000;
const painted = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30))))`;

/**
 * Frames of other sites are painted by processes of their own, and only while they are in sight: in a picture of the whole page they
 * would be blank. The page must be scrolled to its top.
 */
export async function framesOutOfSight(page: CapturePage, viewHeight: number): Promise<HiddenFrame[]> {
  const found: HiddenFrame[] = [];
  for (const frame of page.frames.slice(0, MANY)) {
    try {
      const { backendNodeId } = await page.send('DOM.getFrameOwner', { frameId: frame.frameId });
      const box = await boxOf(page, backendNodeId);
      if (box.width >= 1 && box.height >= 1 && box.y + box.height > viewHeight)
        found.push({ ...frame, backendNodeId, box });
    } catch {
      // Inside another frame, hidden, or gone meanwhile: nothing of it is to be seen here.
    }
  }
  return found;
}

/** The picture of a part of the page, with its hidden frames photographed in sight and set in at their places. */
export async function withFrames(
  page: CapturePage,
  base64: string,
  clip: Protocol.Page.Viewport,
  frames: readonly HiddenFrame[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const base = Buffer.from(base64, 'base64');
  const pieces: { input: Buffer; left: number; top: number }[] = [];
  for (const frame of frames) {
    const part = within(frame.box, clip);
    if (!part || signal.aborted) continue;
    await page.send('DOM.scrollIntoViewIfNeeded', { backendNodeId: frame.backendNodeId });
    await Promise.race([framePainted(frame), pause(PATIENCE, signal)]);
    const { data } = await page.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip: { ...part, scale: 1 },
    });
    pieces.push({ input: Buffer.from(data, 'base64'), left: part.x - clip.x, top: part.y - clip.y });
  }
  return pieces.length === 0 ? base : sharp(base).composite(pieces).png({ compressionLevel: 6 }).toBuffer();
}

async function framePainted({ session, frameId }: OtherFrame): Promise<void> {
  try {
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId,
      worldName: 'w',
    });
    await session.send('Runtime.evaluate', {
      expression: painted,
      contextId: executionContextId,
      awaitPromise: true,
    });
  } catch {
    // Gone meanwhile: what is there is photographed.
  }
}

async function boxOf(page: CapturePage, backendNodeId: number): Promise<Box> {
  const { model } = await page.send('DOM.getBoxModel', { backendNodeId });
  const { cssVisualViewport } = await page.send('Page.getLayoutMetrics');
  const [left = 0, top = 0] = model.border;
  return {
    x: left + cssVisualViewport.pageX,
    y: top + cssVisualViewport.pageY,
    width: model.width,
    height: model.height,
  };
}

/** The part of a box inside a picture, in whole pixels; null where it has none. */
function within(box: Box, clip: Box): Box | null {
  const x = Math.max(Math.round(box.x), clip.x);
  const y = Math.max(Math.round(box.y), clip.y);
  const right = Math.min(Math.round(box.x + box.width), clip.x + clip.width);
  const bottom = Math.min(Math.round(box.y + box.height), clip.y + clip.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}
