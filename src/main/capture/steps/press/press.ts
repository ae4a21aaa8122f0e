import { z } from 'zod';
import type { PageFrame } from '../../page-frame.ts';
import { inPage } from '../in-page.ts';
import { pause, type StepContext } from '../step.ts';

/** After a press: quiet for this long, waited for this long at most (milliseconds). */
const QUIET = 80;
const PATIENCE = 3000;
/** How long (milliseconds) the way back is given where a press led away all the same. */
const BACK = 8000;

const spotSchema = z.object({ x: z.number(), y: z.number() }).nullable();
const guardSchema = z.array(z.string());

/** Where an element of the list `pressables` can be pressed; null where something else stands over it, as for a reader. */
const spotOf = (id: number): string => `new Promise((resolve) => { ${inPage}
  const element = globalThis.pressables?.[${id}];
  if (!element?.isConnected || !visible(element)) { resolve(null); return; }
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const answer = () => {
    const { left, top, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const x = left + Math.min(width / 2, 200), y = top + height / 2;
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) { const deeper = hit.shadowRoot.elementFromPoint(x, y); if (!deeper || deeper === hit) break; hit = deeper; }
    let within = hit; while (within && within !== element) within = within.parentElement ?? within.getRootNode().host;
    const link = hit?.closest?.('a[href]');
    resolve(within === element && (!link || link.contains(element) || link === element) ? { x, y } : null);
  };
  requestAnimationFrame(() => requestAnimationFrame(answer)); setTimeout(answer, 250);
})`;

/** While it stands, the document cannot be left: the page's own handlers run as ever, and only the going is prevented. */
const guardOn = `(() => {
  globalThis.guard?.off();
  const held = [];
  const hold = (event) => {
    if (event.destination.sameDocument && new URL(event.destination.url).pathname === location.pathname) return;
    if (!event.cancelable) return;
    held.push(event.destination.url.slice(0, 200));
    event.preventDefault();
  };
  navigation.addEventListener('navigate', hold);
  globalThis.guard = { held, off: () => navigation.removeEventListener('navigate', hold) };
})()`;
const guardOff = `(() => { const held = globalThis.guard?.held ?? []; globalThis.guard?.off(); delete globalThis.guard; return held; })()`;

export interface Pressed {
  /** False where it could not be reached: something stood over it, or it was gone. */
  reached: boolean;
  /** The page was left all the same. */
  leftPage: boolean;
}

/**
 * Presses something as a reader does, with the mouse, and waits for what that sets off. `words` says what was pressed, for the
 * account. `mayLeave`: going to another document is what the button is for (a consent page); otherwise it is prevented, and where that
 * fails the recorder goes back and says so.
 */
export async function press(
  context: StepContext,
  frame: PageFrame,
  id: number,
  words: { kind: string; sentence: string },
  signal: AbortSignal,
  mayLeave = false,
): Promise<Pressed> {
  const { page, witness, events } = context;
  if (!frame.isMain) await frame.show();
  const spot = spotSchema.parse(await frame.evaluate(spotOf(id)));
  if (!spot || signal.aborted) return { reached: false, leftPage: false };
  const origin = await frame.origin();
  const at = { x: spot.x + origin.x, y: spot.y + origin.y };
  const before = { documents: page.shown.length, url: page.url, loads: page.loads };
  const guarded = mayLeave ? [] : await guard(page, frame);
  events.note(words.kind, words.sentence);
  await page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at });
  const button = { ...at, button: 'left', clickCount: 1 } as const;
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
  await pause(40, signal);
  await witness.traffic.calm(witness.traffic.open > 0 ? QUIET : 0, PATIENCE, signal);
  for (const one of guarded) {
    const held = await one.evaluate(guardOff).then(
      (value) => guardSchema.catch([]).parse(value),
      () => [],
    );
    for (const url of held)
      events.note('held', `This would have led away from the page (${url}), which was prevented.`);
  }
  const leftPage = page.shown.length > before.documents || pathOf(page.url) !== pathOf(before.url);
  if (leftPage && !mayLeave) await goBack(context, before, signal);
  return { reached: true, leftPage };
}

/** Takes the mouse off the page, so that nothing looks as if it stood on it. */
export async function leaveMouse({ page }: StepContext): Promise<void> {
  await page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: -1, y: -1 });
}

async function guard(page: StepContext['page'], frame: PageFrame): Promise<PageFrame[]> {
  const guarded = frame.isMain ? [frame] : [frame, ...(await page.documents()).slice(0, 1)];
  for (const one of guarded) await one.evaluate(guardOn);
  return guarded;
}

async function goBack(
  { page, events, witness }: StepContext,
  before: { url: string | null; loads: number },
  signal: AbortSignal,
): Promise<void> {
  events.note('left', `This led to ${page.url ?? 'another page'}; the recorder went back.`);
  const { currentIndex, entries } = await page.send('Page.getNavigationHistory');
  const entry = entries.slice(0, currentIndex).findLast(({ url }) => pathOf(url) === pathOf(before.url));
  if (!entry) return;
  const loads = page.loads;
  await page.send('Page.navigateToHistoryEntry', { entryId: entry.id });
  if (loads > before.loads) await Promise.race([page.orGone(page.loaded(loads)), pause(BACK, signal)]);
  else await pause(200, signal);
  await witness.traffic.calm(QUIET, PATIENCE, signal);
}

function pathOf(url: string | null): string {
  return url?.split('#', 1)[0]?.split('?', 1)[0] ?? '';
}
