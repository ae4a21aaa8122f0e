import type { ByteBudget } from '../browser-witness/budget.ts';
import type { ExchangeSink } from './parser.ts';
import type { WebSocketFrames } from './websocket-frames.ts';
import { comparable, WireExchange, type WireConnection } from './wire-exchange.ts';

/** A request of the browser is on the wire a little after the browser says it is; clocks of two processes may differ by this (milliseconds). */
const SLACK = 100;

/** So many of one address, the nearest in time, are held against the browser's account. */
const ALIKE = 24;

/** What the browser says of when a request was made (milliseconds since 1970); null where it does not. */
export interface BrowserTimes {
  askedAt: number;
  sentAt: number | null;
  headAt: number | null;
}

/** Everything that went over the wire in one capture, in the order of the requests. */
export class WireLog {
  readonly exchanges: WireExchange[] = [];
  /** Connections whose bytes could not be followed as HTTP, in words, and how many had the same to say. */
  readonly #notFollowed = new Map<string, number>();
  readonly #folder: string;
  readonly #budget: ByteBudget;
  readonly #unclaimed = new Map<string, WireExchange[]>();
  readonly #onFailure: (error: unknown) => void;

  /** Bodies are spooled into `folder`. `onFailure` hears of what makes keeping impossible (a full disk); the bytes go through all the same. */
  constructor(folder: string, budget: ByteBudget, onFailure: (error: unknown) => void) {
    this.#folder = folder;
    this.#budget = budget;
    this.#onFailure = onFailure;
  }

  /** A listener for one connection's parser. */
  sink(connection: WireConnection): ExchangeSink {
    const open = new Map<number, WireExchange>();
    const sockets = new Map<number, WebSocketFrames>();
    const safely = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        this.#onFailure(error);
      }
    };
    return {
      request: (id, head) => {
        const exchange = new WireExchange(connection, head, this.#folder, this.#budget);
        open.set(id, exchange);
        this.exchanges.push(exchange);
        const key = keyOf(head.protocol === 'websocket' ? 'GET' : head.method, exchange.url);
        const waiting = this.#unclaimed.get(key);
        if (waiting) waiting.push(exchange);
        else this.#unclaimed.set(key, [exchange]);
      },
      requestBody: (id, chunk) => safely(() => open.get(id)?.addSent(chunk)),
      requestEnd: (id, trailers) => {
        const exchange = open.get(id);
        if (!exchange) return;
        exchange.requestTrailers = trailers;
        exchange.sentWhole = true;
        if (exchange.isOver) open.delete(id);
      },
      informational: (id, head) => {
        open.get(id)?.informational.push(head);
      },
      response: (id, head) => {
        const exchange = open.get(id);
        if (exchange) exchange.response = head;
      },
      responseBody: (id, chunk) => safely(() => open.get(id)?.addReceived(chunk)),
      responseEnd: (id, trailers) => {
        const exchange = open.get(id);
        if (!exchange) return;
        exchange.trailers = trailers;
        exchange.end(null);
        if (exchange.sentWhole) open.delete(id);
      },
      failed: (id, reason, by, notFollowed = false) => {
        const exchange = open.get(id);
        if (!exchange) return;
        exchange.notFollowed = notFollowed;
        exchange.end(by === 'client' ? `the page gave it up (${sentenceEnd(reason)})` : sentenceEnd(reason));
        open.delete(id);
      },
      upgraded: (id) => {
        const exchange = open.get(id);
        if (!exchange) return;
        exchange.upgraded = true;
        exchange.end(null);
        sockets.set(id, exchange.beginMessages());
      },
      upgradedBytes: (id, from, bytes) => safely(() => sockets.get(id)?.bytes(from, bytes)),
      upgradedEnd: (id) => {
        sockets.get(id)?.end();
        sockets.delete(id);
      },
      unparsable: (reason) => {
        const words = `${connection.host}:${connection.port}: ${sentenceEnd(reason)}`;
        this.#notFollowed.set(words, (this.#notFollowed.get(words) ?? 0) + 1);
        for (const exchange of open.values()) exchange.end(`the rest was not understood: ${reason}`);
        open.clear();
      },
    };
  }

  /**
   * The exchange the browser means by this request, or null where none went over the wire. Each is given once. Of several with one address
   * it is the nearest in time that `agrees` with the browser's account of it, or else the nearest in time.
   */
  async claim(
    method: string,
    url: string,
    when: BrowserTimes,
    agrees: (seen: WireExchange) => Promise<boolean>,
  ): Promise<WireExchange | null> {
    const key = keyOf(method, comparable(url));
    const near = this.#candidates(key, when);
    if (near.length > 1) {
      for (const one of near.slice(0, ALIKE))
        if (!one.claimed && (await agrees(one)) && !one.claimed) return this.#take(key, one);
    }
    const nearest = near.find(({ claimed }) => !claimed);
    return nearest ? this.#take(key, nearest) : null;
  }

  /** What is not claimed yet and was begun after the browser asked, nearest first. */
  #candidates(key: string, { askedAt, sentAt, headAt }: BrowserTimes): WireExchange[] {
    const distance = ({ request, response }: WireExchange): number =>
      Math.abs(request.at.getTime() - (sentAt ?? askedAt)) +
      (headAt === null || !response ? 0 : Math.abs(response.at.getTime() - headAt));
    return (this.#unclaimed.get(key) ?? [])
      .filter(({ request }) => request.at.getTime() - askedAt >= -SLACK)
      .map((seen) => ({ seen, far: distance(seen) }))
      .toSorted((a, b) => a.far - b.far)
      .map(({ seen }) => seen);
  }

  #take(key: string, exchange: WireExchange): WireExchange {
    const waiting = (this.#unclaimed.get(key) ?? []).filter((one) => one !== exchange);
    if (waiting.length === 0) this.#unclaimed.delete(key);
    else this.#unclaimed.set(key, waiting);
    exchange.claimed = true;
    return exchange;
  }

  /** Connections that could not be followed, in sentences. */
  remarks(): string[] {
    return [...this.#notFollowed].map(([words, count]) =>
      count === 1
        ? `A connection was passed on and could not be followed (${words}).`
        : `${count} connections were passed on and could not be followed (${words}).`,
    );
  }

  /** What no request of the browser's account was matched with, in order. */
  unclaimed(): WireExchange[] {
    return this.exchanges.filter(({ claimed }) => !claimed);
  }

  /** Drops what is kept of bodies. */
  abandon(): void {
    for (const exchange of this.exchanges) exchange.discard();
  }
}

/** Reasons are sentences; inside another one they end without a stop. */
const sentenceEnd = (reason: string): string => reason.replace(/\.$/, '');

const keyOf = (method: string, url: string): string => `${method} ${url}`;
