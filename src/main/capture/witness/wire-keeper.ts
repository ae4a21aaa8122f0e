import type { JsonObject } from '../../../shared/domain/common.ts';
import type { ResourceAccount } from '../../../shared/domain/provenance.ts';
import { BodySpool } from '../../archive/body-spool.ts';
import type { Payload } from '../../archive/bytes.ts';
import type { HttpExchange } from '../../archive/warc/types.ts';
import { codingsOf } from './browser-witness/headers.ts';
import { decode } from './decoded-digest.ts';
import type { BrowserSide, WitnessComparison } from './comparison.ts';
import type { SocketEntry } from './browser-witness/socket-log.ts';
import type { SocketLines } from './socket-lines.ts';
import type { ResponseHead } from './wire-witness/parser.ts';
import { comparable, type WireExchange } from './wire-witness/wire-exchange.ts';
import type { BrowserTimes, WireLog } from './wire-witness/wire-log.ts';
import type { Record } from './witness.ts';

/** How long (milliseconds) an answer the browser has done with may take to end on the wire too. */
const PATIENCE = 1000;

/** How long (milliseconds) after it began the browser may tell of a WebSocket. */
const TOLD_LATE = 10_000;

/** How the browser's own reasons for a failure begin, other than those of the page. */
const FAILED = 'it failed';

/** What the browser knows of an exchange and the wire does not. */
export interface BrowserHints {
  resourceType?: string;
  mimeType?: string | null;
}

/** Content codings that players of archives undo; ReplayWeb.page hands deflate on as it is. */
const played = new Set(['gzip', 'br']);
/** Bytes a body may always unpack to; larger ones in proportion to what was sent. */
const UNPACKED = 64_000_000;

interface Unpacked {
  payload: Payload;
  /** What was sent, for the record's own metadata. */
  sent: JsonObject;
  discard: () => void;
}

/** A WebSocket as it is kept: the line of its beginning, and the log of its messages, which belongs to the caller. */
export interface SocketKept {
  account: ResourceAccount;
  lines: SocketLines | null;
}

/** Writes what went over the wire into the archive, and the account of it. */
export class WireKeeper {
  readonly #record: Record;
  readonly #log: WireLog;
  readonly #comparison: WitnessComparison;
  readonly #pageId: string;
  readonly #onlyBrowser: ResourceAccount[] = [];
  /** Addresses and digests of what both saw. */
  readonly #shared = new Set<string>();

  readonly #spoolFolder: string;

  constructor(parts: {
    record: Record;
    log: WireLog;
    comparison: WitnessComparison;
    pageId: string;
    spoolFolder: string;
  }) {
    this.#spoolFolder = parts.spoolFolder;
    this.#record = parts.record;
    this.#log = parts.log;
    this.#comparison = parts.comparison;
    this.#pageId = parts.pageId;
  }

  /** The exchange on the wire the browser means; `browser` is what it says of it, and tells several of one address apart. */
  claim(method: string, url: string, when: BrowserTimes, browser: BrowserSide): Promise<WireExchange | null> {
    return this.#log.claim(method, url, when, (seen) => this.#comparison.agrees(seen, browser));
  }

  /** The browser had an answer of the network that did not pass the exit, or not for this request; which of the two is known at the end. */
  onlyBrowser(account: ResourceAccount): void {
    this.#onlyBrowser.push(account);
  }

  /** Whether an answer of that status came over the wire from that address, whichever request of the browser it was for. */
  passed({ method, url, status }: ResourceAccount): boolean {
    return this.#log.exchanges.some(
      (seen) =>
        seen.request.method === method && seen.url === comparable(url) && seen.response?.status === status,
    );
  }

  /**
   * Keeps one exchange both saw. `account` is the browser's line of it and comes back with what the wire knows better; its failure
   * stays where the wire has no whole answer either. False, and nothing is written, where the browser understood an answer that the
   * wire did not: then the browser's is the one to keep.
   */
  async keep(
    seen: WireExchange,
    account: ResourceAccount,
    browser: BrowserSide,
    closing: boolean,
  ): Promise<boolean> {
    await seen.over(closing ? 0 : PATIENCE);
    account.seenBy = 'both';
    if (seen.response ? seen.notFollowed && browser.body !== null : browser.status !== null) {
      account.seenBy = 'browser';
      const why = seen.failure ?? 'no answer was understood';
      this.#comparison.notCompared(
        seen,
        `What passed the exit could not be followed (${why}): the record has what the browser reported.`,
      );
      return false;
    }
    if (!seen.response) return true;
    account.decodedSha256 = await this.#comparison.both(seen, browser);
    this.#shared.add(sharedKey(account.url, account.decodedSha256));
    await this.#write(seen, { resourceType: account.type.toLowerCase(), mimeType: account.mimeType });
    const mine = accountOf(seen);
    const { type, mimeType, requestedAt, timing, fromServiceWorker, decodedSha256, failure } = account;
    Object.assign(account, mine, { type, mimeType, requestedAt, timing, fromServiceWorker, decodedSha256 });
    account.seenBy = 'both';
    if (mine.truncated === null && mine.size !== 0 && failure?.startsWith(FAILED) === true)
      this.#comparison.notCompared(
        seen,
        `The record has the whole answer, and the browser made nothing of it: ${failure}.`,
      );
    if (mine.truncated !== null && failure !== null && mine.truncated !== 'length') account.failure = failure;
    return true;
  }

  /**
   * Keeps the beginning of a WebSocket the browser told of, and compares what went over it; null where it did not pass here. The log of
   * its messages is the wire's where its frames could be read: the browser does not show all of them.
   */
  async keepSocket({ url, createdAt, digests }: SocketEntry): Promise<SocketKept | null> {
    // The browser tells of it a little late, and does not say when it began.
    const when = { askedAt: createdAt.getTime() - TOLD_LATE, sentAt: createdAt.getTime(), headAt: null };
    const seen = await this.#log.claim('GET', url, when, ({ messages }) =>
      Promise.resolve(messages?.digests.equals(digests) === true),
    );
    if (!seen) return null;
    const { messages } = seen;
    if (messages) this.#comparison.socket(seen, messages.digests, digests);
    seen.messages = null;
    await this.#write(seen, { resourceType: 'websocket' });
    return {
      account: { ...accountOf(seen), type: 'WebSocket', seenBy: 'both' },
      lines: messages?.lines ?? null,
    };
  }

  /** Keeps what only the wire saw; gives the account of it. */
  async keepRest(): Promise<ResourceAccount[]> {
    for (const account of this.#onlyBrowser) this.#settleAlone(account);
    const accounts: ResourceAccount[] = [];
    for (const seen of this.#log.unclaimed()) {
      seen.claimed = true;
      this.#comparison.alone('only-wire', seen.request.method, seen.url, whyAlone(seen));
      if (seen.response) await this.#write(seen, {});
      accounts.push(accountOf(seen));
    }
    return accounts;
  }

  /** Two requests made at once may be given one answer by the browser's cache: the second is none of the network. */
  #settleAlone(account: ResourceAccount): void {
    const { method, url, size, sha256 } = account;
    if (method === 'GET' && (size ?? 0) > 0 && this.#shared.has(sharedKey(url, sha256)))
      account.fromCache = true;
    else
      this.#comparison.alone(
        'only-browser',
        method,
        url,
        'The browser reported an answer from the network that did not pass Constat’s exit.',
      );
  }

  async #write(seen: WireExchange, hints: BrowserHints): Promise<void> {
    const { request, response, connection } = seen;
    if (!response) return;
    const { tls } = connection;
    const extra: JsonObject = { connection: connection.number };
    if (tls) extra['certificates'] = tls.chain;
    if (seen.trailers.length > 0) extra['trailers'] = seen.trailers;
    if (seen.requestTrailers.length > 0) extra['requestTrailers'] = seen.requestTrailers;
    if (seen.informational.length > 0)
      extra['informational'] = seen.informational.map(({ status, headers }) => ({ status, headers }));
    const unpacked = await this.#forPlayers(seen, response);
    if (unpacked) extra['sent'] = unpacked.sent;
    const exchange: HttpExchange = {
      url: seen.url,
      method: request.method,
      requestTime: request.at,
      requestHeaders: request.headers,
      requestTarget: request.target,
      requestBody: seen.sentBody(),
      status: response.status,
      statusText: response.statusText,
      responseHeaders: response.headers,
      httpVersion: response.version,
      payload: unpacked?.payload ?? seen.receivedBody(),
      bodyDecoded: unpacked !== null,
      serverAddress: connection.address === '' ? null : connection.address,
      tls: tls ? { protocol: tls.protocol, cipher: tls.cipher } : null,
      truncated: seen.truncated,
      pageId: this.#pageId,
      ...hints,
      extra,
    };
    await this.#record.exchange(exchange);
    unpacked?.discard();
    seen.discard();
  }

  /**
   * Players undo gzip and br, each alone, and no other content coding: a body in another (zstd, deflate) is written as the browser
   * unpacked it, and the bytes as sent stand beside it. Null where the body is written as sent.
   */
  async #forPlayers(seen: WireExchange, { headers }: ResponseHead): Promise<Unpacked | null> {
    const codings = codingsOf(headers);
    const [only = ''] = codings;
    if (codings.length === 0 || (codings.length === 1 && played.has(only))) return null;
    const sent = seen.receivedBody();
    if (sent.size === 0 || seen.truncated !== null) return null;
    const spool = new BodySpool(this.#spoolFolder);
    const limit = Math.max(UNPACKED, sent.size * 50);
    if (!(await decode(sent, codings, limit, (bytes) => spool.write(bytes)))) {
      spool.discard();
      return null;
    }
    const uri = `urn:sent:${seen.url}`;
    await this.#record.resource({
      uri,
      contentType: 'application/octet-stream',
      payload: sent,
      time: seen.request.at,
      pageId: this.#pageId,
    });
    return {
      payload: spool.finish(),
      sent: { uri, codings, size: sent.size, sha256: sent.sha256 },
      discard: () => spool.discard(),
    };
  }
}

/** The line of the account, as far as the wire knows it. */
function accountOf(seen: WireExchange): ResourceAccount {
  const { request, response, connection, truncated } = seen;
  const body = response ? seen.receivedBody() : null;
  return {
    url: seen.url,
    method: request.method,
    type: seen.upgraded ? 'WebSocket' : 'Other',
    status: response?.status ?? null,
    mimeType: null,
    size: body?.size ?? null,
    sha256: body?.sha256 ?? null,
    decodedSha256: null,
    seenBy: 'wire',
    protocol: response?.version ?? request.version,
    serverAddress: connection.address === '' ? null : connection.address,
    tls: connection.tls,
    requestedAt: request.at.toISOString(),
    timing: null,
    fromCache: false,
    fromServiceWorker: false,
    truncated: response ? truncated : null,
    failure: failureOf(seen),
    blocked: false,
  };
}

const sharedKey = (url: string, sha256: string | null): string => `${sha256 ?? ''} ${url}`;

function failureOf({ response, truncated, failure }: WireExchange): string | null {
  if (!response) return `no answer came (${failure ?? 'the capture ended'})`;
  switch (truncated) {
    case null:
      return null;
    case 'length':
      return 'the limit of bytes for this capture was reached';
    case 'time':
      return 'it was still arriving when the capture ended';
    default:
      return failure ?? 'it was cut';
  }
}

function whyAlone({ upgraded, request }: WireExchange): string {
  if (upgraded) return 'The beginning of a WebSocket that the browser did not report.';
  if (request.method === 'OPTIONS') return 'The browser asked whether a request to another site is allowed.';
  const destination = request.headers.find(([name]) => name.toLowerCase() === 'sec-fetch-dest')?.[1];
  if (destination === 'serviceworker') return 'The browser looked whether a service worker’s script changed.';
  return 'It passed the exit, and the browser did not report it to the recorder.';
}
