import type { CdpSession } from './cdp/connection.ts';
import type { EventLog } from './events.ts';
import type { CapturePage } from './page.ts';

/** Why a page goes somewhere without having been asked to, in words. */
const reasons: { [reason: string]: string | undefined } = {
  scriptInitiated: 'by a script',
  metaTagRefresh: 'by a refresh in its head',
  httpHeaderRefresh: 'by a refresh header',
  anchorClick: 'by a link',
  formSubmissionGet: 'by a form',
  formSubmissionPost: 'by a form',
  reload: 'by loading itself anew',
};

/** Puts on record where the page goes by itself, and that it or a frame of it crashed. `brief` cuts what comes from the page. */
export function watchMoves(page: CapturePage, events: EventLog, brief: (text: string) => string): void {
  const { session, mainFrame } = page;
  session.on('Page.frameScheduledNavigation', ({ frameId, delay, reason, url }) => {
    if (frameId !== mainFrame || delay === 0) return;
    page.announceMove(url, delay * 1000);
    events.note(
      'move',
      `The page announced to go to ${brief(url)} in ${delay} s, ${reasons[reason] ?? reason}.`,
    );
  });
  session.on('Page.frameRequestedNavigation', ({ frameId, reason, url, disposition }) => {
    if (frameId !== mainFrame || disposition !== 'currentTab') return;
    events.note('move', `The page went to ${brief(url)}, ${reasons[reason] ?? reason}.`);
  });
  session.on('Inspector.targetCrashed', () => events.note('crash', 'The page crashed.'));
}

/** A frame of another site: its crash is not the page's. */
export function watchFrame(session: CdpSession, url: string, events: EventLog): void {
  session.tell('Inspector.enable');
  session.on('Inspector.targetCrashed', () => events.note('crash', `A frame of the page crashed (${url}).`));
}

/** Puts on record what the page had the browser save. */
export function watchDownloads(browser: CdpSession, events: EventLog, brief: (text: string) => string): void {
  browser.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) =>
    events.note(
      'download',
      `The page had a file saved (“${brief(suggestedFilename)}”, from ${brief(url)}); it is in the record.`,
    ),
  );
}

/** Evaluated in the recorder's own world of every document, before the page's scripts: counts what the page wants printed. */
export const countPrints =
  'globalThis.prints = 0; addEventListener("beforeprint", () => { globalThis.prints += 1; });';
