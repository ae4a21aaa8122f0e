import type { JsonObject } from '../../../../shared/domain/common.ts';
import type { ResourceAccount } from '../../../../shared/domain/provenance.ts';
import { emptyPayload } from '../../../archive/payload.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { HttpExchange } from '../../../archive/warc/types.ts';
import type { AnsweredHead } from '../../clock-check.ts';
import type { Egress } from '../../guard/egress.ts';
import { destination } from '../../guard/load-problem.ts';
import type { BrowserSide } from '../comparison.ts';
import type { WireExchange } from '../wire-witness/wire-exchange.ts';
import type { WireKeeper } from '../wire-keeper.ts';
import type { Record } from '../witness.ts';
import { failureWords, type Bodies, type KeptBody } from './body.ts';
import { tlsOf, type Exchange } from './exchange.ts';
import { announcedLength, header } from './headers.ts';
import { readRequestBody, type RequestBody } from './request-body.ts';

const EXTRAS_LATE = 1000;

/** Turns what is known of a request into records of the archive and lines of the account: one per hop. */
export class Keeper {
  readonly #record: Record;
  readonly #bodies: Bodies;
  readonly #egress: Egress;
  readonly #pageId: string;
  /** Where the wire was recorded too: what passed it is written from there. */
  readonly #wire: WireKeeper | null;
  readonly #accounts = new Map<Exchange, ResourceAccount[]>();
  readonly #requestBodies = new Map<Exchange, Promise<RequestBody>>();
  /** Digests of the answers in the record, by address: what a cache or a service worker repeats is not kept twice. */
  readonly #kept = new Map<string, Set<string>>();
  readonly #fromWorkers: { exchange: HttpExchange; body: KeptBody }[] = [];

  constructor(parts: {
    record: Record;
    bodies: Bodies;
    egress: Egress;
    pageId: string;
    wire: WireKeeper | null;
  }) {
    this.#wire = parts.wire;
    this.#record = parts.record;
    this.#bodies = parts.bodies;
    this.#egress = parts.egress;
    this.#pageId = parts.pageId;
  }

  /** Asks at once for what was sent: later the page may be gone. */
  asked(exchange: Exchange): void {
    const { last, session, requestId } = exchange;
    if (last && !this.#requestBodies.has(exchange)) {
      this.#requestBodies.set(exchange, readRequestBody(session, requestId, last.request));
    }
  }

  /** Writes an exchange that is over, or that `closing` the capture cuts short. */
  async keep(exchange: Exchange, closing: boolean): Promise<void> {
    await exchange.extras(closing ? 0 : EXTRAS_LATE);
    const accounts: ResourceAccount[] = [];
    this.#accounts.set(exchange, accounts);
    const sent = (await this.#requestBodies.get(exchange)) ?? null;
    this.#requestBodies.delete(exchange);
    for (let index = 0; index < exchange.hops.length - 1; index += 1) {
      accounts.push(await this.#keepRedirect(exchange, index, index === 0 ? sent : null));
    }
    const account = this.#account(exchange, exchange.hops.length - 1);
    accounts.push(account);
    if (sent === 'missing' && !this.#wire)
      account.failure = 'what was sent with the request is not shown by the browser';
    await this.#keepAnswer(exchange, account, sent === 'missing' ? null : sent, closing);
  }

  /** Writes what service workers made themselves: answers that no server gave under that address. */
  async keepFromWorkers(): Promise<void> {
    for (const { exchange, body } of this.#fromWorkers.splice(0)) {
      const digest = exchange.payload?.sha256 ?? '';
      if (!this.#isKept(exchange.url, digest)) await this.#write(exchange);
      body.discard();
    }
  }

  /** Accounts in the order of the given exchanges; one that was never written has a line all the same. */
  accounts(exchanges: readonly Exchange[]): ResourceAccount[] {
    return exchanges.flatMap(
      (exchange) =>
        this.#accounts.get(exchange) ??
        exchange.hops.map((_, index) => ({
          ...this.#account(exchange, index),
          failure: 'it was not kept in time',
        })),
    );
  }

  /** The exchange on the wire that a hop stands for: none where the answer came from a cache, a service worker or nowhere. */
  async #claim(exchange: Exchange, index: number, browser: BrowserSide): Promise<WireExchange | null> {
    const hop = exchange.hops[index];
    if (!this.#wire || !hop) return null;
    const { fromServiceWorker, fromCache } = this.#account(exchange, index);
    if (fromServiceWorker || (fromCache && exchange.responseHead(index)?.status !== 304)) return null;
    const askedAt = hop.requestedAt.getTime();
    const { sentMs = null, headMs = null } = exchange.timing(index) ?? {};
    const since = (passed: number | null): number | null => (passed === null ? null : askedAt + passed);
    const when = { askedAt, sentAt: since(sentMs), headAt: since(headMs) };
    return this.#wire.claim(hop.method, hop.url, when, browser);
  }

  /** Heads of the answers servers gave, with their times. */
  heads(exchanges: readonly Exchange[]): AnsweredHead[] {
    return exchanges.flatMap((exchange) =>
      exchange.hops.flatMap(({ requestedAt }, index) => {
        const { url, timing, serverAddress, fromCache, fromServiceWorker } = this.#account(exchange, index);
        const head = exchange.responseHead(index);
        const { sentMs = null, headMs = null } = timing ?? {};
        if (!head || fromCache || fromServiceWorker || sentMs === null || headMs === null) return [];
        return {
          host: destination(url).host,
          address: serverAddress,
          date: header(head.headers, 'date'),
          age: header(head.headers, 'age'),
          sentAt: requestedAt.getTime() + sentMs,
          receivedAt: requestedAt.getTime() + headMs,
        };
      }),
    );
  }

  async #keepRedirect(exchange: Exchange, index: number, sent: RequestBody): Promise<ResourceAccount> {
    const account = this.#account(exchange, index);
    const head = exchange.responseHead(index);
    const browser = { status: head?.status ?? null, headers: head?.headers ?? null, body: null };
    const seen = await this.#claim(exchange, index, browser);
    if (seen && this.#wire) {
      if (await this.#wire.keep(seen, account, browser, false)) {
        this.#remember(account.url, account.sha256 ?? '');
        return account;
      }
    }
    if (account.fromCache && this.#isKept(account.url, '')) return account;
    // The browser goes to the secure address by itself where it knows that it should (HSTS): no server was asked, none answered.
    if (isOwnRedirect(exchange, index)) return { ...account, protocol: null, fromCache: true };
    if (!head) return { ...account, failure: 'the browser did not show the head of this redirect' };
    const announced = announcedLength(head.headers) ?? 0;
    if (announced > 0)
      account.failure = `the browser does not show the body of a redirect (${announced} bytes were announced)`;
    await this.#write({
      ...this.#exchange(exchange, index, head),
      requestBody: sent === 'missing' ? null : sent,
      payload: emptyPayload,
      bodyDecoded: false,
      truncated: announced > 0 ? 'unspecified' : null,
    });
    account.size = 0;
    account.sha256 = emptyPayload.sha256;
    return account;
  }

  async #keepAnswer(
    exchange: Exchange,
    account: ResourceAccount,
    sent: Payload | null,
    closing: boolean,
  ): Promise<void> {
    const index = exchange.hops.length - 1;
    const body = await this.#bodies.of(exchange, closing);
    const head = exchange.responseHead(index);
    const browser = {
      status: head?.status ?? null,
      headers: head?.headers ?? null,
      body: exchange.finished && body.truncated === null ? body.payload : null,
    };
    const seen = await this.#claim(exchange, index, browser);
    if (seen && this.#wire) {
      if (exchange.failure) account.failure = failureWords(exchange);
      if (!seen.response && !exchange.finished) account.failure = this.#noAnswer(exchange, account);
      let kept = true;
      try {
        kept = await this.#wire.keep(seen, account, browser, closing && !exchange.ended);
      } finally {
        if (kept) body.discard();
      }
      if (kept) {
        this.#remember(account.url, account.decodedSha256 ?? account.sha256 ?? '');
        return;
      }
    } else if (this.#wire && isFromNetwork(account) && exchange.finished) {
      // The PDF viewer is handed the answer its page was given, under a number of its own and without its bytes.
      if (!body.payload && account.mimeType === 'application/pdf' && this.#wire.passed(account)) {
        account.fromCache = true;
        body.discard();
        return;
      }
      this.#wire.onlyBrowser(account);
    }
    try {
      account.failure = body.failure ?? account.failure;
      if (account.fromServiceWorker && !body.payload)
        account.failure = 'a service worker gave this answer, and the browser did not keep it';
      account.truncated = body.truncated;
      account.size = body.payload?.size ?? null;
      account.sha256 = body.payload?.sha256 ?? null;
      if (!head && !exchange.finished) {
        account.failure = this.#noAnswer(exchange, account);
        return;
      }
      if (account.fromCache && this.#isKept(account.url, account.sha256 ?? '')) return;
      if (!head) {
        account.failure = body.payload
          ? 'the browser showed the body of this answer but not its head; the status is inferred'
          : 'the browser showed neither head nor body of this answer';
      }
      const record: HttpExchange = {
        ...this.#exchange(exchange, index, head ?? { status: 200, statusText: 'OK', headers: [] }),
        requestBody: sent,
        payload: body.payload ?? emptyPayload,
        bodyDecoded: body.decoded,
        truncated: body.truncated,
      };
      const extra: JsonObject = head ? {} : { head: 'not shown by the browser' };
      if (account.fromServiceWorker) {
        extra['fromServiceWorker'] = true;
        this.#fromWorkers.push({ exchange: { ...record, extra }, body });
        return;
      }
      await this.#write(head ? record : { ...record, extra });
    } finally {
      if (!account.fromServiceWorker) body.discard();
    }
  }

  async #write(exchange: HttpExchange): Promise<void> {
    await this.#record.exchange(exchange);
    this.#remember(exchange.url, exchange.payload?.sha256 ?? '');
  }

  #remember(url: string, digest: string): void {
    const digests = this.#kept.get(url) ?? new Set<string>();
    digests.add(digest);
    this.#kept.set(url, digests);
  }

  #isKept(url: string, digest: string): boolean {
    const digests = this.#kept.get(url);
    return digests !== undefined && (digest === '' || digests.has(digest));
  }

  #exchange(
    exchange: Exchange,
    index: number,
    head: { status: number; statusText: string; headers: [string, string][] },
  ) {
    const hop = exchange.hops[index];
    const account = this.#account(exchange, index);
    return {
      url: account.url,
      method: account.method,
      requestTime: hop?.requestedAt ?? new Date(),
      requestHeaders: exchange.requestHeaders(index),
      status: head.status,
      statusText: head.statusText,
      responseHeaders: head.headers,
      httpVersion: account.protocol ?? 'http/1.1',
      serverAddress: account.serverAddress,
      tls: account.tls,
      resourceType: exchange.type.toLowerCase(),
      pageId: this.#pageId,
      mimeType: account.mimeType,
    };
  }

  #account(exchange: Exchange, index: number): ResourceAccount {
    const hop = exchange.hops[index];
    const response = hop?.response ?? null;
    const head = exchange.responseHead(index);
    const url = (hop?.url ?? '').replace(/#.*$/, '');
    const { host, port } = destination(url);
    const last = index === exchange.hops.length - 1;
    const fromCache =
      (last && exchange.fromMemoryCache) ||
      response?.fromDiskCache === true ||
      response?.fromPrefetchCache === true;
    const fromServiceWorker = response?.fromServiceWorker === true;
    const local = fromCache || fromServiceWorker || !head;
    return {
      url,
      method: hop?.method ?? 'GET',
      type: exchange.type,
      status: head?.status ?? (last && exchange.finished ? 200 : null),
      mimeType: response === null || response.mimeType === '' ? null : response.mimeType,
      size: null,
      sha256: null,
      decodedSha256: null,
      seenBy: 'browser',
      protocol: response?.protocol ?? null,
      serverAddress: local ? null : this.#egress.addressOf(host, port),
      tls: tlsOf(response),
      requestedAt: (hop?.requestedAt ?? new Date()).toISOString(),
      timing: exchange.timing(index),
      fromCache,
      fromServiceWorker,
      truncated: null,
      failure: null,
      blocked: false,
    };
  }

  /** Why nothing was received: by the guard's rule, by the network, or by the browser. */
  #noAnswer(exchange: Exchange, account: ResourceAccount): string {
    const { host, port } = destination(account.url);
    const { refused, failed } = this.#egress.account();
    const rule = refused.find((entry) => entry.host === host && entry.port === port);
    if (rule) {
      account.blocked = true;
      return host === rule.address
        ? `refused: it is ${rule.reason}`
        : `refused: ${host} leads to ${rule.address}, ${rule.reason}`;
    }
    const fault = failed.find((entry) => entry.host === host && entry.port === port);
    if (fault && exchange.failure) return `${host} was not reached (${fault.reason})`;
    return failureWords(exchange);
  }
}

function isFromNetwork({ fromCache, fromServiceWorker, status }: ResourceAccount): boolean {
  return !fromCache && !fromServiceWorker && status !== null;
}

/** A redirect the browser made up: it came over no connection and says so. A server that says the same has an address. */
function isOwnRedirect(exchange: Exchange, index: number): boolean {
  const response = exchange.hops[index]?.response;
  const head = exchange.responseHead(index);
  if (!response || !head || (response.remoteIPAddress ?? '') !== '') return false;
  return header(head.headers, 'non-authoritative-reason') !== null;
}
