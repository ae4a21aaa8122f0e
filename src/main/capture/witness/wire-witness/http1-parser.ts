import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { latin1 } from './byte-store.ts';
import { requestFraming, responseFraming, type Framing } from './http1-framing.ts';
import { isNoStatusLine, parseRequestHead, parseResponseHead, valuesOf } from './http1-head.ts';
import { MessageReader, type Following } from './http1-message-reader.ts';
import type { ExchangeSink, Side, WireParser } from './parser.ts';

interface Exchange {
  id: number;
  method: string;
  /** The connection may become another protocol's if the server agrees. */
  mayUpgrade: boolean;
  isRequestOpen: boolean;
  isAnswered: boolean;
  informational: number;
}

/** Requests that may wait for their answers at once, and 1xx that may precede one. */
const WAITING_LIMIT = 1000;
const INFORMATIONAL_LIMIT = 100;

/** HTTP/1.0 and 1.1, as browsers and servers speak them. (RFC 9112) */
export class Http1Parser implements WireParser {
  readonly #sink: ExchangeSink;
  readonly #requests: MessageReader;
  readonly #responses: MessageReader;
  #lastId = 0;
  /** In the order in which they were asked; the first is the one that is being answered. */
  readonly #waiting: Exchange[] = [];
  #sending: Exchange | null = null;
  #tunnel: Exchange | null = null;
  #clientClosed: { broken: string | undefined } | null = null;
  #isOver = false;

  constructor(sink: ExchangeSink) {
    this.#sink = sink;
    const malformed = (by: Side) => (reason: string) => this.#giveUp(reason, by);
    this.#requests = new MessageReader({
      refuses: () =>
        this.#waiting.length >= WAITING_LIMIT ? 'Too many requests wait for their answers.' : null,
      head: (raw, at) => this.#request(raw, at),
      body: (chunk) => this.#sending && sink.requestBody(this.#sending.id, chunk),
      end: (trailers) => this.#requestEnd(trailers),
      raw: (bytes) => this.#tunnel && sink.upgradedBytes(this.#tunnel.id, 'client', bytes),
      malformed: malformed('client'),
    });
    this.#responses = new MessageReader({
      refuses: (soFar) => this.#refusesAnswer(soFar),
      head: (raw, at) => this.#response(raw, at),
      body: (chunk) => this.#waiting[0] && sink.responseBody(this.#waiting[0].id, chunk),
      end: (trailers) => this.#responseEnd(trailers),
      raw: (bytes) => this.#tunnel && sink.upgradedBytes(this.#tunnel.id, 'server', bytes),
      malformed: malformed('server'),
    });
  }

  client(bytes: Uint8Array): void {
    this.#requests.feed(bytes);
  }

  server(bytes: Uint8Array): void {
    this.#responses.feed(bytes);
  }

  clientEnd(broken?: string): void {
    if (this.#isOver || this.#clientClosed) return;
    this.#clientClosed = { broken };
    if (this.#requests.isInHead) this.#giveUp(closedIn('a request head', 'client', broken), 'client');
    this.#requests.stop();
  }

  serverEnd(broken?: string): void {
    if (this.#isOver) return;
    // Browsers do not close one direction only: a client that closed first has given up on what was still to come.
    const by = this.#clientClosed ? 'client' : 'server';
    const cause = this.#clientClosed ? this.#clientClosed.broken : broken;
    if (this.#responses.isInHead) return this.#giveUp(closedIn('the head of an answer', by, cause), by);
    const isWhole = this.#responses.phase === 'close' && by === 'server' && broken === undefined;
    const answering = this.#responses.isInBody && !isWhole ? this.#waiting[0] : null;
    if (isWhole) this.#responseEnd([]);
    for (const exchange of this.#open()) {
      const where = exchange === answering ? 'an answer' : exchange.isRequestOpen ? 'a request' : null;
      this.#fail(exchange, closedIn(where, by, cause), by);
    }
    this.#end(cause ?? null);
  }

  #request(raw: Uint8Array, at: Date): Framing | Following {
    const head = parseRequestHead(raw, at);
    if (!head) return { kind: 'refused', reason: 'The client sent what is no HTTP/1 request.' };
    this.#lastId += 1;
    const mayUpgrade = head.method === 'CONNECT' || valuesOf(head.headers, 'upgrade').length > 0;
    this.#sending = {
      id: this.#lastId,
      method: head.method,
      mayUpgrade,
      isRequestOpen: true,
      isAnswered: false,
      informational: 0,
    };
    this.#waiting.push(this.#sending);
    this.#sink.request(this.#lastId, head);
    return requestFraming(head);
  }

  #requestEnd(trailers: HeaderList): Following {
    const exchange = this.#sending;
    this.#sending = null;
    if (!exchange) return 'message';
    exchange.isRequestOpen = false;
    this.#sink.requestEnd(exchange.id, trailers);
    if (this.#tunnel) return 'raw';
    return exchange.mayUpgrade && !exchange.isAnswered ? 'hold' : 'message';
  }

  #refusesAnswer(soFar: Uint8Array): string | null {
    if (this.#waiting.length === 0 && !mayBeTimeout(soFar))
      return 'The server sent what no request asked for.';
    return isNoStatusLine(soFar) ? 'The server sent what is no HTTP/1 answer.' : null;
  }

  #response(raw: Uint8Array, at: Date): Framing | Following {
    const head = parseResponseHead(raw, at);
    const [exchange] = this.#waiting;
    if (head && !exchange) {
      this.#responses.stop();
      return 'message';
    }
    if (!head || !exchange) return { kind: 'refused', reason: 'The server sent what is no HTTP/1 answer.' };
    const { id, method } = exchange;
    if (head.status < 200 && head.status !== 101) {
      exchange.informational += 1;
      if (exchange.informational > INFORMATIONAL_LIMIT)
        return { kind: 'refused', reason: 'The server sent too many interim answers.' };
      this.#sink.informational(id, head);
      return 'message';
    }
    exchange.isAnswered = true;
    this.#sink.response(id, head);
    if (head.status === 101 || (method === 'CONNECT' && head.status < 300)) return this.#upgrade(exchange);
    if (exchange.mayUpgrade && this.#requests.phase === 'hold') this.#requests.resume('message');
    return responseFraming(method, head);
  }

  #upgrade(exchange: Exchange): Framing | Following {
    if (!exchange.mayUpgrade)
      return { kind: 'refused', reason: 'The server changed to a protocol that was not asked for.' };
    this.#tunnel = exchange;
    this.#waiting.shift();
    this.#sink.upgraded(exchange.id);
    this.#sink.responseEnd(exchange.id, []);
    if (this.#requests.phase === 'hold') this.#requests.resume('raw');
    return 'raw';
  }

  #responseEnd(trailers: HeaderList): Following {
    const exchange = this.#waiting.shift();
    if (exchange) this.#sink.responseEnd(exchange.id, trailers);
    return 'message';
  }

  /** What has not ended on both sides. */
  #open(): Exchange[] {
    const sending = this.#sending && !this.#waiting.includes(this.#sending) ? [this.#sending] : [];
    return [...sending, ...this.#waiting];
  }

  #fail(exchange: Exchange, reason: string, by: Side, notFollowed = false): void {
    if (this.#sending === exchange) this.#sending = null;
    const index = this.#waiting.indexOf(exchange);
    if (index >= 0) this.#waiting.splice(index, 1);
    this.#sink.failed(exchange.id, reason, by, notFollowed);
  }

  #giveUp(reason: string, by: Side): void {
    if (this.#isOver) return;
    for (const exchange of this.#open()) this.#fail(exchange, reason, by, true);
    this.#end(reason);
    this.#sink.unparsable(reason);
  }

  #end(reason: string | null): void {
    this.#isOver = true;
    this.#requests.stop();
    this.#responses.stop();
    if (this.#tunnel) this.#sink.upgradedEnd(this.#tunnel.id, reason);
    this.#tunnel = null;
  }
}

/**
 * Servers tell an idle connection that its time is over, with an answer to nothing. Browsers drop the connection; a request that
 * crosses it goes unanswered. (RFC 9110 15.5.9)
 */
function mayBeTimeout(soFar: Uint8Array): boolean {
  const start = latin1(soFar.subarray(0, 12));
  return ['HTTP/1.1 408', 'HTTP/1.0 408'].some((line) => line.startsWith(start));
}

function closedIn(what: string | null, by: Side, broken: string | undefined): string {
  const where = what === null ? 'before it was answered' : `in the middle of ${what}`;
  const how = broken === undefined ? 'closed the connection' : `broke the connection (${broken})`;
  return `The ${by} ${how} ${where}.`;
}
