import { done, seconds, type StepContext, type StepResult } from './step.ts';

/** Nothing under way for this long (milliseconds) counts as calm. */
const QUIET = 300;

/** Waits until the page has calmed down, or `settleTimeout` is over. */
export async function settle({ witness, options }: StepContext, signal: AbortSignal): Promise<StepResult> {
  if (options.settleTimeout === 0) return { outcome: 'skipped', note: 'Not asked for.' };
  if (await witness.traffic.calm(QUIET, options.settleTimeout, signal)) return done;
  return { outcome: 'partial', note: `The page was still loading after ${seconds(options.settleTimeout)} and was not waited for any longer.` };
}
