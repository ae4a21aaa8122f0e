import type { HeaderList, Timing, Tls } from '../../../../shared/domain/provenance.ts';
import type { CdpSession } from '../../cdp/connection.ts';
import type { Protocol } from '../../cdp/protocol.ts';
import { header, parseHeadersText, splitHeaders, statusTextOf } from './headers.ts';

type Network = {
  request: Protocol.Network.requestWillBeSentPayload;
  requestExtra: Protocol.Network.requestWillBeSentExtraInfoPayload;
  response: Protocol.Network.Response;
  responseExtra: Protocol.Network.responseReceivedExtraInfoPayload;
};

/** One hop of a request: what was asked, and the answer, where the browser told it. */
export interface Hop {
  url: string;
  method: string;
  requestedAt: Date;
  /** The same moment on the browser's clock that is never set (seconds). */
  monotonic: number;
  request: Protocol.Network.Request;
  response: Protocol.Network.Response | null;
  /** Whether raw headers of this hop are announced to follow; null until it is known. */
  hasExtra: boolean | null;
  /** True for a hop that answered with another address. */
  redirected: boolean;
}

export interface Failure {
  errorText: string;
  canceled: boolean;
  blockedReason: string | null;
  cors: boolean;
}

/** All the browser told of one request id, from any of its sessions: hops, raw headers, and how it ended. */
export class Exchange {
  readonly requestId: string;
  readonly hops: Hop[] = [];
  readonly requestExtras: Network['requestExtra'][] = [];
  readonly responseExtras: Network['responseExtra'][] = [];
  type = 'Other';
  frameId: string | null = null;
  loaderId: string | null = null;
  session: CdpSession;
  /** Where the answer arrived: for a frame in another process or a worker not where it was asked. */
  answeredIn: CdpSession | null = null;
  fromMemoryCache = false;
  finished = false;
  failure: Failure | null = null;
  /** When it was over, on the browser's clock that is never set (seconds). */
  endedAt: number | null = null;
  /** When bytes last arrived (monotonic milliseconds). */
  lastActivity = 0;
  /** Bytes of the body the browser announced to the page so far. */
  received = 0;
  /** Bytes as transferred, with heads, as the browser counts them. */
  encodedLength: number | null = null;
  #extrasFrom: CdpSession | null = null;
  #wake: () => void = () => undefined;

  constructor(requestId: string, session: CdpSession) {
    this.requestId = requestId;
    this.session = session;
  }

  get ended(): boolean {
    return this.finished || this.failure !== null;
  }

  get last(): Hop | undefined {
    return this.hops.at(-1);
  }

  /** Raw headers are counted hop by hop, so they are taken from one session: the first that gave any. */
  hears(session: CdpSession): boolean {
    this.#extrasFrom ??= session;
    return this.#extrasFrom === session;
  }

  /** Takes in a request, or the next hop of a redirected one. A repeated announcement changes nothing. */
  ask(payload: Network['request'], session: CdpSession): boolean {
    const previous = this.last;
    if (previous && !payload.redirectResponse) return false;
    if (previous && payload.redirectResponse) {
      previous.response = payload.redirectResponse;
      previous.hasExtra = payload.redirectHasExtraInfo;
      previous.redirected = true;
    }
    this.session = session;
    this.type = payload.type ?? this.type;
    this.frameId = payload.frameId ?? this.frameId;
    this.loaderId = payload.loaderId === '' ? this.loaderId : payload.loaderId;
    const { url, urlFragment, method } = payload.request;
    this.hops.push({
      url: url + (urlFragment ?? ''),
      method,
      requestedAt: new Date(payload.wallTime * 1000),
      monotonic: payload.timestamp,
      request: payload.request,
      response: null,
      hasExtra: null,
      redirected: false,
    });
    return true;
  }

  /** Resolves once the raw headers that were announced are there, or after `patience` milliseconds. */
  async extras(patience: number): Promise<void> {
    if (!this.#awaitsExtra) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#wake = () => {
        if (this.#awaitsExtra) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wakeExtra(): void {
    this.#wake();
  }

  get #awaitsExtra(): boolean {
    return this.hops.filter((hop) => hop.hasExtra === true).length > this.responseExtras.length;
  }

  /** Raw headers belong to the hops that announced them, in order. */
  #extraIndex(index: number): number | null {
    const hop = this.hops[index];
    if (!hop) return null;
    if (hop.hasExtra === false) return null;
    return this.hops.slice(0, index).filter((earlier) => earlier.hasExtra !== false).length;
  }

  requestHeaders(index: number): HeaderList {
    const place = this.#extraIndex(index);
    const extra = place === null ? undefined : this.requestExtras[place];
    return splitHeaders(extra?.headers ?? this.hops[index]?.request.headers ?? {});
  }

  /** The head of the answer to a hop, raw where the browser gave it; null where it gave none. */
  responseHead(index: number): { status: number; statusText: string; headers: HeaderList } | null {
    const place = this.#extraIndex(index);
    const extra = place === null ? undefined : this.responseExtras[place];
    const response = this.hops[index]?.response ?? null;
    if (extra) {
      const text = extra.headersText ?? '';
      return {
        status: extra.statusCode,
        statusText: text === '' ? (response?.statusText ?? '') : statusTextOf(text),
        headers: text === '' ? splitHeaders(extra.headers) : parseHeadersText(text),
      };
    }
    if (!response) return null;
    return {
      status: response.status,
      statusText: response.statusText,
      headers: splitHeaders(response.headers),
    };
  }

  /** When the parts of a hop were over; null where the browser did not say. */
  timing(index: number): Timing | null {
    const hop = this.hops[index];
    const told = hop?.response?.timing;
    if (!hop || !told) return null;
    // The browser counts from its own beginning of the request, a little after the page's.
    const begun = (told.requestTime - hop.monotonic) * 1000;
    const after = (milliseconds: number): number | null =>
      milliseconds < 0 ? null : Math.round((begun + milliseconds) * 10) / 10;
    const { connectStart, connectEnd, sendEnd, receiveHeadersEnd } = told;
    const last = index === this.hops.length - 1;
    return {
      connectMs: connectStart < 0 ? null : Math.round((connectEnd - connectStart) * 10) / 10,
      sentMs: after(sendEnd),
      headMs: after(receiveHeadersEnd),
      endMs: last && this.endedAt !== null ? Math.round((this.endedAt - hop.monotonic) * 10_000) / 10 : null,
    };
  }

  /** Where a redirected hop pointed. */
  location(index: number): string {
    const head = this.responseHead(index);
    return (head && header(head.headers, 'location')) ?? this.hops[index + 1]?.url ?? '';
  }
}

/** What the browser tells of the secure connection an answer came over. */
export function tlsOf(response: Protocol.Network.Response | null): Tls | null {
  const details = response?.securityDetails;
  if (!details) return null;
  return {
    protocol: details.protocol,
    cipher: details.cipher === '' ? null : details.cipher,
    issuer: details.issuer === '' ? null : details.issuer,
    subjectName: details.subjectName === '' ? null : details.subjectName,
    validFrom: instant(details.validFrom),
    validTo: instant(details.validTo),
    chain: [],
    trust: null,
  };
}

function instant(seconds: number): string | null {
  return seconds > 0 ? new Date(seconds * 1000).toISOString() : null;
}
