import sharp from 'sharp';
import { z } from 'zod';
import type { Protocol } from '../cdp/protocol.ts';
import type { CapturePage, OtherFrame } from '../page.ts';
import { pause } from './step.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A frame of another site that is not wholly in sight where the page stands. */
export interface HiddenFrame extends OtherFrame {
  /** In CSS pixels from the top left of the page. */
  box: Box;
}

/** How many strips are photographed for all frames of a page together; what is beyond stays as the browser paints it. */
const STRIPS = 120;
/** How long (milliseconds) a frame is given to paint once it is in sight. */
const PATIENCE = 1000;
const painted = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30))))`;

/**
 * Brings a row of the page into sight below whatever stands fixed at the top of the window, and says which rows can then be seen
 * free of what stands fixed there.
 */
const showRow = (box: Box, row: number): string => `(() => {
  const stuck = (x, y) => {
    for (let element = document.elementFromPoint(x, y); element; element = element.parentElement)
      if (/fixed|sticky/.test(getComputedStyle(element).position)) return true;
    return false;
  };
  const columns = [0.02, 0.25, 0.5, 0.75, 0.98].map((part) => ${box.x} - scrollX + ${box.width} * part);
  const covered = (y) => columns.some((x) => stuck(x, y));
  scrollTo({ top: ${row} - innerHeight / 4, left: scrollX, behavior: 'instant' });
  let top = 0, bottom = innerHeight;
  for (let y = 0; y < innerHeight * 0.4; y += 6) if (covered(y)) top = y + 6;
  for (let y = innerHeight - 1; y > innerHeight * 0.6; y -= 6) if (covered(y)) bottom = y - 6;
  scrollTo({ top: ${row} - top, left: scrollX, behavior: 'instant' });
  return { from: scrollY + top, to: scrollY + bottom, end: scrollY + innerHeight };
})()`;
const rowsSchema = z.object({ from: z.number(), to: z.number(), end: z.number() });

/**
 * Frames of other sites are painted by processes of their own, and only while they are in sight: in a picture of the whole page they
 * would be blank.
 */
export async function framesOutOfSight(page: CapturePage): Promise<HiddenFrame[]> {
  const found: HiddenFrame[] = [];
  if (page.frames.length === 0) return found;
  const { cssVisualViewport: view } = await page.send('Page.getLayoutMetrics');
  for (const frame of page.frames) {
    try {
      const { backendNodeId } = await page.send('DOM.getFrameOwner', { frameId: frame.frameId });
      const { model } = await page.send('DOM.getBoxModel', { backendNodeId });
      const [left = 0, top = 0] = model.border;
      const { width, height } = model;
      const outside =
        top < 0 || left < 0 || top + height > view.clientHeight || left + width > view.clientWidth;
      if (width >= 1 && height >= 1 && outside)
        found.push({ ...frame, box: { x: left + view.pageX, y: top + view.pageY, width, height } });
    } catch {
      // Inside another such frame, with which it is shown, or hidden, or gone meanwhile.
    }
  }
  return found;
}

/** Sets frames that are out of sight into pictures of the page: each is photographed in sight, strip by strip. */
export class FrameSetter {
  readonly #page: CapturePage;
  readonly #frames: readonly HiddenFrame[];
  readonly #signal: AbortSignal;
  #strips = 0;
  /** True where a frame was left as the browser paints it, because there were too many. */
  limited = false;

  constructor(page: CapturePage, frames: readonly HiddenFrame[], signal: AbortSignal) {
    this.#page = page;
    this.#frames = frames;
    this.#signal = signal;
  }

  /** The picture of a part of the page with the frames in it. */
  async into(picture: Buffer, clip: Protocol.Page.Viewport): Promise<Buffer> {
    const pieces: { input: Buffer; left: number; top: number }[] = [];
    for (const frame of this.#frames) {
      const part = within(frame.box, clip);
      if (part) pieces.push(...(await this.#strip(frame, part, clip)));
    }
    return pieces.length === 0
      ? picture
      : sharp(picture).composite(pieces).png({ compressionLevel: 4 }).toBuffer();
  }

  async #strip(frame: HiddenFrame, part: Box, clip: Box) {
    const pieces: { input: Buffer; left: number; top: number }[] = [];
    const end = part.y + part.height;
    for (let row = part.y; row < end && !this.#signal.aborted;) {
      this.#strips += 1;
      if (this.#strips > STRIPS) {
        this.limited = true;
        break;
      }
      const seen = rowsSchema.parse(await this.#page.evaluate(showRow(part, row)));
      await Promise.race([this.#painted(frame), pause(PATIENCE, this.#signal)]);
      // At the end of the page a row may be in sight only behind what is fixed there.
      const until = Math.min(end, Math.floor(seen.to > row ? seen.to : seen.end));
      if (until <= row) break;
      const { data } = await this.#page.send('Page.captureScreenshot', {
        format: 'png',
        optimizeForSpeed: true,
        captureBeyondViewport: true,
        clip: { x: part.x, y: row, width: part.width, height: until - row, scale: 1 },
      });
      pieces.push({ input: Buffer.from(data, 'base64'), left: part.x - clip.x, top: row - clip.y });
      row = until;
    }
    return pieces;
  }

  /** The frame, and the frames in it, have painted what is in sight. */
  async #painted({ frameId }: HiddenFrame): Promise<void> {
    const inside = this.#page.frames.filter(
      (frame) => frame.frameId === frameId || frame.parentId === frameId,
    );
    await Promise.allSettled(
      inside.map(async ({ session, frameId: id }) => {
        const { executionContextId } = await session.send('Page.createIsolatedWorld', {
          frameId: id,
          worldName: 'w',
        });
        await session.send('Runtime.evaluate', {
          expression: painted,
          contextId: executionContextId,
          awaitPromise: true,
        });
      }),
    );
  }
}

/** The part of a box inside a picture, in whole pixels; null where it has none. */
export function within(box: Box, clip: Box): Box | null {
  const x = Math.max(Math.round(box.x), clip.x);
  const y = Math.max(Math.round(box.y), clip.y);
  const right = Math.min(Math.round(box.x + box.width), clip.x + clip.width);
  const bottom = Math.min(Math.round(box.y + box.height), clip.y + clip.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}
