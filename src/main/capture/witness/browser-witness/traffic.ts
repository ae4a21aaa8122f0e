import type { Traffic } from '../witness.ts';
import type { Exchange } from './exchange.ts';

/** A stream that never ends, or a player that reads ahead when it likes, is not waited for. */
const endless = new Set(['EventSource', 'Ping', 'WebSocket']);
const STALLED = 1000;

/** Counts what is under way and wakes whoever waits for it to calm down. */
export class TrafficMeter implements Traffic {
  readonly #open = new Set<Exchange>();
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
    for (const { type, lastActivity } of this.#open) {
      if (endless.has(type) || (type === 'Media' && now - lastActivity > STALLED)) continue;
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
