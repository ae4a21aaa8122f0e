import type { CaptureOptions, Provenance, StepName, StepOutcome } from '../../shared/domain/provenance.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { WaczWriter } from '../archive/wacz/writer.ts';
import { launchBrowser, type CaptureBrowser } from './browser.ts';
import type { BrowserFound } from './find-browser.ts';
import { Egress } from './guard/egress.ts';
import { destination, loadProblem } from './guard/load-problem.ts';
import type { Resolver } from './guard/names.ts';
import { openPage } from './open-page.ts';
import { buildProvenance } from './provenance.ts';
import { provenanceHtml } from './provenance-html.ts';
import { allSteps } from './steps/all-steps.ts';
import { Fatal, runStep, type StepContext } from './steps/step.ts';

export interface RecordingInput {
  captureId: string;
  caseId: string;
  entered: string;
  url: URL;
  options: CaptureOptions;
  operator: { name: string; keyFingerprint: string };
  found: BrowserFound;
  archive: WaczWriter;
  signal: AbortSignal;
  resolver?: Resolver;
  publicToo?: readonly string[];
  onStep(step: StepName): void;
  onTraffic(answered: number, bytes: number): void;
}

/** How long the witness may take to put down what is left (milliseconds). */
const FINISH = 20_000;
const TRAFFIC_EVERY = 250;

/**
 * Records one page into an archive: everything but the sealing. The archive is complete afterwards, its provenance in it. Throws the
 * ConstatError that says why there is nothing to seal; the archive is then to be thrown away. Leaves no process and no file.
 */
export async function recordPage(input: RecordingInput): Promise<Provenance> {
  const { options, archive, url, signal, captureId } = input;
  const start = new Date();
  const startedAt = performance.now();
  // Clock of the local steps: a failure of the archive (a full disk) or a cancellation ends all of them.
  const stop = new AbortController();
  const cancel = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const egress = await Egress.start({
    allowPrivateAddresses: options.allowPrivateAddresses,
    ...(input.resolver ? { resolver: input.resolver } : {}),
    ...(input.publicToo ? { publicToo: input.publicToo } : {}),
  });
  let browser: CaptureBrowser | null = null;
  try {
    const { host, port } = destination(url.href);
    if (!(await egress.mayReach(host, port))) {
      const { code, params } = loadProblem(url.href, '', egress.account());
      throw new ConstatError(code, params);
    }
    browser = await launchBrowser(input.found, options, egress.port);
    egress.forbidLocalPort(browser.debuggingPort);
    await archive.begin({
      description: `Capture ${captureId}`,
      hostname: 'not recorded',
      'http-header-user-agent': browser.userAgent,
    });
    const { page, witness, noticed } = await openPage({
      browser,
      egress,
      options,
      record: archive,
      pageId: captureId,
      fail: (error) => stop.abort(error),
    });
    const context: StepContext = {
      page,
      witness,
      record: archive,
      options,
      url: url.href,
      pageId: captureId,
      found: { hasPage: false, whyNone: null, title: '', text: null },
    };
    const ticker = setInterval(
      () => input.onTraffic(witness.traffic.answered, witness.traffic.bytes),
      TRAFFIC_EVERY,
    );
    try {
      const steps: StepOutcome[] = [];
      for (const { name, budget, step } of allSteps(options, () => egress.account())) {
        input.onStep(name);
        steps.push(await runStep(name, budget, context, step, stop.signal));
      }
      input.onStep('seal');
      const sealing = { at: new Date(), from: performance.now() };
      await witness.finish(FINISH);
      stop.signal.throwIfAborted();
      const document = witness.mainDocument();
      const loaded = steps.some(({ name, outcome }) => name === 'load' && outcome !== 'failed');
      if (page.isGone && (document?.status ?? null) === null) {
        throw new ConstatError('BROWSER_FAILED', { reason: await page.gone });
      }
      steps.push({
        name: 'seal',
        outcome: 'done',
        startedAt: sealing.at.toISOString(),
        durationMs: Math.round(performance.now() - sealing.from),
        note: 'Up to the writing of this account.',
      });
      const provenance = buildProvenance({
        ...input,
        browser,
        egress,
        witness,
        document,
        normalised: url.href,
        shownUrl: context.found.hasPage ? page.url : null,
        title: context.found.title,
        // A page that crashed after its document had come was received, if not looked at.
        received: loaded || page.isGone,
        start,
        durationMs: performance.now() - startedAt,
        steps,
        noticed,
      });
      input.onTraffic(witness.traffic.answered, witness.traffic.bytes);
      await finishArchive(archive, provenance, document?.requestedAt ?? start, context.found.text);
      return provenance;
    } finally {
      clearInterval(ticker);
      witness.abandon();
    }
  } catch (error) {
    throw reasonOf(error, stop.signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    await browser?.close();
    await egress.close();
  }
}

async function finishArchive(
  archive: WaczWriter,
  provenance: Provenance,
  date: Date,
  text: string | null,
): Promise<void> {
  const { url, page, captureId, verdict } = provenance;
  archive.page({
    id: captureId,
    url: url.final,
    ts: date,
    ...(page.title === '' ? {} : { title: page.title }),
    ...(page.status === null ? {} : { status: page.status }),
    ...(page.mimeType === null ? {} : { mime: page.mimeType }),
    ...(text === null ? {} : { text }),
  });
  archive.extra('evidence/provenance.json', Buffer.from(JSON.stringify(provenance, null, 2), 'utf8'));
  archive.extra('evidence/provenance.html', Buffer.from(provenanceHtml(provenance), 'utf8'));
  await archive.finish({
    title: page.title === '' ? url.final : page.title,
    description: `${verdict.state}. The account of this capture is in evidence/provenance.html.`,
    mainPageUrl: url.final,
    mainPageDate: date,
  });
}

/** What a person is told: the first cause, not what followed from it. */
function reasonOf(error: unknown, stop: AbortSignal): unknown {
  if (stop.aborted && stop.reason instanceof ConstatError) return stop.reason;
  if (stop.aborted && stop.reason instanceof Error) return stop.reason;
  if (error instanceof Fatal) return error.cause;
  return error;
}
