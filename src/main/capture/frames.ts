import type { CdpSession } from './cdp/connection.ts';
import type { Protocol } from './cdp/protocol.ts';
import { PageFrame } from './page-frame.ts';
import type { CapturePage } from './page.ts';

/** More frames than this are not looked into one by one. */
export const MANY_FRAMES = 200;
/** How long (milliseconds) a frame of another site may take; the page itself has the time of its step. */
const PATIENCE = 5000;

/** Every document of the page as it stands now, the page itself first; frames in other processes after those in its own. */
export async function framesOf(page: CapturePage): Promise<PageFrame[]> {
  const { frameTree } = await page.send('Page.getFrameTree');
  const found = below(page, page.session, frameTree);
  const trees = await Promise.all(
    page.frames.map(async ({ session, parentId }) => {
      try {
        const { frameTree: tree } = await patient(session.send('Page.getFrameTree'));
        return { parentId, frames: below(page, session, tree) };
      } catch {
        return null;
      }
    }),
  );
  let waiting = trees.filter((tree) => tree !== null);
  for (;;) {
    const known = new Set(found.map(({ frameId }) => frameId));
    // What another window holds belongs to that window.
    const next = waiting.filter(({ parentId }) => parentId === null || known.has(parentId));
    if (next.length === 0) break;
    waiting = waiting.filter((tree) => !next.includes(tree));
    found.push(...next.flatMap(({ frames }) => frames).filter(({ frameId }) => !known.has(frameId)));
  }
  return found;
}

/** The same work in every frame at once; a frame that went away or does not answer gives null. What the page itself cannot do is an error. */
export async function inEachFrame<T>(
  page: CapturePage,
  frames: readonly PageFrame[],
  work: (frame: PageFrame) => Promise<T>,
): Promise<(T | null)[]> {
  return Promise.all(
    frames.map(async (frame) => {
      if (frame.isMain) return page.orGone(work(frame));
      try {
        return await patient(work(frame));
      } catch {
        return null;
      }
    }),
  );
}

function below(page: CapturePage, session: CdpSession, tree: Protocol.Page.FrameTree): PageFrame[] {
  const { frame, childFrames } = tree;
  const own = new PageFrame(page, session, frame.id, frame.url + (frame.urlFragment ?? ''));
  return [own, ...(childFrames ?? []).flatMap((child) => below(page, session, child))];
}

async function patient<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the frame did not answer')), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
