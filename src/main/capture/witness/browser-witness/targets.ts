import type { CdpConnection, CdpSession } from '../../cdp/connection.ts';
import type { Protocol } from '../../cdp/protocol.ts';

/** How long (milliseconds) a target may take to answer before it is let go all the same. */
const PATIENCE = 2000;

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

const watch = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter };

/** Workers of any kind start on the first word they get; pages and frames wait for every connection, one after the other. */
function isWorker(type: string): boolean {
  return type.endsWith('worker');
}

/** The browser's own pages (its PDF viewer, for one), which are no part of what was captured. */
export function isOwn({ url }: Protocol.Target.TargetInfo): boolean {
  return url.startsWith('chrome-extension:') || url.startsWith('chrome:');
}

/** Lets the main connection go first with workers: they must not start on the word of the second before the first has prepared them. */
export class StartingOrder {
  readonly #ready = new Map<string, { promise: Promise<void>; resolve: () => void }>();

  ready(targetId: string): void {
    this.#entry(targetId).resolve();
  }

  /** Resolves once the main connection has let the target start, or after a time in which it surely would have. */
  async after(targetId: string): Promise<void> {
    await Promise.race([this.#entry(targetId).promise, pause(2 * PATIENCE)]);
  }

  #entry(targetId: string): { promise: Promise<void>; resolve: () => void } {
    const known = this.#ready.get(targetId);
    if (known) return known;
    const made = Promise.withResolvers<void>();
    this.#ready.set(targetId, made);
    return made;
  }
}

export interface Attachment {
  /** Sends the commands a new target needs; gives the answer to the one that matters. */
  prepare: (target: AttachedTarget) => Promise<unknown>;
  /** Resolves when a worker may start, as far as others are concerned. */
  mayStart?: (targetId: string) => Promise<void>;
  /** A worker was told to start. */
  passedOn?: (targetId: string) => void;
  /** A target begins to start (+1), or runs (-1). */
  starting?: (change: number) => void;
}

/**
 * Attaches to every target there is and will be: pages, popups, frames in other processes, workers of all kinds, and what they
 * start in turn. Each new one waits until it is prepared, so that not even its first request is missed.
 */
export async function attachEverywhere(connection: CdpConnection, attachment: Attachment): Promise<void> {
  const { prepare, mayStart, passedOn, starting } = attachment;
  const known = new Map<string, Promise<void>>();

  /** Resolves when the target was told to start. */
  const start = async ({ session, info }: AttachedTarget): Promise<void> => {
    const { targetId, type } = info;
    starting?.(1);
    const prepared = prepare({ session, info }).catch(() => undefined);
    if (isWorker(type)) {
      // A service worker answers nothing before it starts; the others do, and must know what to report before they start.
      if (type !== 'service_worker') await Promise.race([prepared, pause(PATIENCE)]);
      await mayStart?.(targetId);
    }
    const running = session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    void Promise.race([running, pause(PATIENCE)]).then(() => starting?.(-1));
    // The answer to that may have to wait for the other connection; the answer to this says that it was passed on.
    if (isWorker(type)) await connection.browser.send('Browser.getVersion').catch(() => undefined);
    passedOn?.(targetId);
  };

  const listen = (parent: CdpSession): void => {
    parent.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      const { targetId } = targetInfo;
      const first = known.get(targetId);
      if (first) {
        // Announced twice (a service worker belongs to the browser and to its page). The second session stays attached, and silent:
        // letting go of it would end what the first one asked for.
        void first.then(() => session.tell('Runtime.runIfWaitingForDebugger'));
        return;
      }
      const target = { session, info: targetInfo };
      listen(session);
      session.tell('Target.setAutoAttach', watch);
      known.set(targetId, start(target));
      session.onGone(() => known.delete(targetId));
    });
  };
  listen(connection.browser);
  await connection.browser.send('Target.setAutoAttach', watch);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
