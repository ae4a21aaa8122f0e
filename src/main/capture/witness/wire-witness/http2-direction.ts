import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { ByteStore } from './byte-store.ts';
import { HpackDecoder } from './hpack.ts';
import { FLAG, FRAME, FrameReader, type FrameHeader } from './http2-frames.ts';
import { HEAD_LIMIT } from './parser.ts';
import { Unfollowable } from './unfollowable.ts';

/** What one side of a connection says, header blocks put together and unpacked. */
export interface DirectionEvents {
  headers(stream: number, block: HeaderList, isLast: boolean, at: Date): void;
  promise(stream: number, promised: number, block: HeaderList, at: Date): void;
  data(stream: number, chunk: Uint8Array): void;
  dataEnd(stream: number, isLast: boolean): void;
  reset(stream: number, code: number): void;
  goAway(lastStream: number, code: number): void;
  /** What this side takes: sizes of the other side's header table and frames. */
  setting(name: number, value: number): void;
}

interface OpenBlock {
  stream: number;
  promised: number | null;
  isLast: boolean;
  at: Date;
}

/** Reads one side of an HTTP/2 connection: its frames, its header blocks with a table of their own. */
export class Http2Direction {
  readonly #events: DirectionEvents;
  readonly #hpack = new HpackDecoder();
  readonly #frames: FrameReader;
  readonly #block = new ByteStore();
  #open: OpenBlock | null = null;

  constructor(events: DirectionEvents, hasPreface: boolean) {
    this.#events = events;
    this.#frames = new FrameReader(
      {
        frame: (header, payload) => this.#frame(header, payload),
        data: (stream, chunk) => events.data(stream, chunk),
        dataEnd: (stream, isLast) => {
          if (this.#open) throw new Unfollowable('A header block is broken off.');
          events.dataEnd(stream, isLast);
        },
      },
      hasPreface,
    );
  }

  /** @throws Unfollowable */
  feed(bytes: Uint8Array): void {
    this.#frames.feed(bytes);
  }

  /** What the other side takes. */
  allowTable(size: number): void {
    this.#hpack.allow(size);
  }

  allowFrame(size: number): void {
    this.#frames.allow(size);
  }

  #frame({ type, flags, stream }: FrameHeader, payload: Uint8Array): void {
    if (this.#open && (type !== FRAME.CONTINUATION || stream !== this.#open.stream))
      throw new Unfollowable('A header block is broken off.');
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    switch (type) {
      case FRAME.HEADERS: {
        const skipped = flags & FLAG.PRIORITY ? 5 : 0;
        this.#begin({ stream, promised: null, isLast: (flags & FLAG.END_STREAM) !== 0, at: new Date() });
        this.#add(payload.subarray(needed(payload, skipped)), flags);
        break;
      }
      case FRAME.PUSH_PROMISE: {
        needed(payload, 4);
        const promised = view.getUint32(0) & 0x7fff_ffff;
        this.#begin({ stream, promised, isLast: false, at: new Date() });
        this.#add(payload.subarray(4), flags);
        break;
      }
      case FRAME.CONTINUATION:
        if (!this.#open) throw new Unfollowable('A header block goes on that was not begun.');
        this.#add(payload, flags);
        break;
      case FRAME.RST_STREAM:
        needed(payload, 4);
        this.#events.reset(stream, view.getUint32(0));
        break;
      case FRAME.GOAWAY:
        needed(payload, 8);
        this.#events.goAway(view.getUint32(0) & 0x7fff_ffff, view.getUint32(4));
        break;
      case FRAME.SETTINGS:
        if (flags & FLAG.ACK) break;
        for (let at = 0; at + 6 <= payload.length; at += 6)
          this.#events.setting(view.getUint16(at), view.getUint32(at + 2));
        break;
    }
  }

  #begin(block: OpenBlock): void {
    if (block.stream === 0) throw new Unfollowable('A header block belongs to no stream.');
    this.#open = block;
  }

  #add(fragment: Uint8Array, flags: number): void {
    this.#block.add(fragment);
    if (this.#block.length > HEAD_LIMIT) throw new Unfollowable('A header block is too large.');
    const open = this.#open;
    if (!(flags & FLAG.END_HEADERS) || !open) return;
    const fields = this.#hpack.decode(this.#block.view());
    this.#block.clear();
    this.#open = null;
    if (open.promised === null) this.#events.headers(open.stream, fields, open.isLast, open.at);
    else this.#events.promise(open.stream, open.promised, fields, open.at);
  }
}

function needed(payload: Uint8Array, size: number): number {
  if (payload.length < size) throw new Unfollowable('A frame is too short.');
  return size;
}
