import type { CdpConnection, CdpSession } from '../../cdp/connection.ts';
import type { Protocol } from '../../cdp/protocol.ts';

export interface AttachedTarget {
  session: CdpSession;
  info: Protocol.Target.TargetInfo;
}

/** The browser's own surfaces (address bar, toolbar) are no part of the page. Tabs are announced through their pages. */
const filter = [{ type: 'browser', exclude: true }, { type: 'tab', exclude: true }, { type: 'browser_ui', exclude: true }, {}];

/**
 * Attaches to every target there is and will be: pages, popups, frames in other processes, workers of all kinds, and what they
 * start in turn. Each new one waits until `prepare` has sent its commands, so that not even its first request is missed.
 * A target that is announced twice (a service worker belongs to the browser and to its page) is prepared once.
 */
export async function attachEverywhere(connection: CdpConnection, prepare: (target: AttachedTarget) => void): Promise<void> {
  const known = new Set<string>();
  const listen = (parent: CdpSession): void => {
    parent.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      if (known.has(targetInfo.targetId)) {
        session.tell('Runtime.runIfWaitingForDebugger');
        parent.tell('Target.detachFromTarget', { sessionId });
        return;
      }
      known.add(targetInfo.targetId);
      session.onGone(() => known.delete(targetInfo.targetId));
      listen(session);
      session.tell('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter });
      prepare({ session, info: targetInfo });
      session.tell('Runtime.runIfWaitingForDebugger');
    });
  };
  listen(connection.browser);
  await connection.browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter });
}
