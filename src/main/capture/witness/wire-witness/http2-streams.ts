import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { ByteStore } from './byte-store.ts';
import { errorName } from './http2-error.ts';
import { requestOf, responseOf, withoutPseudo } from './http2-heads.ts';
import { HEAD_LIMIT, type ExchangeSink, type Side } from './parser.ts';
import { Unfollowable } from './unfollowable.ts';

interface Stream {
  id: number;
  isConnect: boolean;
  /** What was sent on a CONNECT before its answer says what it is. */
  early: ByteStore | null;
  isRequestOpen: boolean;
  isResponseOpen: boolean;
  isAnswered: boolean;
  isUpgraded: boolean;
  informational: number;
}

/** Streams that may be open at once, and 1xx that may precede an answer. */
const OPEN_LIMIT = 10_000;
const INFORMATIONAL_LIMIT = 100;

/** The exchanges of one HTTP/2 connection: what each frame means for its stream. (RFC 9113 8) */
export class Http2Streams {
  readonly #sink: ExchangeSink;
  readonly #open = new Map<number, Stream>();
  #lastRequest = 0;
  #lastPromise = 0;
  #early = 0;

  constructor(sink: ExchangeSink) {
    this.#sink = sink;
  }

  clientHeaders(id: number, block: HeaderList, isLast: boolean, at: Date): void {
    if (id <= this.#lastRequest) return this.#requestTrailers(id, block, isLast);
    if (id % 2 === 0) throw new Unfollowable('The client opened a stream that is not its own.');
    this.#lastRequest = id;
    const stream = this.#begin(id, block, at);
    if (isLast) this.#requestEnd(stream, []);
    return undefined;
  }

  promise(id: number, block: HeaderList, at: Date): void {
    if (id % 2 === 1 || id <= this.#lastPromise)
      throw new Unfollowable('The server promised a stream that is not its own.');
    this.#lastPromise = id;
    this.#requestEnd(this.#begin(id, block, at), []);
  }

  serverHeaders(id: number, block: HeaderList, isLast: boolean, at: Date): void {
    const stream = this.#open.get(id);
    if (!stream) return this.#mustBeKnown(id);
    if (!stream.isResponseOpen) return undefined;
    if (stream.isAnswered) {
      if (!isLast) return this.#fail(stream, 'The server answered twice.', 'server');
      return this.#responseEnd(stream, withoutPseudo(block));
    }
    const head = responseOf(block, at);
    if (!head) return this.#fail(stream, 'The server sent an answer without a status.', 'server');
    if (head.status < 200) {
      stream.informational += 1;
      if (isLast || stream.informational > INFORMATIONAL_LIMIT)
        return this.#fail(
          stream,
          'The server sent too many interim answers, or nothing after one.',
          'server',
        );
      return this.#sink.informational(id, head);
    }
    stream.isAnswered = true;
    this.#sink.response(id, head);
    if (stream.isConnect && head.status < 300) this.#upgrade(stream);
    else this.#handOnEarly(stream, (bytes) => this.#sink.requestBody(id, bytes));
    if (isLast) this.#responseEnd(stream, []);
    return undefined;
  }

  data(id: number, from: Side, chunk: Uint8Array): void {
    const stream = this.#open.get(id);
    if (!stream) return this.#mustBeKnown(id);
    if (!(from === 'client' ? stream.isRequestOpen : stream.isResponseOpen)) return undefined;
    if (stream.isUpgraded) return this.#sink.upgradedBytes(id, from, chunk);
    if (from === 'client')
      return stream.isConnect && !stream.isAnswered
        ? this.#keepEarly(stream, chunk)
        : this.#sink.requestBody(id, chunk);
    if (!stream.isAnswered) return this.#fail(stream, 'The server sent a body without a head.', 'server');
    return this.#sink.responseBody(id, chunk);
  }

  end(id: number, from: Side): void {
    const stream = this.#open.get(id);
    if (!stream) return;
    if (from === 'client') this.#requestEnd(stream, []);
    else if (stream.isAnswered) this.#responseEnd(stream, []);
    else this.#fail(stream, 'The server ended an answer without a head.', 'server');
  }

  reset(id: number, by: Side, code: number): void {
    const stream = this.#open.get(id);
    if (stream) this.#fail(stream, `The ${by} reset the stream (${errorName(code)}).`, by);
  }

  /** Requests after `last` were not looked at by the server. */
  refuseAfter(last: number, code: number): void {
    for (const stream of this.#open.values())
      if (stream.id % 2 === 1 && stream.id > last)
        this.#fail(stream, `The server closed before it looked at this (${errorName(code)}).`, 'server');
  }

  failAll(reason: (where: string) => string, by: Side, notFollowed = false): void {
    for (const stream of this.#open.values()) {
      const where = stream.isResponseOpen ? 'in the middle of an answer' : 'in the middle of a request';
      this.#fail(stream, reason(stream.isAnswered ? where : 'before it was answered'), by, notFollowed);
    }
  }

  #begin(id: number, block: HeaderList, at: Date): Stream {
    const head = requestOf(block, at);
    if (!head) throw new Unfollowable('A request lacks its method or target.');
    if (this.#open.size >= OPEN_LIMIT) throw new Unfollowable('Too many streams are open.');
    const stream = {
      id,
      isConnect: head.method === 'CONNECT',
      early: null,
      isRequestOpen: true,
      isResponseOpen: true,
      isAnswered: false,
      isUpgraded: false,
      informational: 0,
    };
    this.#open.set(id, stream);
    this.#sink.request(id, head);
    return stream;
  }

  #requestTrailers(id: number, block: HeaderList, isLast: boolean): void {
    const stream = this.#open.get(id);
    if (!stream?.isRequestOpen) return;
    if (isLast) this.#requestEnd(stream, withoutPseudo(block));
    else this.#fail(stream, 'The client sent a second head.', 'client');
  }

  /** From here on both ends are told, and what each side sends is another protocol's. */
  #upgrade(stream: Stream): void {
    stream.isUpgraded = true;
    this.#sink.upgraded(stream.id);
    if (stream.isRequestOpen) this.#sink.requestEnd(stream.id, []);
    this.#sink.responseEnd(stream.id, []);
    this.#handOnEarly(stream, (bytes) => this.#sink.upgradedBytes(stream.id, 'client', bytes));
  }

  #requestEnd(stream: Stream, trailers: HeaderList): void {
    if (!stream.isRequestOpen) return;
    stream.isRequestOpen = false;
    this.#handOnEarly(stream, (bytes) => this.#sink.requestBody(stream.id, bytes));
    if (!stream.isUpgraded) this.#sink.requestEnd(stream.id, trailers);
    this.#closeIfOver(stream);
  }

  #responseEnd(stream: Stream, trailers: HeaderList): void {
    if (!stream.isResponseOpen) return;
    stream.isResponseOpen = false;
    if (!stream.isUpgraded) this.#sink.responseEnd(stream.id, trailers);
    this.#closeIfOver(stream);
  }

  #closeIfOver(stream: Stream): void {
    if (stream.isRequestOpen || stream.isResponseOpen) return;
    this.#open.delete(stream.id);
    if (stream.isUpgraded) this.#sink.upgradedEnd(stream.id, null);
  }

  #fail(stream: Stream, reason: string, by: Side, notFollowed = false): void {
    this.#open.delete(stream.id);
    this.#early -= stream.early?.length ?? 0;
    if (stream.isUpgraded) this.#sink.upgradedEnd(stream.id, reason);
    else this.#sink.failed(stream.id, reason, by, notFollowed);
  }

  #keepEarly(stream: Stream, chunk: Uint8Array): void {
    stream.early ??= new ByteStore();
    stream.early.add(chunk);
    this.#early += chunk.length;
    if (this.#early > HEAD_LIMIT) throw new Unfollowable('Too much was sent before a tunnel was answered.');
  }

  #handOnEarly(stream: Stream, to: (bytes: Uint8Array) => void): void {
    const bytes = stream.early?.take();
    stream.early = null;
    if (!bytes) return;
    this.#early -= bytes.length;
    to(bytes);
  }

  /** Frames on a stream that is over were under way when it ended; on one that never was they answer nothing. */
  #mustBeKnown(id: number): void {
    if (id === 0 || id > (id % 2 === 1 ? this.#lastRequest : this.#lastPromise))
      throw new Unfollowable('Something was sent on a stream that no request opened.');
  }
}
