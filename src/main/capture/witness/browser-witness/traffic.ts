import type { Traffic } from '../witness.ts';
import type { Exchange } from './exchange.ts';
import { announcedLength, isEncoded } from './headers.ts';

/** A stream that never ends, or a player that reads ahead when it likes, is not waited for. */
const endless = new Set(['EventSource', 'Ping', 'WebSocket']);
const STALLED = 1000;

/** Players show sounds and films as documents of their own, and read them by other requests. */
function isPlayed({ type, last }: Exchange): boolean {
  return type === 'Media' || (type === 'Document' && /^(audio|video)\//.test(last?.response?.mimeType ?? ''));
}

/** The browser does not always say that an answer is over (one that only refreshes its cache, for one); the bytes say it too. */
function hasAll(exchange: Exchange): boolean {
  const { headers } = exchange.responseHead(exchange.hops.length - 1) ?? {};
  return headers !== undefined && !isEncoded(headers) && announcedLength(headers) === exchange.received;
}

/** Of a worker or frame that is gone, the browser tells no end. */
function isOrphan({ session, answeredIn }: Exchange): boolean {
  return (answeredIn ?? session).gone;
}

/** Counts what is under way and wakes whoever waits for it to calm down. */
export class TrafficMeter implements Traffic {
  readonly #open = new Set<Exchange>();
  /** The document each frame shows, by its loader. */
  readonly #shown = new Map<string, string>();
  readonly #running: () => number;
  #answered = 0;
  #bytes = 0;
  #changed: () => void = () => undefined;
  #lastChange = performance.now();

  /** `running` counts what is under way besides requests: downloads. */
  constructor(running: () => number) {
    this.#running = running;
  }

  get open(): number {
    const now = performance.now();
    let count = this.#running();
    for (const exchange of this.#open) {
      if (endless.has(exchange.type) || isOrphan(exchange) || this.#isLeft(exchange)) continue;
      const idle = now - exchange.lastActivity > STALLED;
      if (idle && (isPlayed(exchange) || hasAll(exchange))) continue;
      count += 1;
    }
    return count;
  }

  get answered(): number {
    return this.#answered;
  }

  get bytes(): number {
    return this.#bytes;
  }

  began(exchange: Exchange): void {
    this.#open.add(exchange);
    this.touch();
  }

  ended(exchange: Exchange): void {
    if (!this.#open.delete(exchange)) return;
    this.#answered += 1;
    this.touch();
  }

  received(count: number): void {
    this.#bytes += count;
  }

  /** A document came that takes the place of the one its frame showed. */
  shows({ frameId, loaderId }: Exchange): void {
    if (frameId !== null && loaderId !== null) this.#shown.set(frameId, loaderId);
  }

  /** Asked for by a document that its frame no longer shows: what it leaves open the browser may never end. */
  #isLeft({ frameId, loaderId, requestId }: Exchange): boolean {
    if (frameId === null || loaderId === null || loaderId === requestId) return false;
    const shown = this.#shown.get(frameId);
    return shown !== undefined && shown !== loaderId;
  }

  touch(): void {
    this.#lastChange = performance.now();
    this.#changed();
  }

  async calm(quiet: number, budget: number, signal: AbortSignal): Promise<boolean> {
    const start = performance.now();
    for (;;) {
      if (signal.aborted) return false;
      const now = performance.now();
      const left = budget - (now - start);
      const still = this.open === 0 ? quiet - (now - this.#lastChange) : Number.POSITIVE_INFINITY;
      if (still <= 0) return true;
      if (left <= 0) return false;
      await this.#next(Math.min(still, left, STALLED / 2), signal);
    }
  }

  #next(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#changed = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, Math.max(1, milliseconds));
      signal.addEventListener('abort', done, { once: true });
      this.#changed = done;
    });
  }
}
