import { done, seconds, type StepContext, type StepResult } from './step.ts';

/** Nothing under way for this long (milliseconds) counts as calm. */
const QUIET = 300;

/** Waits until the page has calmed down and what it saves has arrived, or `settleTimeout` is over. */
export async function settle(
  { witness, options, found }: StepContext,
  signal: AbortSignal,
): Promise<StepResult> {
  if (!found.hasPage && witness.traffic.open === 0)
    return { outcome: 'skipped', note: found.whyNone ?? 'There was no page.' };
  if (options.settleTimeout === 0) return { outcome: 'skipped', note: 'Not asked for.' };
  if (await witness.traffic.calm(QUIET, options.settleTimeout, signal)) return done;
  return {
    outcome: 'partial',
    note: `The page was still loading after ${seconds(options.settleTimeout)} and was not waited for any longer.`,
  };
}
