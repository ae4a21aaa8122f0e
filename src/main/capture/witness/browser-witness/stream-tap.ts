import { BodySpool } from '../../../archive/body-spool.ts';
import type { CdpConnection, CdpSession } from '../../cdp/connection.ts';
import { announcedLength, isEncoded, splitHeaders } from './headers.ts';
import { attachEverywhere, isOwn, type AttachedTarget, type StartingOrder } from './targets.ts';
import type { ByteBudget } from './budget.ts';

/** A body that was kept while it arrived. */
export interface StreamedBody {
  spool: BodySpool;
  /** False where bytes are missing: they were lost, or the limit of the capture was reached. */
  exact: boolean;
  limited: boolean;
}

interface Flow {
  session: CdpSession;
  /** Bytes the browser announced so far. */
  announced: number;
  streaming: boolean;
  /** Pieces that came before the answer to the command that started the stream. */
  early: Uint8Array[] | null;
  spool: BodySpool | null;
  limited: boolean;
  failed: boolean;
  ended: boolean;
  waiting: (() => void)[];
}

const SMALL = 256 * 1024;
const GROWN = 1024 * 1024;

/**
 * Keeps long bodies, and bodies of unknown length, piece by piece as they arrive, so that memory stays flat and what came of a
 * broken or endless answer is not lost. It has a connection of its own: `Network.streamResourceContent` hands out what arrived
 * before only in a session without durable messages, and the main recorder needs those (measured with Chromium 156).
 */
export class StreamTap {
  readonly #folder: string;
  readonly #budget: ByteBudget;
  readonly #flows = new Map<string, Flow>();
  readonly #claimed = new Set<string>();
  /** Where an answer was seen to arrive. */
  readonly #sessions = new Map<string, CdpSession>();

  constructor(folder: string, budget: ByteBudget) {
    this.#folder = folder;
    this.#budget = budget;
  }

  /** `order` keeps this connection behind the main one; `onTarget` is told of each target attached to. */
  async attach(
    connection: CdpConnection,
    order: StartingOrder,
    onTarget: (target: AttachedTarget) => void,
  ): Promise<void> {
    const prepare = async ({ session, info }: AttachedTarget): Promise<void> => {
      if (isOwn(info) && info.type !== 'page') return;
      this.#listen(session);
      onTarget({ session, info });
      await session.send('Network.enable', {
        maxTotalBufferSize: 64_000_000,
        maxResourceBufferSize: 16_000_000,
      });
    };
    await attachEverywhere(connection, { prepare, mayStart: (targetId) => order.after(targetId) });
  }

  /**
   * The body kept for a request, once it is over here too (two connections, two orders) or after `patience` milliseconds; null
   * where nothing is kept here. The spool then belongs to the caller.
   */
  async take(requestId: string, patience: number): Promise<StreamedBody | null> {
    const flow = this.#flows.get(requestId);
    if (!flow?.streaming) {
      this.#claimed.add(requestId);
      this.#flows.delete(requestId);
      return null;
    }
    if (!flow.ended && patience > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        flow.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    this.#claimed.add(requestId);
    this.#flows.delete(requestId);
    if (!flow.spool) return null;
    const exact = !flow.failed && !flow.limited && flow.spool.size === flow.announced;
    // Whatever still arrives has nowhere to go: the spool is the caller's now.
    flow.failed = true;
    return { spool: flow.spool, exact, limited: flow.limited };
  }

  /** What the page itself holds of an answer the browser’s buffers do not have (made by a service worker); null where it has nothing. */
  async leftover(requestId: string): Promise<Uint8Array | null> {
    const session = this.#sessions.get(requestId);
    if (!session || session.gone) return null;
    try {
      const { body, base64Encoded } = await session.send('Network.getResponseBody', { requestId });
      return Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    } catch {
      return null;
    }
  }

  abandon(): void {
    for (const flow of this.#flows.values()) {
      flow.spool?.discard();
      for (const wake of flow.waiting) wake();
    }
    this.#flows.clear();
  }

  #listen(session: CdpSession): void {
    session.on('Network.responseReceived', ({ requestId, response, type }) => {
      this.#sessions.set(requestId, session);
      if (this.#claimed.has(requestId) || !/^https?:/i.test(response.url)) return;
      const headers = splitHeaders(response.headers);
      const length = announcedLength(headers);
      const long =
        length === null ||
        length > (isEncoded(headers) ? SMALL / 8 : SMALL) ||
        type === 'Media' ||
        type === 'EventSource';
      const flow: Flow = {
        session,
        announced: 0,
        streaming: false,
        early: null,
        spool: null,
        limited: false,
        failed: false,
        ended: false,
        waiting: [],
      };
      this.#flows.set(requestId, flow);
      if (long) this.#start(requestId, flow);
    });
    session.on('Network.dataReceived', ({ requestId, dataLength, data }) => {
      const flow = this.#flows.get(requestId);
      // What comes after the end of a failed document is the browser's own error page, under the same number.
      if (!flow || flow.ended) return;
      flow.announced += dataLength;
      if (data !== undefined && flow.streaming) this.#add(flow, Buffer.from(data, 'base64'));
      else if (!flow.streaming && flow.announced > GROWN) this.#start(requestId, flow);
    });
    const end = ({ requestId }: { requestId: string }): void => this.#end(requestId);
    session.on('Network.loadingFinished', end);
    session.on('Network.loadingFailed', end);
    session.onGone(() => {
      for (const [requestId, flow] of this.#flows) if (flow.session === session) this.#end(requestId);
    });
  }

  #start(requestId: string, flow: Flow): void {
    flow.streaming = true;
    flow.early = [];
    void this.#open(requestId, flow);
  }

  async #open(requestId: string, flow: Flow): Promise<void> {
    try {
      const { bufferedData } = await flow.session.send('Network.streamResourceContent', { requestId });
      const early = flow.early ?? [];
      flow.early = null;
      flow.spool = new BodySpool(this.#folder);
      this.#add(flow, Buffer.from(bufferedData, 'base64'));
      for (const piece of early) this.#add(flow, piece);
    } catch {
      // It was over before the command arrived: the main recorder takes the whole body.
      flow.streaming = false;
      flow.early = null;
    }
    this.#wake(flow);
  }

  #add(flow: Flow, bytes: Uint8Array): void {
    if (flow.early) {
      flow.early.push(bytes);
      return;
    }
    if (flow.failed || !flow.spool) return;
    const granted = this.#budget.take(bytes.byteLength);
    if (granted < bytes.byteLength) flow.limited = true;
    try {
      flow.spool.write(granted === bytes.byteLength ? bytes : bytes.subarray(0, granted));
    } catch {
      flow.failed = true;
    }
  }

  #end(requestId: string): void {
    const flow = this.#flows.get(requestId);
    if (!flow) return;
    flow.ended = true;
    this.#wake(flow);
  }

  #wake(flow: Flow): void {
    if (!flow.ended || flow.early !== null) return;
    for (const wake of flow.waiting.splice(0)) wake();
  }
}
