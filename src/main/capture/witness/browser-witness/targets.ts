import type { CdpConnection, CdpSession } from '../../cdp/connection.ts';
import type { Protocol } from '../../cdp/protocol.ts';

export interface AttachedTarget {
  session: CdpSession;
  info: Protocol.Target.TargetInfo;
}

/** The browser's own surfaces (address bar, toolbar) are no part of the page. Tabs are announced through their pages. */
const filter = [
  { type: 'browser', exclude: true },
  { type: 'tab', exclude: true },
  { type: 'browser_ui', exclude: true },
  {},
];

/** Workers of any kind start on the first word they get; pages and frames wait for every connection, one after the other. */
function isWorker(type: string): boolean {
  return type.endsWith('worker');
}

/** Lets the main connection go first with workers: they must not start on the word of the second before the first has prepared them. */
export class StartingOrder {
  readonly #ready = new Map<string, { promise: Promise<void>; resolve: () => void }>();

  ready(targetId: string): void {
    this.#entry(targetId).resolve();
  }

  /** Resolves once the main connection has let the target start, or after a time in which it surely would have. */
  async after(targetId: string): Promise<void> {
    const { promise } = this.#entry(targetId);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 3000);
    });
    await Promise.race([promise, patience]);
    clearTimeout(timer);
  }

  #entry(targetId: string): { promise: Promise<void>; resolve: () => void } {
    const known = this.#ready.get(targetId);
    if (known) return known;
    const made = Promise.withResolvers<void>();
    this.#ready.set(targetId, made);
    return made;
  }
}

/**
 * Attaches to every target there is and will be: pages, popups, frames in other processes, workers of all kinds, and what they
 * start in turn. Each new one waits until `prepare` has sent its commands and `mayStart`, if given, has resolved, so that not even its
 * first request is missed. A target that is announced twice (a service worker belongs to the browser and to its page) is prepared once.
 */
export async function attachEverywhere(
  connection: CdpConnection,
  prepare: (target: AttachedTarget) => void,
  on: {
    mayStart?: (targetId: string) => Promise<void>;
    /** The word to start was given to a worker. */
    passedOn?: (targetId: string) => void;
    /** A target begins to start (+1), or runs (-1). */
    starting?: (change: number) => void;
  } = {},
): Promise<void> {
  const known = new Set<string>();
  const start = async (
    session: CdpSession,
    { targetId, type }: Protocol.Target.TargetInfo,
  ): Promise<void> => {
    if (isWorker(type)) await on.mayStart?.(targetId);
    on.starting?.(1);
    const running = session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    if (isWorker(type)) {
      // The answer to that may have to wait for the other connection; the answer to this says that it was passed on.
      await connection.browser.send('Browser.getVersion').catch(() => undefined);
      on.passedOn?.(targetId);
    }
    await running;
    on.starting?.(-1);
  };
  const listen = (parent: CdpSession): void => {
    parent.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      const { targetId } = targetInfo;
      if (known.has(targetId)) {
        // It stays attached, and silent: letting go of it would end what the first session asked for.
        void start(session, targetInfo);
        return;
      }
      known.add(targetId);
      session.onGone(() => known.delete(targetId));
      listen(session);
      session.tell('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter,
      });
      prepare({ session, info: targetInfo });
      void start(session, targetInfo);
    });
  };
  listen(connection.browser);
  await connection.browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter,
  });
}
