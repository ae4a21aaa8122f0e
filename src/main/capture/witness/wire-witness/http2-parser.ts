import { Http2Direction } from './http2-direction.ts';
import { errorName } from './http2-error.ts';
import { Http2Streams } from './http2-streams.ts';
import type { ExchangeSink, Side, WireParser } from './parser.ts';
import { Unfollowable } from './unfollowable.ts';

/** RFC 9113 6.5.2. */
const SETTING = { HEADER_TABLE_SIZE: 1, MAX_FRAME_SIZE: 5 } as const;

/** HTTP/2, over TLS or in clear with prior knowledge. Ids are those of the streams. (RFC 9113) */
export class Http2Parser implements WireParser {
  readonly #sink: ExchangeSink;
  readonly #streams: Http2Streams;
  readonly #fromClient: Http2Direction;
  readonly #fromServer: Http2Direction;
  #goAway = '';
  #clientClosed: { broken: string | undefined } | null = null;
  #isOver = false;

  constructor(sink: ExchangeSink) {
    this.#sink = sink;
    const streams = new Http2Streams(sink);
    this.#streams = streams;
    this.#fromClient = new Http2Direction(
      {
        headers: (id, block, isLast, at) => streams.clientHeaders(id, block, isLast, at),
        promise: () => {
          throw new Unfollowable('The client promised an answer.');
        },
        data: (id, chunk) => streams.data(id, 'client', chunk),
        dataEnd: (id, isLast) => isLast && streams.end(id, 'client'),
        reset: (id, code) => streams.reset(id, 'client', code),
        goAway: (_, code) => this.#note('client', code),
        setting: (name, value) => allow(this.#fromServer, name, value),
      },
      true,
    );
    this.#fromServer = new Http2Direction(
      {
        headers: (id, block, isLast, at) => streams.serverHeaders(id, block, isLast, at),
        promise: (_, promised, block, at) => streams.promise(promised, block, at),
        data: (id, chunk) => streams.data(id, 'server', chunk),
        dataEnd: (id, isLast) => isLast && streams.end(id, 'server'),
        reset: (id, code) => streams.reset(id, 'server', code),
        goAway: (last, code) => {
          this.#note('server', code);
          streams.refuseAfter(last, code);
        },
        setting: (name, value) => allow(this.#fromClient, name, value),
      },
      false,
    );
  }

  client(bytes: Uint8Array): void {
    this.#feed(this.#fromClient, bytes, 'client');
  }

  server(bytes: Uint8Array): void {
    this.#feed(this.#fromServer, bytes, 'server');
  }

  clientEnd(broken?: string): void {
    this.#clientClosed ??= { broken };
  }

  serverEnd(broken?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // As in HTTP/1: a client that closed first has given up on what was still to come.
    const by = this.#clientClosed ? 'client' : 'server';
    const cause = this.#clientClosed ? this.#clientClosed.broken : broken;
    const how = cause === undefined ? 'closed the connection' : `broke the connection (${cause})`;
    this.#streams.failAll((where) => `The ${by} ${how} ${where}.${this.#goAway}`, by);
  }

  #feed(direction: Http2Direction, bytes: Uint8Array, from: Side): void {
    if (this.#isOver) return;
    try {
      direction.feed(bytes);
    } catch (problem) {
      if (!(problem instanceof Unfollowable)) throw problem;
      this.#isOver = true;
      this.#streams.failAll(() => problem.message, from, true);
      this.#sink.unparsable(problem.message);
    }
  }

  #note(by: Side, code: number): void {
    if (code !== 0) this.#goAway = ` The ${by} had said why: ${errorName(code)}.`;
  }
}

function allow(direction: Http2Direction, setting: number, value: number): void {
  if (setting === SETTING.HEADER_TABLE_SIZE) direction.allowTable(value);
  if (setting === SETTING.MAX_FRAME_SIZE) direction.allowFrame(value);
}
