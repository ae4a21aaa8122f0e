import type { CdpSession } from '../../cdp/connection.ts';
import { isWebUrl } from '../../guard/url-rules.ts';
import { Exchange } from './exchange.ts';

/** Takes down what every session tells, under one request id, whichever session tells it. */
export class Ledger {
  readonly #exchanges = new Map<string, Exchange>();
  readonly #onAsk: (exchange: Exchange) => void;
  readonly #onEnd: (exchange: Exchange) => void;
  readonly #onBytes: (count: number) => void;
  readonly #onDocument: (exchange: Exchange) => void;

  constructor(on: {
    ask: (exchange: Exchange) => void;
    end: (exchange: Exchange) => void;
    bytes: (count: number) => void;
    /** The answer to a navigation came. */
    document: (exchange: Exchange) => void;
  }) {
    this.#onAsk = on.ask;
    this.#onEnd = on.end;
    this.#onBytes = on.bytes;
    this.#onDocument = on.document;
  }

  /** In the order in which they were made; what is no web address (data:, blob:, the browser's own pages) is left out. */
  get exchanges(): Exchange[] {
    return [...this.#exchanges.values()].filter((exchange) => exchange.last !== undefined);
  }

  listen(session: CdpSession): void {
    session.on('Network.requestWillBeSent', (payload) => {
      if (!isWebUrl(payload.request.url)) return;
      const exchange = this.#of(payload.requestId, session);
      exchange.lastActivity = performance.now();
      if (exchange.ask(payload, session)) this.#onAsk(exchange);
    });
    session.on('Network.requestWillBeSentExtraInfo', (payload) => {
      const exchange = this.#of(payload.requestId, session);
      if (exchange.hears(session)) exchange.requestExtras.push(payload);
    });
    session.on('Network.responseReceivedExtraInfo', (payload) => {
      const exchange = this.#of(payload.requestId, session);
      if (!exchange.hears(session)) return;
      exchange.responseExtras.push(payload);
      exchange.wakeExtra();
    });
    session.on('Network.requestServedFromCache', ({ requestId }) => {
      const exchange = this.#exchanges.get(requestId);
      if (exchange) exchange.fromMemoryCache = true;
    });
    session.on('Network.responseReceived', ({ requestId, response, type, hasExtraInfo, frameId }) => {
      const exchange = this.#exchanges.get(requestId);
      const hop = exchange?.last;
      if (!exchange || !hop) return;
      exchange.type = type;
      exchange.frameId = frameId ?? exchange.frameId;
      exchange.answeredIn = session;
      exchange.lastActivity = performance.now();
      hop.response = response;
      hop.hasExtra = hasExtraInfo;
      if (type === 'Document' && exchange.loaderId === requestId) this.#onDocument(exchange);
    });
    session.on('Network.dataReceived', ({ requestId, dataLength }) => {
      const exchange = this.#exchanges.get(requestId);
      if (!exchange?.last || exchange.ended) return;
      exchange.lastActivity = performance.now();
      exchange.received += dataLength;
      this.#onBytes(dataLength);
    });
    session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
      const exchange = this.#exchanges.get(requestId);
      if (!exchange?.last || exchange.ended) return;
      exchange.encodedLength = encodedDataLength;
      exchange.endedAt = timestamp;
      exchange.answeredIn = session;
      exchange.finished = true;
      this.#onEnd(exchange);
    });
    session.on(
      'Network.loadingFailed',
      ({ requestId, timestamp, errorText, canceled, blockedReason, corsErrorStatus }) => {
        const exchange = this.#exchanges.get(requestId);
        if (!exchange?.last || exchange.ended) return;
        exchange.answeredIn ??= session;
        exchange.endedAt = timestamp;
        exchange.failure = {
          errorText,
          canceled: canceled ?? false,
          blockedReason: blockedReason ?? null,
          cors: corsErrorStatus !== undefined,
        };
        this.#onEnd(exchange);
      },
    );
  }

  #of(requestId: string, session: CdpSession): Exchange {
    const known = this.#exchanges.get(requestId);
    if (known) return known;
    const made = new Exchange(requestId, session);
    this.#exchanges.set(requestId, made);
    return made;
  }
}
