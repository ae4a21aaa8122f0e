import { ByteStore, latin1 } from './byte-store.ts';
import { HEAD_LIMIT } from './parser.ts';
import { Unfollowable } from './unfollowable.ts';

/** RFC 9113 6. */
export const FRAME = {
  DATA: 0,
  HEADERS: 1,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  GOAWAY: 7,
  CONTINUATION: 9,
} as const;

export const FLAG = { END_STREAM: 1, ACK: 1, END_HEADERS: 4, PADDED: 8, PRIORITY: 32 } as const;

export interface FrameHeader {
  type: number;
  flags: number;
  stream: number;
}

export interface FrameEvents {
  /** A whole frame of a type that is listened to, but for DATA; the padding is taken off. The payload is valid during the call. */
  frame(header: FrameHeader, payload: Uint8Array): void;
  /** What DATA carries, as it comes, and its end. */
  data(stream: number, chunk: Uint8Array): void;
  dataEnd(stream: number, isLast: boolean): void;
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const HEADER_SIZE = 9;
/** SETTINGS_MAX_FRAME_SIZE before it is set. */
const DEFAULT_FRAME_SIZE = 16_384;
const WHOLE: ReadonlySet<number> = new Set(Object.values(FRAME).filter((type) => type !== FRAME.DATA));

/** Cuts one direction of a connection into frames. (RFC 9113 4) */
export class FrameReader {
  readonly #events: FrameEvents;
  readonly #store = new ByteStore();
  #phase: 'preface' | 'header' | 'whole' | 'pad-length' | 'data' | 'skip';
  #header: FrameHeader = { type: 0, flags: 0, stream: 0 };
  /** Bytes of the payload that are still to come, with the padding, and how many of them are padding. */
  #left = 0;
  #padding = 0;
  #isFirst = true;
  #frameSize = DEFAULT_FRAME_SIZE;

  constructor(events: FrameEvents, hasPreface: boolean) {
    this.#events = events;
    this.#phase = hasPreface ? 'preface' : 'header';
  }

  /** The receiver said how large a frame it takes; the largest size ever allowed stays allowed. */
  allow(frameSize: number): void {
    this.#frameSize = Math.max(this.#frameSize, frameSize);
  }

  /** @throws Unfollowable */
  feed(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) at = this.#step(bytes, at);
  }

  #step(bytes: Uint8Array, at: number): number {
    if (this.#phase === 'preface' || this.#phase === 'header') {
      const size = this.#phase === 'preface' ? PREFACE.length : HEADER_SIZE;
      const end = Math.min(bytes.length, at + size - this.#store.length);
      this.#store.add(bytes.subarray(at, end));
      if (this.#phase === 'preface') this.#readPreface();
      else if (this.#store.length === size) this.#readHeader(this.#store.take());
      return end;
    }
    if (this.#phase === 'pad-length') {
      this.#padding = bytes[at] ?? 0;
      this.#left -= 1;
      if (this.#padding > this.#left) throw new Unfollowable('A frame has more padding than it is long.');
      this.#phase = 'data';
      this.#endIfOver();
      return at + 1;
    }
    const end = Math.min(bytes.length, at + this.#left);
    const part = bytes.subarray(at, end);
    this.#left -= part.length;
    if (this.#phase === 'data') {
      const isPadding = Math.max(0, this.#padding - this.#left);
      const data = part.subarray(0, Math.max(0, part.length - isPadding));
      if (data.length > 0) this.#events.data(this.#header.stream, data);
    } else if (this.#phase === 'whole') {
      if (this.#left === 0 && this.#store.length === 0) this.#whole(part);
      else {
        this.#store.add(part);
        if (this.#left === 0) this.#whole(this.#store.take());
      }
    }
    this.#endIfOver();
    return end;
  }

  #readPreface(): void {
    if (!PREFACE.startsWith(latin1(this.#store.view())))
      throw new Unfollowable('The client does not begin as HTTP/2 does.');
    if (this.#store.length < PREFACE.length) return;
    this.#store.clear();
    this.#phase = 'header';
  }

  #readHeader(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = view.getUint32(0) >>> 8;
    const type = view.getUint8(3);
    this.#header = { type, flags: view.getUint8(4), stream: view.getUint32(5) & 0x7fff_ffff };
    if (this.#isFirst && type !== FRAME.SETTINGS)
      throw new Unfollowable('A side does not begin with its settings, as HTTP/2 does.');
    this.#isFirst = false;
    if (length > this.#frameSize) throw new Unfollowable('A frame is larger than was allowed.');
    this.#left = length;
    this.#padding = 0;
    if (type === FRAME.DATA) {
      const isPadded = (this.#header.flags & FLAG.PADDED) !== 0;
      if (isPadded && length === 0) throw new Unfollowable('A frame has more padding than it is long.');
      this.#phase = isPadded ? 'pad-length' : 'data';
    } else {
      this.#phase = WHOLE.has(type) ? 'whole' : 'skip';
      if (this.#phase === 'whole' && length > HEAD_LIMIT) throw new Unfollowable('A frame is too large.');
      if (this.#phase === 'whole' && length === 0) this.#whole(new Uint8Array());
    }
    this.#endIfOver();
  }

  #whole(payload: Uint8Array): void {
    const { type, flags } = this.#header;
    const mayBePadded = type === FRAME.HEADERS || type === FRAME.PUSH_PROMISE;
    if (!mayBePadded || !(flags & FLAG.PADDED)) return this.#events.frame(this.#header, payload);
    const padding = payload[0] ?? 0;
    if (payload.length < 1 + padding) throw new Unfollowable('A frame has more padding than it is long.');
    return this.#events.frame(this.#header, payload.subarray(1, payload.length - padding));
  }

  #endIfOver(): void {
    if (this.#left > 0 || this.#phase === 'pad-length') return;
    if (this.#phase === 'data')
      this.#events.dataEnd(this.#header.stream, (this.#header.flags & FLAG.END_STREAM) !== 0);
    this.#phase = 'header';
  }
}
