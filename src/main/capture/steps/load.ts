import { ConstatError } from '../../../shared/problems.ts';
import type { EgressAccount } from '../guard/egress.ts';
import { loadProblem } from '../guard/load-problem.ts';
import { done, Fatal, pause, seconds, type StepContext, type StepResult } from './step.ts';

/** Time kept back from the step's budget to say in words what was not reached. */
const MARGIN = 100;
/** A page that asks for nothing for this long (milliseconds) will not finish, whatever it says. */
const STILL = 2000;

/**
 * Opens the address and waits for its load event, `loadTimeout` milliseconds at most. Where nothing at all was received the capture
 * has no object: Fatal, with the problem that says why.
 */
export async function load(
  context: StepContext,
  signal: AbortSignal,
  account: () => EgressAccount,
): Promise<StepResult> {
  const { page, options, url, witness, found } = context;
  const start = performance.now();
  const left = (): number => Math.max(0, options.loadTimeout - MARGIN - (performance.now() - start));
  const before = page.loads;
  const navigation = page.send('Page.navigate', { url, transitionType: 'typed' });
  const answer = await Promise.race([navigation, pause(left(), signal)]);
  if (!answer) {
    if (received(context))
      return noPage(
        context,
        `The server began to answer but sent no document within ${seconds(options.loadTimeout)}.`,
      );
    throw fatal(url, `no answer within ${seconds(options.loadTimeout)}`, account());
  }
  if (answer.isDownload === true) {
    await witness.traffic.calm(100, left(), signal);
    found.whyNone = 'The address is a file to be saved, not a page; the file is in the record.';
    return { outcome: 'done', note: found.whyNone };
  }
  if (answer.errorText !== undefined && answer.errorText !== '') {
    // A document with an error status and no body: the browser shows a page of its own.
    if (answer.errorText === 'net::ERR_HTTP_RESPONSE_CODE_FAILURE') {
      return noPage(context, 'The server answered with an error status and an empty page.', 'done');
    }
    const last = witness.mainDocument();
    if (answer.errorText === 'net::ERR_ABORTED' && last?.status === 204) {
      return noPage(context, 'The server answered that there is nothing to show (204).', 'done');
    }
    const { problem } = fatal(last?.url ?? url, answer.errorText, account()).cause as ConstatError;
    if (!received(context)) throw new Fatal(new ConstatError(problem.code, problem.params));
    return noPage(
      context,
      problem.message.replace(
        / (Nothing was sent\..*|The attempt is in the log\.|Check the spelling.*)$/,
        '',
      ),
    );
  }
  found.hasPage = true;
  const ended = await Promise.race([
    page.orGone(page.loaded(before)).then(() => 'loaded' as const),
    witness.traffic
      .calm(STILL, left(), signal)
      .then((calm) => (calm ? ('still' as const) : ('late' as const))),
  ]);
  if (ended === 'late') {
    return {
      outcome: 'partial',
      note: `The page had not finished loading after ${seconds(options.loadTimeout)}.`,
    };
  }
  if (
    ended === 'still' &&
    (await page.evaluate('document.readyState')) !== 'complete' &&
    page.loads === before
  ) {
    return { outcome: 'partial', note: 'The page stopped loading before it was finished.' };
  }
  return done;
}

/** Whether any answer to the main document came, be it a redirect. */
function received({ witness }: StepContext): boolean {
  const document = witness.mainDocument();
  return document !== null && (document.status !== null || document.hops.length > 0);
}

function noPage({ found }: StepContext, why: string, outcome: StepResult['outcome'] = 'failed'): StepResult {
  found.whyNone = why;
  return { outcome, note: why };
}

function fatal(url: string, reason: string, account: EgressAccount): Fatal {
  const { code, params } = loadProblem(url, reason, account);
  return new Fatal(new ConstatError(code, params));
}
