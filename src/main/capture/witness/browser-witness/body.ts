import { bytesPayload, emptyPayload } from '../../../archive/payload.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { Truncation } from '../../../archive/warc/types.ts';
import type { CdpSession } from '../../cdp/connection.ts';
import type { ByteBudget } from './budget.ts';
import type { Downloads } from './downloads.ts';
import type { Exchange } from './exchange.ts';
import { announcedLength, header, isEncoded } from './headers.ts';
import type { StreamTap } from './stream-tap.ts';

export interface KeptBody {
  payload: Payload | null;
  truncated: Truncation | null;
  /** Why there is no body, or not all of it, in words. */
  failure: string | null;
  /** True where the bytes are as they were before compression. */
  decoded: boolean;
  discard(): void;
}

const nothing = (failure: string | null, truncated: Truncation | null = null): KeptBody => ({
  payload: null,
  truncated,
  failure,
  decoded: false,
  discard: () => undefined,
});

/** How long the second connection may take to end a body the first one reports as over. */
const PATIENCE = 5000;
/** How soon after giving up a document the browser says that it saves it instead. */
const DOWNLOAD_BEGINS = 500;
/** Bodies asked for at once: each passes through memory as a whole. */
const ABREAST = 6;

/** Gets the body of an answer from wherever it was kept: the download, the stream, the browser's buffers. */
export class Bodies {
  readonly #tap: StreamTap;
  readonly #downloads: Downloads;
  readonly #budget: ByteBudget;
  readonly #sessions: () => Iterable<CdpSession>;
  readonly #queue: (() => void)[] = [];
  #asking = 0;

  constructor(
    tap: StreamTap,
    downloads: Downloads,
    budget: ByteBudget,
    sessions: () => Iterable<CdpSession>,
  ) {
    this.#sessions = sessions;
    this.#tap = tap;
    this.#downloads = downloads;
    this.#budget = budget;
  }

  /** The body of a request's last hop. `closing` is true when the capture ends while the answer is still coming. */
  async of(exchange: Exchange, closing: boolean): Promise<KeptBody> {
    const { last } = exchange;
    const head = exchange.responseHead(exchange.hops.length - 1);
    if (!last) return nothing(null);
    if (
      last.method === 'HEAD' ||
      head?.status === 204 ||
      head?.status === 304 ||
      isEmptyErrorPage(exchange)
    ) {
      await this.#drop(exchange);
      return { ...nothing(null), payload: emptyPayload };
    }
    const givenUp =
      exchange.type === 'Document' && exchange.failure !== null && head !== null && head.status < 300;
    const download = givenUp
      ? await this.#downloads.claimSoon(last.url, closing ? 0 : DOWNLOAD_BEGINS)
      : null;
    if (download) {
      await this.#drop(exchange);
      await this.#downloads.over(download);
      return this.#downloaded(exchange, download);
    }
    const cut: Truncation | null = exchange.failure
      ? 'disconnect'
      : closing && !exchange.ended
        ? 'time'
        : null;
    const decoded = head !== null && isEncoded(head.headers);
    const streamed = await this.#tap.take(exchange.requestId, closing && !exchange.ended ? 0 : PATIENCE);
    if (streamed && (streamed.exact || cut !== null || streamed.limited)) {
      const { spool, limited } = streamed;
      const truncated = limited ? 'length' : this.#isWhole(exchange, spool.size) ? null : cut;
      const failure = limited
        ? 'the limit of bytes for this capture was reached'
        : truncated
          ? this.#why(exchange, truncated)
          : null;
      return { payload: spool.finish(), truncated, failure, decoded, discard: () => spool.discard() };
    }
    if (streamed) {
      this.#budget.giveBack(streamed.spool.size);
      streamed.spool.discard();
    }
    return this.#buffered(exchange, cut, decoded);
  }

  async #buffered(exchange: Exchange, cut: Truncation | null, decoded: boolean): Promise<KeptBody> {
    // Under the number of a document that failed before its first byte stands the browser's own error page.
    const foreign = exchange.type === 'Document' && exchange.failure !== null && exchange.received === 0;
    const bytes = foreign ? null : await this.#turn(() => this.#ask(exchange));
    if (bytes === null) {
      const head = exchange.responseHead(exchange.hops.length - 1);
      if (!head && exchange.failure) return nothing(failureWords(exchange));
      if (announcedLength(head?.headers ?? []) === 0) return { ...nothing(null), payload: emptyPayload };
      return nothing(this.#why(exchange, cut ?? 'unspecified'), cut ?? 'unspecified');
    }
    const granted = this.#budget.take(bytes.byteLength);
    if (granted < bytes.byteLength) {
      this.#budget.giveBack(granted);
      return nothing('the limit of bytes for this capture was reached', 'length');
    }
    const truncated = this.#isWhole(exchange, bytes.byteLength) ? null : cut;
    const failure = truncated ? this.#why(exchange, truncated) : null;
    return { payload: bytesPayload(bytes), truncated, failure, decoded, discard: () => undefined };
  }

  async #turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#asking >= ABREAST) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#asking += 1;
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#asking -= 1;
    }
  }

  /**
   * The browser's buffers: where the answer arrived, then where it was asked for, then in the pages. A worker that ends as soon as it
   * has its answer takes its session along, but the browser still holds the body for the page. Other workers are not asked: a
   * shared worker asked for a body it never saw brings Chromium 156 down.
   */
  async #ask(exchange: Exchange): Promise<Uint8Array | null> {
    const { requestId, answeredIn, session } = exchange;
    const sessions = new Set<CdpSession>([...(answeredIn ? [answeredIn] : []), session, ...this.#sessions()]);
    for (const one of sessions) {
      if (one.gone) continue;
      try {
        const { body, base64Encoded } = await one.send('Network.getResponseBody', { requestId });
        const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
        if (this.#isCredible(exchange, bytes.byteLength)) return bytes;
      } catch {
        // Not held there; the next session, or none, has it.
      }
    }
    const leftover = await this.#tap.leftover(requestId);
    return leftover && leftover.byteLength > 0 && this.#isCredible(exchange, leftover.byteLength)
      ? leftover
      : null;
  }

  /** A page's buffers give an empty or shorter body for what never passed through the page (a worker that fills a cache, for one). */
  #isCredible(exchange: Exchange, size: number): boolean {
    const head = exchange.responseHead(exchange.hops.length - 1);
    if (!head || !exchange.finished) return size > 0;
    const announced = announcedLength(head.headers);
    if (announced !== null) return isEncoded(head.headers) ? size > 0 || announced === 0 : size === announced;
    return size > 0 || exchange.received === 0;
  }

  async #downloaded(
    exchange: Exchange,
    download: NonNullable<ReturnType<Downloads['claim']>>,
  ): Promise<KeptBody> {
    const payload = await this.#downloads.payload(download);
    if (!payload) return nothing('the browser began to save it and left no file', 'unspecified');
    const discard = (): void => this.#downloads.forget(download);
    const granted = this.#budget.take(payload.size);
    if (granted < payload.size) {
      this.#budget.giveBack(granted);
      discard();
      return nothing('the limit of bytes for this capture was reached', 'length');
    }
    const head = exchange.responseHead(exchange.hops.length - 1);
    const whole = download.state === 'completed';
    return {
      payload,
      truncated: whole ? null : 'time',
      failure: whole ? null : 'the download was still running when the capture ended',
      decoded: head !== null && isEncoded(head.headers) && announcedLength(head.headers) !== payload.size,
      discard,
    };
  }

  async #drop(exchange: Exchange): Promise<void> {
    const streamed = await this.#tap.take(exchange.requestId, 0);
    if (!streamed) return;
    this.#budget.giveBack(streamed.spool.size);
    streamed.spool.discard();
  }

  /** An answer the browser gave up is whole all the same when as many bytes came as were announced. */
  #isWhole(exchange: Exchange, size: number): boolean {
    if (exchange.finished) return true;
    const head = exchange.responseHead(exchange.hops.length - 1);
    if (!head || isEncoded(head.headers)) return false;
    return announcedLength(head.headers) === size && header(head.headers, 'content-length') !== null;
  }

  #why(exchange: Exchange, truncated: Truncation): string {
    if (truncated === 'time') return 'it was still arriving when the capture ended';
    if (exchange.failure) return failureWords(exchange);
    return 'the browser did not keep the body';
  }
}

/** An error status with an empty body: a whole answer, though the browser calls it a failure. */
function isEmptyErrorPage({ failure }: Exchange): boolean {
  return failure?.errorText === 'net::ERR_HTTP_RESPONSE_CODE_FAILURE';
}

/** Why a request failed, in words, the browser's own name for it included. */
export function failureWords({ failure }: Exchange): string {
  if (!failure) return 'no answer came';
  if (failure.cors) return `the page was not allowed to read it (${failure.errorText})`;
  if (failure.blockedReason) return `the browser refused it (${failure.blockedReason})`;
  if (failure.canceled || failure.errorText === 'net::ERR_ABORTED')
    return `the page gave it up (${failure.errorText})`;
  return `it failed (${failure.errorText})`;
}
