import { ByteStore } from './byte-store.ts';
import type { Side } from './parser.ts';
import { Unfollowable } from './unfollowable.ts';
import { agreedInflaters, type MessageInflater } from './websocket-inflate.ts';
import { WebSocketSide, type FrameStart } from './websocket-side.ts';

/** A message put together from its frames, or a control frame. */
export interface WebSocketMessage {
  from: Side;
  /** 1 text, 2 binary, 8 close, 9 ping, 10 pong (RFC 6455 11.8); 0: goes on with the message before it of this side. */
  opcode: number;
  /** False where more of the message follows, because it is larger than `MESSAGE_LIMIT`, or where it broke off. */
  fin: boolean;
  /** Without mask and compression; a copy of what was sent. */
  payload: Uint8Array;
  /** True where the payload is as it was sent because it could not be unpacked. */
  isCompressed: boolean;
  /** When its first byte was seen. */
  at: Date;
}

export interface WebSocketSink {
  message(message: WebSocketMessage): void;
  /** What this side sends from here on is not followed. At most once for each. */
  unparsable(from: Side, reason: string): void;
}

/** Bytes of a message that are kept together, and that one may unpack to. */
export const MESSAGE_LIMIT = 4 * 1024 * 1024;

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PONG = 10;

/** Reads both sides of a WebSocket, after the handshake, into messages. Never throws on what it is given. (RFC 6455, RFC 7692) */
export class WebSocketFrames {
  readonly #sink: WebSocketSink;
  readonly #sides: Record<Side, { frames: WebSocketSide; messages: Messages } | null>;

  /** `extensions`: `Sec-WebSocket-Extensions` of the answer to the handshake. */
  constructor(extensions: string | null, sink: WebSocketSink) {
    this.#sink = sink;
    const inflaters = agreedInflaters(extensions, MESSAGE_LIMIT);
    const side = (from: Side) => {
      const messages = new Messages(from, inflaters?.[from] ?? null, (message) => sink.message(message));
      return { frames: new WebSocketSide(messages), messages };
    };
    this.#sides = { client: side('client'), server: side('server') };
  }

  bytes(from: Side, bytes: Uint8Array): void {
    try {
      this.#sides[from]?.frames.feed(bytes);
    } catch (problem) {
      if (!(problem instanceof Unfollowable)) throw problem;
      this.#sides[from]?.messages.breakOff();
      this.#sides[from] = null;
      this.#sink.unparsable(from, problem.message);
    }
  }

  /** The connection is over: what came of messages that did not end is handed on. */
  end(): void {
    for (const side of [this.#sides.client, this.#sides.server]) side?.messages.breakOff();
    this.#sides.client = null;
    this.#sides.server = null;
  }
}

interface Open {
  opcode: number;
  isCompressed: boolean;
  at: Date;
}

/** Puts the frames of one side together. Control frames may come between those of a message. (RFC 6455 5.4) */
class Messages {
  readonly #from: Side;
  readonly #inflater: MessageInflater | null;
  readonly #emit: (message: WebSocketMessage) => void;
  readonly #data = new ByteStore();
  readonly #controlData = new ByteStore();
  #open: Open | null = null;
  #control: Open | null = null;

  constructor(from: Side, inflater: MessageInflater | null, emit: (message: WebSocketMessage) => void) {
    this.#from = from;
    this.#inflater = inflater;
    this.#emit = emit;
  }

  start({ opcode, rsv1 }: FrameStart): void {
    const isData = opcode === TEXT || opcode === BINARY;
    if (rsv1 && !(isData && this.#inflater))
      throw new Unfollowable('A WebSocket frame is compressed where that was not agreed.');
    if (opcode === CONTINUATION ? !this.#open : isData && this.#open)
      throw new Unfollowable('The frames of a WebSocket message are out of order.');
    if (isData) this.#open = { opcode, isCompressed: rsv1, at: new Date() };
    else if (opcode >= CLOSE && opcode <= PONG)
      this.#control = { opcode, isCompressed: false, at: new Date() };
    else if (opcode !== CONTINUATION) throw new Unfollowable('A WebSocket frame is of no known kind.');
  }

  payload(bytes: Uint8Array): void {
    if (this.#control) return this.#controlData.add(bytes);
    for (let at = 0; at < bytes.length;) {
      const end = Math.min(bytes.length, at + MESSAGE_LIMIT - this.#data.length);
      this.#data.add(bytes.subarray(at, end));
      at = end;
      if (this.#data.length === MESSAGE_LIMIT && this.#open) this.#handOnPart(this.#open);
    }
    return undefined;
  }

  end({ fin }: FrameStart): void {
    if (this.#control) {
      this.#tell(this.#control, true, this.#controlData.take());
      this.#control = null;
    } else if (fin && this.#open) {
      const open = this.#open;
      const sent = this.#data.take();
      this.#open = null;
      const unpacked =
        open.isCompressed && open.opcode !== CONTINUATION ? this.#inflater?.inflate(sent) : null;
      this.#tell(unpacked ? { ...open, isCompressed: false } : open, true, unpacked ?? sent);
    }
  }

  breakOff(): void {
    if (this.#open) this.#tell(this.#open, false, this.#data.take());
    this.#open = null;
  }

  /** Of a message that is too large to be kept together: as it was sent, and what follows goes on with it. */
  #handOnPart(open: Open): void {
    if (open.isCompressed) this.#inflater?.lose();
    this.#tell(open, false, this.#data.take());
    this.#open = { ...open, opcode: CONTINUATION };
  }

  #tell({ opcode, isCompressed, at }: Open, fin: boolean, payload: Uint8Array): void {
    this.#emit({ from: this.#from, opcode, fin, payload, isCompressed, at });
  }
}
