import { BodySpool } from '../../../archive/body-spool.ts';
import { emptyPayload } from '../../../archive/payload.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { Truncation } from '../../../archive/warc/types.ts';
import type { HeaderList, Tls } from '../../../../shared/domain/provenance.ts';
import type { ByteBudget } from '../browser-witness/budget.ts';
import { MessageDigests } from '../message-digests.ts';
import { SocketLines } from '../socket-lines.ts';
import type { RequestHead, ResponseHead } from './parser.ts';
import { WebSocketFrames } from './websocket-frames.ts';

/** Text and binary messages and what continues them; the rest are control frames. (RFC 6455 11.8) */
const BINARY = 2;

/** The connection an exchange went over. */
export interface WireConnection {
  /** Counts connections of a capture from 1. */
  readonly number: number;
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly secure: boolean;
  readonly tls: Tls | null;
}

/** One request and its answer as the bytes went over the wire, chunking undone and nothing else. */
export class WireExchange {
  readonly connection: WireConnection;
  readonly request: RequestHead;
  /** As the browser would write it: without fragment. */
  readonly url: string;
  response: ResponseHead | null = null;
  readonly informational: ResponseHead[] = [];
  trailers: HeaderList = [];
  requestTrailers: HeaderList = [];
  /** Why it did not come to its end, in words; null while it is under way and once it has. */
  failure: string | null = null;
  /** True where its bytes were passed on and not understood to the end: the browser may have. */
  notFollowed = false;
  upgraded = false;
  /** What went over the WebSocket that this exchange began; null where it began none. */
  messages: { lines: SocketLines; digests: MessageDigests } | null = null;
  /** True once all of the request was sent. */
  sentWhole = false;
  /** True once the browser's account was matched with it. */
  claimed = false;
  readonly #folder: string;
  readonly #budget: ByteBudget;
  #sent: BodySpool | null = null;
  #received: BodySpool | null = null;
  #limited = false;
  #over = Promise.withResolvers<void>();
  #isOver = false;
  #sentPayload: Payload | null = null;
  #receivedPayload: Payload | null = null;

  constructor(connection: WireConnection, request: RequestHead, folder: string, budget: ByteBudget) {
    this.connection = connection;
    this.request = request;
    this.#folder = folder;
    this.#budget = budget;
    this.url = urlOf(connection, request);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves when the answer has come to its end, or failed, or after `patience` milliseconds. */
  async over(patience: number): Promise<void> {
    if (this.#isOver) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      this.#over.promise,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience);
      }),
    ]);
    clearTimeout(timer);
  }

  /** The connection carries a WebSocket from here on: gives who reads its frames. */
  beginMessages(): WebSocketFrames {
    const digests = new MessageDigests();
    const lines = new SocketLines(this.#folder, this.#budget);
    this.messages = { lines, digests };
    const extensions = this.response?.headers.find(
      ([name]) => name.toLowerCase() === 'sec-websocket-extensions',
    );
    return new WebSocketFrames(extensions?.[1] ?? null, {
      message: ({ from, opcode, payload }) => {
        if (opcode > BINARY) return;
        const direction = from === 'client' ? 'sent' : 'received';
        digests.add(direction, payload);
        lines.add(direction, opcode, Buffer.from(payload));
      },
      // What follows cannot be read: the browser's log of it is the fuller one.
      unparsable: () => {
        this.messages = null;
        lines.discard();
      },
    });
  }

  addSent(bytes: Uint8Array): void {
    this.#sent ??= new BodySpool(this.#folder);
    this.#add(this.#sent, bytes);
  }

  addReceived(bytes: Uint8Array): void {
    this.#received ??= new BodySpool(this.#folder);
    this.#add(this.#received, bytes);
  }

  /** The exchange has come to its end, well or (with a reason) not. */
  end(failure: string | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.failure = failure;
    this.#over.resolve();
  }

  /** What was sent with the request. */
  sentBody(): Payload | null {
    this.#sentPayload ??= this.#sent?.finish() ?? null;
    return this.#sentPayload;
  }

  /** The body of the answer as far as it came. Nothing is added afterwards. */
  receivedBody(): Payload {
    this.#receivedPayload ??= this.#received?.finish() ?? emptyPayload;
    return this.#receivedPayload;
  }

  /** Why the body is not whole, as the record says it; null where it is. */
  get truncated(): Truncation | null {
    if (this.#limited) return 'length';
    if (this.failure !== null) return 'disconnect';
    return this.#isOver ? null : 'time';
  }

  discard(): void {
    this.#sent?.discard();
    this.#received?.discard();
    this.messages?.lines.discard();
  }

  #add(spool: BodySpool, bytes: Uint8Array): void {
    const closed = spool === this.#sent ? this.#sentPayload : this.#receivedPayload;
    if (this.#limited || closed) return;
    const granted = this.#budget.take(bytes.byteLength);
    if (granted < bytes.byteLength) this.#limited = true;
    spool.write(granted === bytes.byteLength ? bytes : bytes.subarray(0, granted));
  }
}

/** Path and query as sent, behind the name the request was for; a request in absolute form says all itself. (RFC 9112 3.2) */
function urlOf({ host, port, secure }: WireConnection, { target, authority }: RequestHead): string {
  const scheme = secure ? 'https' : 'http';
  const where = authority ?? (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
  const text = /^https?:\/\//i.test(target) ? target : `${scheme}://${where}${target}`;
  return comparable(text);
}

/** An address in the one spelling in which both witnesses are compared. */
export function comparable(url: string): string {
  const parsed = URL.parse(url.replace(/^ws(s?):/i, 'http$1:'));
  if (!parsed) return url;
  parsed.hash = '';
  return parsed.href;
}
