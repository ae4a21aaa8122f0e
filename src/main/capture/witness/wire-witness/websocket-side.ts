import { ByteStore } from './byte-store.ts';
import { Unfollowable } from './unfollowable.ts';

/** RFC 6455 5.2. */
export interface FrameStart {
  opcode: number;
  fin: boolean;
  rsv1: boolean;
}

export interface SideEvents {
  start(frame: FrameStart): void;
  /** A part of the payload, without its mask. */
  payload(bytes: Uint8Array): void;
  end(frame: FrameStart): void;
}

const CONTROL_LIMIT = 125;

/** Cuts what one side of a WebSocket sends into frames and takes their masks off. The bytes given are not changed. */
export class WebSocketSide {
  readonly #events: SideEvents;
  readonly #head = new ByteStore();
  #needed = 2;
  #frame: FrameStart | null = null;
  #left = 0;
  #mask: Uint8Array | null = null;
  #masked = 0;

  constructor(events: SideEvents) {
    this.#events = events;
  }

  /** @throws Unfollowable */
  feed(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#frame) {
        const end = Math.min(bytes.length, at + this.#left);
        this.#left -= end - at;
        this.#events.payload(this.#unmasked(bytes.subarray(at, end)));
        at = end;
        this.#endIfOver();
      } else {
        const end = Math.min(bytes.length, at + this.#needed - this.#head.length);
        this.#head.add(bytes.subarray(at, end));
        at = end;
        if (this.#head.length === this.#needed) this.#readHead();
      }
    }
  }

  #readHead(): void {
    const head = this.#head.view();
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const short = view.getUint8(1) & 0x7f;
    const lengthSize = short === 127 ? 8 : short === 126 ? 2 : 0;
    const isMasked = view.getUint8(1) >= 0x80;
    this.#needed = 2 + lengthSize + (isMasked ? 4 : 0);
    if (head.length < this.#needed) return;
    const length =
      lengthSize === 8 ? Number(view.getBigUint64(2)) : lengthSize === 2 ? view.getUint16(2) : short;
    const first = view.getUint8(0);
    const frame = { opcode: first & 0x0f, fin: first >= 0x80, rsv1: (first & 0x40) !== 0 };
    if (first & 0x30) throw new Unfollowable('A WebSocket frame uses an extension that is not known.');
    if (!Number.isSafeInteger(length)) throw new Unfollowable('A WebSocket frame is too long.');
    if (frame.opcode >= 8 && (length > CONTROL_LIMIT || !frame.fin || frame.rsv1))
      throw new Unfollowable('A WebSocket control frame is malformed.');
    this.#mask = isMasked ? head.slice(-4) : null;
    this.#masked = 0;
    this.#left = length;
    this.#head.clear();
    this.#needed = 2;
    this.#frame = frame;
    this.#events.start(frame);
    this.#endIfOver();
  }

  #endIfOver(): void {
    const frame = this.#frame;
    if (!frame || this.#left > 0) return;
    this.#frame = null;
    this.#events.end(frame);
  }

  #unmasked(bytes: Uint8Array): Uint8Array {
    if (!this.#mask) return bytes;
    const plain = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i += 1)
      plain[i] = (bytes[i] ?? 0) ^ (this.#mask[(this.#masked + i) & 3] ?? 0);
    this.#masked = (this.#masked + bytes.length) & 3;
    return plain;
  }
}
