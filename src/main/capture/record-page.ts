import type { CaptureOptions, StepName } from '../../shared/domain/capture-options.ts';
import type { Provenance, StepOutcome } from '../../shared/domain/provenance.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { WaczWriter } from '../archive/wacz/writer.ts';
import { launchBrowser, type CaptureBrowser } from './browser.ts';
import type { ConsoleLog } from './console-log.ts';
import { EventLog } from './events.ts';
import { finishArchive, pageOf } from './finish-archive.ts';
import type { BrowserFound } from './find-browser.ts';
import { KeptBodies } from './findings/changes/kept-bodies.ts';
import { Egress } from './guard/egress.ts';
import { destination, loadProblem } from './guard/load-problem.ts';
import type { Resolver } from './guard/names.ts';
import { keepLogs } from './keep-logs.ts';
import { parseProxy } from './guard/upstream-proxy.ts';
import { driveSession, type Driven } from './interactive/drive-session.ts';
import type { SessionControl } from './interactive/session-control.ts';
import { Tabs } from './interactive/tabs.ts';
import { openPage, type OpenedPage } from './open-page.ts';
import { accountSoFar, buildProvenance, type ProvenanceInput } from './provenance.ts';
import { NoteTaker } from './salvage/note-taker.ts';
import type { SoFar } from './salvage/recording-notes.ts';
import { runSteps, type StepsProgress } from './steps/run-steps.ts';
import { sandboxSeen } from './sandbox.ts';
import { Fatal, type StepContext } from './steps/step.ts';
import { stopping } from './stopping-record.ts';
import { chooseWitness } from './witness/choose-witness.ts';
import { WireRecording } from './witness/wire-recording.ts';
import type { MainDocument, Record } from './witness/witness.ts';

export interface RecordingInput {
  captureId: string;
  caseId: string;
  entered: string;
  url: URL;
  options: CaptureOptions;
  operator: { name: string; keyFingerprint: string };
  found: BrowserFound;
  /** The browser's folder of the profile that was asked for; null for a new one that is thrown away. */
  kept: string | null;
  /** Given where a person drives the window; null for a capture by itself. */
  session: SessionControl | null;
  archive: WaczWriter;
  signal: AbortSignal;
  resolver?: Resolver;
  publicToo?: readonly string[];
  /** Why the browser alone is to record, whatever the options say: a second look after the wire's. */
  browserInstead?: string | null;
  /** PEM certificates that count as roots, in tests. */
  trustedToo?: readonly string[];
  onStep(step: StepName): void;
  onTraffic(answered: number, bytes: number): void;
  /** Told now and then how far it is, so that a crash loses little. What it throws ends the capture. */
  onNote: (soFar: SoFar) => void;
  /** Told of the main document as it was received in the end. */
  onDocument?(document: MainDocument): void;
}

/** How long the witness may take to put down what is left (milliseconds). */
const FINISH = 20_000;
const TRAFFIC_EVERY = 250;

/** What one recording holds while it runs. */
interface Running {
  input: RecordingInput;
  /** Ends all steps: a cancellation, or a case that takes no more (a full disk). */
  stop: AbortController;
  record: Record;
  /** What was heard of the bodies that went into the record. */
  kept: KeptBodies;
  /** What was put beside the exchanges so far. */
  artefacts: Provenance['artefacts'];
  events: EventLog;
  notes: NoteTaker;
  progress: StepsProgress;
  egress: Egress;
  browser: CaptureBrowser;
  openExit: StepContext['openExit'];
  wire: WireRecording | null;
  /** Why this way of recording was taken. */
  why: string;
  start: Date;
  /** On a clock that is never set (milliseconds). */
  startedAt: number;
}

/**
 * Records one page into an archive: everything but the sealing. The archive is complete afterwards, its provenance in it. Throws the
 * ConstatError that says why there is nothing to seal; the archive is then to be thrown away. Leaves no process and no file.
 */
export async function recordPage(input: RecordingInput): Promise<Provenance> {
  const { options, archive, url, signal } = input;
  const start = new Date();
  const startedAt = performance.now();
  const stop = new AbortController();
  const cancel = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const { kind, why } = chooseWitness(options, input.browserInstead ?? null, input.session !== null);
  const wire =
    kind === 'wire'
      ? await WireRecording.create({
          allowBadCertificates: options.allowBadCertificates,
          onRefused: ({ host, port, address }, reason) => egress.noteFailed(host, port, reason, address),
          ...(input.trustedToo ? { trustedToo: input.trustedToo } : {}),
        })
      : null;
  const proxy = parseProxy(options.proxy, process.env['CONSTAT_PROXY_CREDENTIALS']);
  const rules = {
    proxy,
    allowPrivateAddresses: options.allowPrivateAddresses,
    ...(input.resolver ? { resolver: input.resolver } : {}),
    ...(input.publicToo ? { publicToo: input.publicToo } : {}),
  };
  const egress: Egress = await Egress.start({
    ...rules,
    ...(wire ? { takeOver: (client, upstream, to) => wire.takeOver(client, upstream, to) } : {}),
  });
  let browser: CaptureBrowser | null = null;
  try {
    const { host, port } = destination(url.href);
    if (!(await egress.mayReach(host, port))) {
      const { code, params } = loadProblem(url.href, '', egress.account());
      throw new ConstatError(code, params);
    }
    browser = await launchBrowser(input.found, options, egress.port, {
      window: input.session !== null,
      kept: input.kept,
      pinnedKey: wire?.pin ?? null,
    });
    egress.forbidLocalPort(browser.debuggingPort);
    const artefacts: Provenance['artefacts'] = [];
    const kept = new KeptBodies();
    const notes = new NoteTaker(input.onNote, (error) => stop.abort(error));
    const record = kept.through(stopping(archive, stop, artefacts, notes));
    const events = new EventLog();
    const ownPorts = [egress.port, browser.debuggingPort];
    return await withBrowser({
      openExit: async () => {
        const exit = await Egress.start(rules);
        for (const own of ownPorts) exit.forbidLocalPort(own);
        return exit;
      },
      input,
      stop,
      record,
      kept,
      artefacts,
      events,
      notes,
      progress: { done: [], begun: [], ahead: [] },
      egress,
      browser,
      wire,
      why,
      start,
      startedAt,
    });
  } catch (error) {
    throw reasonOf(error, stop.signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    await browser?.close();
    await egress.close();
  }
}

async function withBrowser(running: Running): Promise<Provenance> {
  const { input, stop, record, egress, browser } = running;
  const { archive, options, captureId } = input;
  await archive.begin({
    description: `Capture ${captureId}`,
    hostname: 'not recorded',
    'http-header-user-agent': browser.userAgent,
  });
  const fail = (error: unknown): void => stop.abort(error);
  const { events, wire } = running;
  const tabs = input.session && new Tabs(browser.main.browser, events);
  const opened = await openPage({
    browser,
    egress,
    options,
    record,
    events,
    pageId: captureId,
    wire,
    fail,
    tabs,
  });
  Object.assign(browser, await sandboxSeen(browser, browser.main.browser));
  const { page, witness } = opened;
  const context: StepContext = {
    page,
    witness,
    record,
    events,
    options,
    url: input.url.href,
    pageId: captureId,
    spoolFolder: browser.profile.spool,
    userAgent: browser.userAgent,
    openExit: running.openExit,
    found: { hasPage: false, whyNone: null, title: '', text: null, documents: null, listed: [] },
  };
  const told = (): void => {
    try {
      input.onTraffic(witness.traffic.answered, witness.traffic.bytes);
    } catch (error) {
      fail(error);
    }
  };
  const ticker = setInterval(told, TRAFFIC_EVERY);
  const { notes } = running;
  notes.begin(
    () => soFar(running, context, opened),
    () => witness.mainDocument()?.url,
  );
  try {
    const driven = tabs && (await byHand(running, context, tabs));
    const steps = driven?.steps ?? (await runSteps(running, context, () => egress.account(), stop.signal));
    steps.push(await lastAnswers(running, context, opened.consoleLog));
    notes.now();
    notes.end();
    stop.signal.throwIfAborted();
    const document = driven ? (driven.main?.document ?? null) : witness.mainDocument();
    if (document) input.onDocument?.(document);
    if (driven && !driven.main) throw nothingOpened(input, egress);
    if (!driven && page.isGone && (document?.status ?? null) === null) {
      throw new ConstatError('BROWSER_FAILED', { reason: await page.gone });
    }
    const provenance = provenanceOf(running, context, opened, { steps, document, driven });
    // Nothing more is asked of it; it goes while the archive is completed, and is waited for at the end.
    void running.browser.close();
    told();
    const date = document?.requestedAt ?? running.start;
    await finishArchive(
      archive,
      provenance,
      date,
      driven?.pages ?? [pageOf(provenance, date, context.found)],
    );
    stop.signal.throwIfAborted();
    return provenance;
  } finally {
    clearInterval(ticker);
    notes.end();
    witness.abandon();
    opened.consoleLog.discard();
  }
}

async function byHand(running: Running, context: StepContext, tabs: Tabs): Promise<Driven | null> {
  const { input, stop } = running;
  if (!input.session) return null;
  input.onStep('interact');
  running.progress.begun.push('interact');
  return driveSession({
    context,
    tabs,
    control: input.session,
    signal: stop.signal,
    limit: input.options.sessionTimeout,
  });
}

/** Why a recording by hand has nothing to seal. */
function nothingOpened({ url }: RecordingInput, egress: Egress): ConstatError {
  const { code, params } = loadProblem(url.href, 'no page was opened', egress.account());
  return new ConstatError(code, params);
}

/** Lets the witness put down what is left, and what is known only then; the step's account must end before the account is written. */
async function lastAnswers(
  { input, browser: { uncaught } }: Running,
  context: StepContext,
  consoleLog: ConsoleLog,
): Promise<StepOutcome> {
  input.onStep('seal');
  const at = new Date();
  const from = performance.now();
  // While the browser still knows them; a page that is gone has none to show.
  const shown = await context.witness.shownCertificates().catch(() => []);
  await context.witness.finish(FINISH);
  uncaught.look();
  await keepLogs(context, consoleLog, shown);
  return {
    name: 'seal',
    outcome: 'done',
    startedAt: at.toISOString(),
    durationMs: Math.round(performance.now() - from),
    note: 'Up to the writing of this account.',
  };
}

interface Outcome {
  steps: StepOutcome[];
  document: MainDocument | null;
  driven: Driven | null;
}

function provenanceOf(
  running: Running,
  context: StepContext,
  opened: OpenedPage,
  outcome: Outcome,
): Provenance {
  return buildProvenance(accountInput(running, context, opened, outcome));
}

/** The account as it stands now, for a note that is read after a crash only. */
function soFar(running: Running, context: StepContext, opened: OpenedPage): SoFar {
  const document = context.witness.mainDocument();
  const { done, begun, ahead } = running.progress;
  const status = document?.status ?? null;
  return {
    account: accountSoFar(accountInput(running, context, opened, { steps: done, document, driven: null })),
    document:
      document && status !== null ? { url: document.url, status, isDownload: document.isDownload } : null,
    begun: [...begun],
    ahead: [...ahead],
    noticed: [...opened.noticed],
  };
}

function accountInput(
  { input, browser, egress, kept, artefacts, events, why, start, startedAt }: Running,
  { page, witness, url, found }: StepContext,
  { noticed }: OpenedPage,
  { steps, document, driven }: Outcome,
): ProvenanceInput {
  const loaded = steps.some(({ name, outcome }) => name === 'load' && outcome !== 'failed');
  return {
    ...input,
    browser,
    egress,
    witness,
    why,
    kept,
    document,
    normalised: url,
    shownUrl: driven?.main?.url ?? (found.hasPage ? page.url : null),
    title: driven?.main?.title ?? found.title,
    // A page that crashed after its document had come was received, if not looked at.
    received: loaded || page.isGone || driven !== null,
    interactive: driven?.interactive ?? null,
    viewport: driven?.viewport ?? { ...input.options.viewport, deviceScaleFactor: 1 },
    start,
    durationMs: performance.now() - startedAt,
    steps,
    noticed,
    events: events.all(),
    artefacts: [...artefacts],
  };
}

/** What a person is told: the first cause, not what followed from it. */
function reasonOf(error: unknown, stop: AbortSignal): unknown {
  if (stop.aborted && stop.reason instanceof ConstatError) return stop.reason;
  if (stop.aborted && stop.reason instanceof Error) return stop.reason;
  if (error instanceof Fatal) return error.cause;
  return error;
}
