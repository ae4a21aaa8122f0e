import type { CdpSession } from '../../cdp/connection.ts';
import { MessageDigests } from '../message-digests.ts';
import { SocketLines } from '../socket-lines.ts';
import type { ByteBudget } from './budget.ts';

/** A WebSocket as the browser told of it. */
export interface SocketEntry {
  url: string;
  createdAt: Date;
  lines: SocketLines;
  digests: MessageDigests;
}

/** Text and binary messages and what continues them; the rest are control frames. */
const BINARY = 2;

/** What went over WebSockets, as the browser tells it. Of a message sent as a Blob it does not show the bytes. */
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
      const lines = new SocketLines(this.#folder, this.#budget);
      this.#entries.set(requestId, { url, createdAt: new Date(), lines, digests: new MessageDigests() });
    });
    session.on('Network.webSocketFrameSent', ({ requestId, response }) =>
      this.#add(requestId, 'sent', response),
    );
    session.on('Network.webSocketFrameReceived', ({ requestId, response }) =>
      this.#add(requestId, 'received', response),
    );
  }

  /** Ends the log: each socket with its lines, which then belong to the caller. */
  finish(): SocketEntry[] {
    const all = [...this.#entries.values()];
    this.#entries.clear();
    return all;
  }

  abandon(): void {
    for (const { lines } of this.#entries.values()) lines.discard();
    this.#entries.clear();
  }

  #add(
    requestId: string,
    direction: 'sent' | 'received',
    { opcode, payloadData }: { opcode: number; payloadData: string },
  ): void {
    const entry = this.#entries.get(requestId);
    if (!entry) return;
    const payload = Buffer.from(payloadData, opcode === 1 ? 'utf8' : 'base64');
    if (opcode <= BINARY) entry.digests.add(direction, payload);
    entry.lines.add(direction, opcode, payload);
  }
}
