import type { CaptureOptions } from '../../shared/domain/capture-options.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { CaptureBrowser } from './browser.ts';
import type { EventLog } from './events.ts';
import type { Tabs } from './interactive/tabs.ts';
import type { Egress } from './guard/egress.ts';
import { ConsoleLog } from './console-log.ts';
import { countPrints, watchDownloads, watchFrame, watchMoves } from './page-events.ts';
import { CapturePage } from './page.ts';
import { isOwn, type AttachedTarget } from './witness/browser-witness/targets.ts';
import { BrowserWitness } from './witness/browser-witness/browser-witness.ts';
import type { WireRecording } from './witness/wire-recording.ts';
import type { Record, Witness } from './witness/witness.ts';

export interface OpenedPage {
  page: CapturePage;
  witness: Witness;
  /** Sentences on what the page did by itself: dialogs, windows, moves. Grows until the end. */
  noticed: string[];
  consoleLog: ConsoleLog;
}

/** Remarks of one kind are not repeated beyond this. */
const MANY = 10;

/** Opens an empty tab with the witness attached, before anything of the web is asked for. Throws BROWSER_FAILED. */
export async function openPage(input: {
  browser: CaptureBrowser;
  egress: Egress;
  options: CaptureOptions;
  record: Record;
  events: EventLog;
  pageId: string;
  wire: WireRecording | null;
  fail: (error: unknown) => void;
  /** Of a window that a person drives: its tabs are theirs, and nothing in them is answered or resized. */
  tabs: Tabs | null;
}): Promise<OpenedPage> {
  const { browser, egress, options, record, events, pageId, wire, fail, tabs } = input;
  const noticed: string[] = [];
  const consoleLog = new ConsoleLog(browser.profile.spool);
  browser.uncaught.onError = (error) => consoleLog.uncaught(error);
  browser.uncaught.start();
  const notice = (kind: string, sentence: string): void => {
    events.note(kind, sentence);
    if (noticed.length < MANY && !noticed.includes(sentence)) noticed.push(sentence);
  };
  let first: AttachedTarget | null = null;
  let page: CapturePage | null = null;
  const witness = new BrowserWitness({
    main: browser.main,
    tap: browser.tap,
    record,
    egress,
    spoolFolder: browser.profile.spool,
    downloadFolder: browser.profile.downloads,
    maxBytes: options.maxBytes,
    pageId,
    wire,
    onTarget: (target) => {
      const { session, info } = target;
      if (!isOwn(info)) consoleLog.listen(session, info.type);
      if (info.type === 'iframe') watchFrame(session, brief(info.url), events);
      if (info.type === 'iframe')
        page?.addFrame({ session, frameId: info.targetId, parentId: info.parentFrameId ?? null });
      if (info.type === 'iframe') tabs?.addFrame(target);
      if (info.type !== 'page') return;
      if (!tabs) {
        prepare(target, options, notice);
        if (first) page?.addWindow(session);
        first ??= target;
        return;
      }
      first ??= target;
      prepareWindow(target, options, events);
      tabs.add(target);
    },
    onRecordFailure: fail,
  });
  try {
    await witness.attach();
    watchDownloads(browser.main.browser, events, brief);
    if (!tabs) await browser.main.browser.send('Target.createTarget', { url: 'about:blank' });
    const opened = await waitFor(() => first);
    const { targetId } = opened.info;
    page = new CapturePage(opened.session, targetId);
    if (!tabs) watchMoves(page, events, brief);
    witness.watchMainFrame(targetId);
    // An answer means that all commands before it were carried out.
    await page.send('Page.getFrameTree');
    return { page, witness, noticed, consoleLog };
  } catch (error) {
    witness.abandon();
    throw new ConstatError(
      'BROWSER_FAILED',
      { reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

/** Every window: its events, its size, and an answer to whatever it asks the person. */
function prepare(
  { session }: AttachedTarget,
  { viewport, allowBadCertificates }: CaptureOptions,
  notice: (kind: string, sentence: string) => void,
): void {
  session.tell('Page.enable');
  session.tell('Inspector.enable');
  if (allowBadCertificates) session.tell('Security.setIgnoreCertificateErrors', { ignore: true });
  session.tell('Emulation.setDeviceMetricsOverride', { ...viewport, deviceScaleFactor: 1, mobile: false });
  session.tell('Page.addScriptToEvaluateOnNewDocument', { source: countPrints, worldName: 'w' });
  session.on('Page.windowOpen', ({ url }) =>
    notice('window', `The page opened another window (${brief(url)}). What it loaded is in the record.`),
  );
  session.on('Page.javascriptDialogOpening', ({ type, message }) => {
    // A page that asks whether to be left is left; everything else is declined.
    session.tell('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' });
    if (type !== 'beforeunload')
      notice('dialog', `The page showed a dialog (${type}), which was dismissed: “${brief(message)}”.`);
  });
}

/** A window that a person drives: they answer what it asks, and it is only written down. */
function prepareWindow(
  { session }: AttachedTarget,
  { allowBadCertificates }: CaptureOptions,
  events: EventLog,
): void {
  session.tell('Page.enable');
  session.tell('Inspector.enable');
  if (allowBadCertificates) session.tell('Security.setIgnoreCertificateErrors', { ignore: true });
  session.on('Page.windowOpen', ({ url }) =>
    events.note('window', `The page opened another window (${brief(url)}).`),
  );
  session.on('Page.javascriptDialogOpening', ({ type, message }) =>
    events.note('dialog', `The page showed a dialog (${type}): “${brief(message)}”.`),
  );
  session.on('Page.javascriptDialogClosed', ({ result }) =>
    events.note('dialog', `The dialog was ${result ? 'accepted' : 'dismissed'}.`),
  );
}

/** The tab is announced before the command that made it is answered; a few turns of the loop are for slow machines. */
async function waitFor<T>(look: () => T | null): Promise<T> {
  for (let turn = 0; turn < 500; turn += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
  throw new Error('the browser opened no page');
}

function brief(text: string): string {
  const clean = text.replaceAll(/\s+/g, ' ').trim();
  return clean.length > 200 ? `${clean.slice(0, 199)}…` : clean;
}
