import { BodySpool } from '../../../archive/body-spool.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { CdpSession } from '../../cdp/connection.ts';
import { MessageDigests } from '../message-digests.ts';
import type { ByteBudget } from './budget.ts';

interface SocketEntry {
  url: string;
  createdAt: Date;
  status: number | null;
  closed: boolean;
  failure: string | null;
  messages: number;
  spool: BodySpool;
  digests: MessageDigests;
  limited: boolean;
}

/** What went over WebSockets: a line of JSON per message, in order, with its direction and time. */
export class SocketLog {
  readonly #folder: string;
  readonly #budget: ByteBudget;
  readonly #entries = new Map<string, SocketEntry>();

  constructor(folder: string, budget: ByteBudget) {
    this.#folder = folder;
    this.#budget = budget;
  }

  listen(session: CdpSession): void {
    session.on('Network.webSocketCreated', ({ requestId, url }) => {
      if (this.#entries.has(requestId)) return;
      const spool = new BodySpool(this.#folder);
      this.#entries.set(requestId, {
        url,
        createdAt: new Date(),
        status: null,
        closed: false,
        failure: null,
        messages: 0,
        spool,
        digests: new MessageDigests(),
        limited: false,
      });
    });
    session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
      const entry = this.#entries.get(requestId);
      if (entry) entry.status = response.status;
    });
    session.on('Network.webSocketFrameSent', ({ requestId, timestamp, response }) =>
      this.#line(requestId, 'sent', timestamp, response),
    );
    session.on('Network.webSocketFrameReceived', ({ requestId, timestamp, response }) =>
      this.#line(requestId, 'received', timestamp, response),
    );
    session.on('Network.webSocketFrameError', ({ requestId, errorMessage }) => {
      const entry = this.#entries.get(requestId);
      if (entry) entry.failure = errorMessage;
    });
    session.on('Network.webSocketClosed', ({ requestId }) => {
      const entry = this.#entries.get(requestId);
      if (entry) entry.closed = true;
    });
  }

  /** Ends the log: each socket with its lines. The spools belong to the caller. */
  finish(): (Omit<SocketEntry, 'spool'> & { payload: Payload; discard: () => void })[] {
    const all = [...this.#entries.values()].map(({ spool, ...rest }) => ({
      ...rest,
      payload: spool.finish(),
      discard: () => spool.discard(),
    }));
    this.#entries.clear();
    return all;
  }

  abandon(): void {
    for (const { spool } of this.#entries.values()) spool.discard();
    this.#entries.clear();
  }

  #line(
    requestId: string,
    direction: 'sent' | 'received',
    timestamp: number,
    frame: { opcode: number; payloadData: string },
  ): void {
    const entry = this.#entries.get(requestId);
    if (!entry) return;
    if (frame.opcode <= 2)
      entry.digests.add(direction, Buffer.from(frame.payloadData, frame.opcode === 1 ? 'utf8' : 'base64'));
    if (entry.limited) return;
    const line = {
      direction,
      timestamp,
      opcode: frame.opcode,
      encoding: frame.opcode === 1 ? 'utf8' : 'base64',
      data: frame.payloadData,
    };
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`, 'utf8');
    const granted = this.#budget.take(bytes.length);
    if (granted < bytes.length) {
      this.#budget.giveBack(granted);
      entry.limited = true;
      return;
    }
    entry.spool.write(bytes);
    entry.messages += 1;
  }
}
