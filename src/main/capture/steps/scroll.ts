import { z } from 'zod';
import { done, pause, seconds, type StepContext, type StepResult } from './step.ts';

const positionSchema = z.object({ moved: z.boolean(), height: z.number() });

/**
 * One screen further, in the window or else in the largest inner scroller that has more to show; then two frames, so that what is
 * loaded on sight has been asked for. Says whether anything moved, and how high all of it is.
 */
const further = `new Promise((resolve) => {
  const root = document.scrollingElement ?? document.documentElement;
  const inner = () => [...document.querySelectorAll('body *')].filter((element) => {
    if (element.scrollHeight <= element.clientHeight + 20 || element.clientHeight < 120 || element.clientWidth < 120) return false;
    return /auto|scroll|overlay/.test(getComputedStyle(element).overflowY);
  });
  const step = (element, view) => {
    const before = element.scrollTop;
    element.scrollTo({ top: before + view * 0.85, behavior: 'instant' });
    return element.scrollTop > before + 1;
  };
  let moved = step(root, innerHeight);
  const scrollers = moved ? [] : inner();
  for (const element of scrollers) moved = step(element, element.clientHeight) || moved;
  const height = root.scrollHeight + scrollers.reduce((sum, element) => sum + element.scrollHeight, 0);
  const answer = () => resolve({ moved, height });
  requestAnimationFrame(() => requestAnimationFrame(answer));
  setTimeout(answer, 250);
})`;

const back = `(() => {
  for (const element of document.querySelectorAll('body *')) if (element.scrollTop > 0) element.scrollTo({ top: 0, behavior: 'instant' });
  scrollTo({ top: 0, behavior: 'instant' });
})()`;

/** After a step: quiet for this long, waited for this long at most (milliseconds). */
const QUIET = 50;
const PATIENCE = 1500;
/** At the end: this quiet before it is believed. */
const END_QUIET = 250;

/** Goes down the page as a reader would, until nothing new comes or `scrollTimeout` is over; then back to the top. */
export async function scroll(
  { page, witness, options }: StepContext,
  signal: AbortSignal,
): Promise<StepResult> {
  if (options.scrollTimeout === 0) return { outcome: 'skipped', note: 'Not asked for.' };
  const start = performance.now();
  const left = (): number => options.scrollTimeout - (performance.now() - start);
  let screens = 0;
  let endHeight = -1;
  let reached = false;
  while (!signal.aborted && left() > 0) {
    const { moved, height } = positionSchema.parse(await page.evaluate(further));
    if (moved) {
      screens += 1;
      endHeight = -1;
      await witness.traffic.calm(QUIET, Math.min(PATIENCE, left()), signal);
      continue;
    }
    if (height === endHeight || screens === 0) {
      reached = true;
      break;
    }
    endHeight = height;
    await witness.traffic.calm(END_QUIET, Math.min(PATIENCE, left()), signal);
  }
  if (screens > 0) {
    await page.evaluate(back);
    await pause(50, signal);
    await witness.traffic.calm(QUIET, Math.max(200, Math.min(PATIENCE, left())), signal);
  }
  if (reached) return done;
  return {
    outcome: 'partial',
    note: `Scrolling stopped after ${seconds(options.scrollTimeout)}; the page had more to show.`,
  };
}
