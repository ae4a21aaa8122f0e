import type { CaptureOptions, StepName } from '../../../shared/domain/capture-options.ts';
import type { StepOutcome } from '../../../shared/domain/provenance.ts';
import type { EgressAccount } from '../guard/egress.ts';
import { allSteps } from './all-steps.ts';
import { runStep, type StepContext } from './step.ts';

/** What a step is given (milliseconds) once the page has stopped answering. */
const STUCK = 3000;

/** How far it is, for who asks meanwhile: what is over, what is being done, and what is to be done after it. */
export interface StepsProgress {
  done: StepOutcome[];
  begun: StepName[];
  ahead: StepName[];
}

/** Runs all steps in their order, those that may side by side. Rejects with Fatal where there is nothing to go on with. */
export async function runSteps(
  {
    input: { options, onStep },
    progress,
  }: {
    input: { options: CaptureOptions; onStep: (step: StepName) => void };
    progress: StepsProgress;
  },
  context: StepContext,
  account: () => EgressAccount,
  signal: AbortSignal,
): Promise<StepOutcome[]> {
  const steps: StepOutcome[] = [];
  let stuck = false;
  let together: Promise<StepOutcome>[] = [];
  const planned = allSteps(options, account);
  progress.ahead = planned.map(({ name }) => name);
  for (const { name, budget, step, beside } of planned) {
    onStep(name);
    progress.ahead.shift();
    progress.begun.push(name);
    const limit = stuck ? Math.min(budget, STUCK) : budget;
    const running = runStep(name, limit, context, step, signal).then((result) => {
      stuck ||= result.outcome === 'failed' && result.durationMs >= limit;
      progress.begun = progress.begun.filter((other) => other !== name);
      progress.done.push(result);
      return result;
    });
    running.catch(() => undefined);
    together.push(running);
    if (beside) continue;
    steps.push(...(await Promise.all(together)));
    together = [];
  }
  return steps;
}
