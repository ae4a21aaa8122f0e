import type { HeaderList } from '../../../../shared/domain/provenance.ts';

export type HttpVersion = 'http/1.0' | 'http/1.1' | 'h2';
export type Side = 'client' | 'server';

export interface RequestHead {
  method: string;
  /** The target of the request line, or `:path`; of a plain CONNECT in HTTP/2, its `:authority`. */
  target: string;
  /** `Host` or `:authority`. */
  authority: string | null;
  /** `:scheme` in HTTP/2; HTTP/1 does not say. */
  scheme: string | null;
  /** Order, spelling and duplicates as sent, a character per byte (latin1); pseudo-headers are left out. */
  headers: HeaderList;
  version: HttpVersion;
  /** HTTP/1: the exact bytes of the head, with the empty line that ends it. */
  raw: Uint8Array | null;
  /** When its first byte was seen. */
  at: Date;
  /** `:protocol` of an extended CONNECT (RFC 8441), such as `websocket`; else null. */
  protocol: string | null;
}

export interface ResponseHead {
  status: number;
  statusText: string;
  headers: HeaderList;
  version: HttpVersion;
  raw: Uint8Array | null;
  at: Date;
}

/**
 * Who is told what a connection holds. Ids are unique within the connection. An exchange is over once both its ends were told, or it
 * failed: exactly one of the two comes for each, in the end. A response may end before its request does. Chunks are views of the
 * bytes the parser was given, valid as long as those are.
 */
export interface ExchangeSink {
  request(id: number, head: RequestHead): void;
  requestBody(id: number, chunk: Uint8Array): void;
  requestEnd(id: number, trailers: HeaderList): void;
  /** 1xx other than 101. */
  informational(id: number, head: ResponseHead): void;
  response(id: number, head: ResponseHead): void;
  /** Transfer coding `chunked` is undone; nothing else is. */
  responseBody(id: number, chunk: Uint8Array): void;
  responseEnd(id: number, trailers: HeaderList): void;
  /**
   * Reset, closed before its end, malformed or refused; whatever came before was handed on. `notFollowed`: it is the parser that gave
   * up, and the other side may have understood what came.
   */
  failed(id: number, reason: string, by: Side, notFollowed?: boolean): void;
  /** 101, 2xx to CONNECT, RFC 8441: comes after `response`; both ends of the exchange follow at once, then the bytes. */
  upgraded(id: number): void;
  upgradedBytes(id: number, from: Side, bytes: Uint8Array): void;
  /** No more bytes of it come; `reason` is null where it was closed in order. */
  upgradedEnd(id: number, reason: string | null): void;
  /** The rest of this connection is not followed; every exchange that was open has failed before. Comes at most once. */
  unparsable(reason: string): void;
}

/**
 * Listens to copies of both streams of one connection and tells a sink what exchanges they hold. It never throws on what it is
 * given, and any cut of the streams into chunks tells the same. What the client sends must be shown before the answer to it.
 */
export interface WireParser {
  client(bytes: Uint8Array): void;
  server(bytes: Uint8Array): void;
  /** `broken`: why, where the side did not close in order (reset, TLS cut short). */
  clientEnd(broken?: string): void;
  serverEnd(broken?: string): void;
}

/** Bytes that a head, a header block or the trailers may have. */
export const HEAD_LIMIT = 1024 * 1024;
