import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { CdpSession } from '../cdp/connection.ts';
import type { EventLog } from '../events.ts';
import { isWebUrl } from '../guard/url-rules.ts';
import { CapturePage } from '../page.ts';
import type { AttachedTarget } from '../witness/browser-witness/targets.ts';
import type { HeldLook } from './looks.ts';

/** A document of the web that was opened in a tab. */
export interface Visit {
  id: string;
  tab: number;
  url: string;
  loaderId: string;
  openedAt: Date;
  title: string;
  /** The address it had last. */
  shown: string;
  text: string | null;
  marked: number;
  /** How often its tab had fired the load event before it. */
  loadsBefore: number;
  /** How it looked once it had calmed down, until it is known whether more of it is kept. */
  held: HeldLook | null;
  look: 'whole' | 'view' | 'none';
}

/** A tab of the window, or a window the page opened: for the recording they are the same. */
export interface Tab {
  number: number;
  targetId: string;
  page: CapturePage;
  visit: Visit | null;
  title: string;
  front: boolean;
  /** When it was last seen in front (monotonic milliseconds). */
  frontAt: number;
  /** A page with a dialog answers nothing. */
  dialog: boolean;
  /** Asked, and has not answered yet. */
  asking: boolean;
  frames: Set<string>;
}

const seenSchema = z.object({ title: z.string(), visible: z.boolean(), focus: z.boolean() });

/** All tabs of a recording by hand, and what was opened in them. Only listens, and asks in a world of its own. */
export class Tabs {
  readonly visits: Visit[] = [];
  readonly #open = new Map<string, Tab>();
  readonly #browser: CdpSession;
  readonly #events: EventLog;
  #count = 0;
  #lost = false;

  constructor(browser: CdpSession, events: EventLog) {
    this.#browser = browser;
    this.#events = events;
  }

  get open(): Tab[] {
    return [...this.#open.values()];
  }

  /** True where the browser went away while tabs were open: nobody closed them. */
  get lost(): boolean {
    return this.#lost;
  }

  /** The tab the person looks at, or looked at last. */
  get front(): Tab | null {
    return this.open.toSorted((one, other) => other.frontAt - one.frontAt)[0] ?? null;
  }

  /** A tab or window began; called before anything is loaded in it. */
  add({ session, info: { targetId } }: AttachedTarget): void {
    this.#count += 1;
    const tab: Tab = {
      number: this.#count,
      targetId,
      page: new CapturePage(session, targetId),
      visit: null,
      title: '',
      front: false,
      frontAt: this.#count === 1 ? 0 : performance.now(),
      dialog: false,
      asking: false,
      frames: new Set([targetId]),
    };
    this.#open.set(targetId, tab);
    if (tab.number > 1) this.#events.note('tab-opened', `Tab ${tab.number} was opened.`);
    session.on('Page.frameAttached', ({ frameId }) => tab.frames.add(frameId));
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined || frame.id !== targetId) return;
      if (tab.page.isGone) tab.page = new CapturePage(session, targetId);
      tab.visit = isWebUrl(frame.url)
        ? this.#visit(tab, frame.url + (frame.urlFragment ?? ''), frame.loaderId)
        : null;
      if (!tab.visit) tab.title = '';
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === targetId && tab.visit) tab.visit.shown = url;
    });
    session.on('Page.javascriptDialogOpening', () => (tab.dialog = true));
    session.on('Page.javascriptDialogClosed', () => (tab.dialog = false));
    session.on('Inspector.targetCrashed', () =>
      this.#events.note('page-crashed', `The page in tab ${tab.number} crashed.`),
    );
    session.onGone(() => {
      this.#open.delete(targetId);
      this.#lost ||= this.#browser.gone;
      if (!this.#browser.gone) this.#events.note('tab-closed', `Tab ${tab.number} was closed.`);
    });
  }

  /** A frame in another process began: it belongs to the tab that has its parent. */
  addFrame({ session, info: { targetId, parentFrameId } }: AttachedTarget): void {
    const tab = this.open.find(({ frames }) => frames.has(parentFrameId ?? ''));
    if (!tab) return;
    tab.frames.add(targetId);
    tab.page.addFrame({ session, frameId: targetId, parentId: parentFrameId ?? null });
  }

  /** Asks every tab that can answer for its title, and whether it is in front; `patience` milliseconds. */
  async refresh(patience: number): Promise<void> {
    await Promise.all(this.open.map((tab) => Promise.race([this.#ask(tab), pause(patience)])));
  }

  async #ask(tab: Tab): Promise<void> {
    const { page, visit } = tab;
    if (tab.asking || tab.dialog || page.isGone || !visit) return;
    tab.asking = true;
    try {
      const answer = await page.evaluate(
        '({ title: String(document.title), visible: document.visibilityState === "visible", focus: document.hasFocus() })',
      );
      const { title, visible, focus } = seenSchema.parse(answer);
      tab.title = title.slice(0, 1000);
      if (tab.visit === visit) visit.title = tab.title;
      tab.front = visible;
      if (visible) tab.frontAt = performance.now() + (focus ? 1 : 0);
    } catch {
      // Between two documents there is nobody to answer.
    } finally {
      tab.asking = false;
    }
  }

  #visit(tab: Tab, url: string, loaderId: string): Visit {
    const visit: Visit = {
      id: uuid(),
      tab: tab.number,
      url,
      loaderId,
      openedAt: new Date(),
      title: '',
      shown: url,
      text: null,
      marked: 0,
      loadsBefore: tab.page.loads,
      held: null,
      look: 'none',
    };
    this.visits.push(visit);
    return visit;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
