import type { CdpSession } from '../cdp/connection.ts';
import type { Protocol } from '../cdp/protocol.ts';
import type { PageFrame } from '../page-frame.ts';

const GROUP = 'closed';

/** Shadow roots no script can see: only the protocol lists them, for all frames of a process at once. */
export class ClosedRoots {
  readonly #trees = new Map<CdpSession, Promise<Map<string, number[]>>>();

  /** Those of one document, as arguments for a function that is called in it. */
  async of({ session, frameId }: PageFrame, contextId: number): Promise<Protocol.Runtime.CallArgument[]> {
    const tree = this.#trees.get(session) ?? lookUp(session);
    this.#trees.set(session, tree);
    const given: Protocol.Runtime.CallArgument[] = [];
    for (const backendNodeId of (await tree).get(frameId) ?? []) {
      const { object } = await session.send('DOM.resolveNode', {
        backendNodeId,
        executionContextId: contextId,
        objectGroup: GROUP,
      });
      if (object.objectId !== undefined) given.push({ objectId: object.objectId });
    }
    return given;
  }

  /** Lets go of everything that was held for it. */
  leave(): void {
    for (const session of this.#trees.keys()) {
      session.tell('Runtime.releaseObjectGroup', { objectGroup: GROUP });
      session.tell('DOM.disable');
    }
  }
}

/** By frame. The document of a process's outermost frame has no owner in its tree. */
async function lookUp(session: CdpSession): Promise<Map<string, number[]>> {
  const [{ root }, { frameTree }] = await Promise.all([
    session.send('DOM.getDocument', { depth: -1, pierce: true }),
    session.send('Page.getFrameTree'),
  ]);
  const found = new Map<string, number[]>();
  const pending = [{ node: root, frameId: frameTree.frame.id }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, frameId } = next;
    for (const shadow of node.shadowRoots ?? []) {
      if (shadow.shadowRootType === 'closed')
        found.set(frameId, [...(found.get(frameId) ?? []), shadow.backendNodeId]);
      pending.push({ node: shadow, frameId });
    }
    if (node.contentDocument) pending.push({ node: node.contentDocument, frameId: node.frameId ?? frameId });
    for (const child of node.children ?? []) pending.push({ node: child, frameId });
  }
  return found;
}
