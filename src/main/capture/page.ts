import type { CdpSession, Command } from './cdp/connection.ts';
import type { Protocol } from './cdp/protocol.ts';
import { framesOf } from './frames.ts';
import type { PageFrame } from './page-frame.ts';

/** The page crashed, was closed, or the browser is gone: nothing more can be asked of it. */
export class PageGone extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'PageGone';
  }
}

/** A frame of another site, in a process of its own. */
export interface OtherFrame {
  session: CdpSession;
  frameId: string;
  /** The frame it stands in. */
  parentId: string | null;
}

/** The tab a capture is made in: the commands the steps need, and what it did meanwhile. */
export class CapturePage {
  readonly session: CdpSession;
  readonly mainFrame: string;
  /** Resolves with the reason once the page can no longer be used. */
  readonly gone: Promise<string>;
  /** Addresses the main frame showed, in order. */
  readonly shown: string[] = [];
  /** Style sheets the page received: address and request. */
  readonly styleSheets = new Map<string, string>();
  readonly #frames: OtherFrame[] = [];
  readonly #windows: CdpSession[] = [];
  #move: { url: string; at: number } | null = null;
  #gone = '';
  #world: number | null = null;
  #loads = 0;
  #onLoad: () => void = () => undefined;

  constructor(session: CdpSession, mainFrame: string) {
    this.session = session;
    this.mainFrame = mainFrame;
    this.gone = new Promise((resolve) => {
      const end = (reason: string): void => {
        this.#gone ||= reason;
        resolve(this.#gone);
      };
      session.on('Inspector.targetCrashed', () => end('the page crashed'));
      session.onGone(() => end('the browser closed the page or stopped working'));
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined || frame.id !== this.mainFrame) return;
      this.#world = null;
      this.#move = null;
      this.shown.push(frame.url + (frame.urlFragment ?? ''));
    });
    session.on('Network.responseReceived', ({ type, requestId, response }) => {
      if (type === 'Stylesheet') this.styleSheets.set(response.url, requestId);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.mainFrame && this.shown.length > 0) this.shown[this.shown.length - 1] = url;
    });
    session.on('Page.loadEventFired', () => {
      this.#loads += 1;
      this.#onLoad();
    });
  }

  /** Frames of other sites, which run in processes of their own. */
  get frames(): readonly OtherFrame[] {
    return this.#frames.filter(({ session }) => !session.gone);
  }

  /** A frame of another site began. Its target has the frame's identifier. */
  addFrame(frame: OtherFrame): void {
    this.#frames.push(frame);
  }

  /** Another window of the page began. The page itself stays in front: what is behind is neither painted nor pressed. */
  addWindow(session: CdpSession): void {
    this.#windows.push(session);
    this.session.tell('Page.bringToFront');
  }

  /** Closes the windows the page opened; says how many there were. */
  async closeWindows(): Promise<number> {
    const windows = this.#windows.splice(0).filter(({ gone }) => !gone);
    await Promise.allSettled(windows.map((session) => session.send('Page.close')));
    if (windows.length > 0) await this.send('Page.bringToFront');
    return windows.length;
  }

  /** The page said that it will go elsewhere, in `delay` milliseconds. */
  announceMove(url: string, delay: number): void {
    this.#move = { url, at: performance.now() + delay };
  }

  /** Where the page said it will go, and in how many milliseconds; null where it stays. Loading itself anew is no going. */
  get move(): { url: string; in: number } | null {
    if (!this.#move || this.#move.url === this.url) return null;
    return { url: this.#move.url, in: this.#move.at - performance.now() };
  }

  get windows(): number {
    return this.#windows.filter(({ gone }) => !gone).length;
  }

  /** Every document of the page as it stands now, the page itself first. */
  documents(): Promise<PageFrame[]> {
    return framesOf(this);
  }

  get loads(): number {
    return this.#loads;
  }

  get isGone(): boolean {
    return this.#gone !== '';
  }

  /** What it shows now, or null before it showed anything of the web (an error page of the browser is nothing). */
  get url(): string | null {
    const last = this.shown.at(-1);
    return last !== undefined && /^https?:/i.test(last) ? last : null;
  }

  /** Sends a command of the page. Rejects with PageGone when it crashes meanwhile: a crashed page never answers. */
  async send<T extends Command>(
    method: T,
    params?: Protocol.CommandParameters[T],
  ): Promise<Protocol.CommandReturnValues[T]> {
    return this.orGone(this.session.send(method, params));
  }

  async orGone<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    const lost = this.gone.then((reason) => {
      throw new PageGone(reason);
    });
    lost.catch(() => undefined);
    try {
      return await Promise.race([work, lost]);
    } catch (error) {
      throw this.isGone ? new PageGone(this.#gone) : error;
    }
  }

  /** Resolves when the load event has fired more often than `before`. */
  async loaded(before: number): Promise<void> {
    if (this.#loads > before) return;
    await new Promise<void>((resolve) => {
      this.#onLoad = resolve;
    });
  }

  /**
   * Evaluates in a world of its own: the page's scripts see nothing of it and can have changed nothing in it. The result is JSON.
   * The expression may give a promise.
   */
  async evaluate(expression: string): Promise<unknown> {
    const contextId = await this.world();
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      contextId,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description?.split('\n', 1)[0] ?? exceptionDetails.text);
    return result.value;
  }

  /** The recorder's world in the document that is shown now. */
  async world(): Promise<number> {
    if (this.#world === null) {
      const { executionContextId } = await this.send('Page.createIsolatedWorld', {
        frameId: this.mainFrame,
        worldName: 'w',
      });
      this.#world = executionContextId;
    }
    return this.#world;
  }
}
