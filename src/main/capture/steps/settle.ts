import { done, pause, seconds, type StepContext, type StepResult } from './step.ts';

/** Nothing under way for this long (milliseconds) counts as calm. */
const QUIET = 300;
/** Where there is no script and no frame, nothing will be asked for later. */
const STILL = 60;
/** A page that announces to go elsewhere is waited for where that is soon, so many times, and the other page given this to load (milliseconds). */
const SOON = 6000;
const MOVES = 3;
const ARRIVE = 5000;

/** Waits until the page has calmed down and what it saves has arrived, or `settleTimeout` is over. */
export async function settle(
  { page, witness, options, found }: StepContext,
  signal: AbortSignal,
): Promise<StepResult> {
  if (!found.hasPage && witness.traffic.open === 0)
    return { outcome: 'skipped', note: found.whyNone ?? 'There was no page.' };
  if (options.settleTimeout === 0) return { outcome: 'skipped', note: 'Not asked for.' };
  const start = performance.now();
  const left = (): number => Math.max(0, options.settleTimeout - (performance.now() - start));
  const quiet = found.hasPage && (await isStill(page)) ? STILL : QUIET;
  let calm = await witness.traffic.calm(quiet, left(), signal);
  // A page that said it goes elsewhere in a moment is not the one that was meant.
  for (let moves = 0; moves < MOVES && page.move && page.move.in < Math.min(SOON, left()); moves += 1) {
    const before = page.loads;
    const wait = Math.max(0, page.move.in) + ARRIVE;
    await Promise.race([page.orGone(page.loaded(before)), pause(Math.min(wait, left()), signal)]);
    calm = await witness.traffic.calm(QUIET, left(), signal);
  }
  if (calm) return done;
  return {
    outcome: 'partial',
    note: `The page was still loading after ${seconds(options.settleTimeout)} and was not waited for any longer.`,
  };
}

async function isStill(page: StepContext['page']): Promise<boolean> {
  return (await page.evaluate('document.scripts.length === 0 && frames.length === 0')) === true;
}
