import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import { ByteStore } from './byte-store.ts';
import { ChunkedBody } from './chunked-body.ts';
import { HeadCollector } from './head-collector.ts';
import type { Framing } from './http1-framing.ts';
import { HEAD_LIMIT } from './parser.ts';

/**
 * What comes after a message: another, bytes of another protocol, or bytes that can be read only when the other side has answered.
 */
export type Following = 'message' | 'raw' | 'hold';

export interface MessageEvents {
  /** The first bytes of a head; a reason where it can be none. */
  refuses(soFar: Uint8Array): string | null;
  /** A whole head: how its body ends, or what follows where there is nothing to end (1xx, an upgrade). */
  head(raw: Uint8Array, at: Date): Framing | Following;
  body(chunk: Uint8Array): void;
  end(trailers: HeaderList): Following;
  raw(bytes: Uint8Array): void;
  malformed(reason: string): void;
}

type Phase = 'head' | 'length' | 'chunked' | 'close' | 'raw' | 'hold' | 'none';

/** Reads the messages of one side of an HTTP/1 connection. */
export class MessageReader {
  readonly #events: MessageEvents;
  #phase: Phase = 'head';
  #head = new HeadCollector(false);
  #chunked = new ChunkedBody();
  #left = 0;
  readonly #held = new ByteStore();

  constructor(events: MessageEvents) {
    this.#events = events;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** True in the middle of a head. */
  get isInHead(): boolean {
    return this.#phase === 'head' && this.#head.length > 0;
  }

  get isInBody(): boolean {
    return this.#phase === 'length' || this.#phase === 'chunked' || this.#phase === 'close';
  }

  feed(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.#phase !== 'none') at = this.#step(bytes, at);
  }

  /** Reads on after `hold`, with what was held. */
  resume(following: 'message' | 'raw'): void {
    const held = this.#held.take();
    this.#follow(following);
    this.feed(held);
  }

  stop(): void {
    this.#phase = 'none';
    this.#held.clear();
  }

  #step(bytes: Uint8Array, at: number): number {
    switch (this.#phase) {
      case 'head':
        return this.#collect(bytes, at);
      case 'length': {
        const end = Math.min(bytes.length, at + this.#left);
        this.#events.body(bytes.subarray(at, end));
        this.#left -= end - at;
        if (this.#left === 0) this.#end([]);
        return end;
      }
      case 'chunked': {
        const end = this.#chunked.feed(bytes, at, (chunk) => this.#events.body(chunk));
        if (this.#chunked.malformed !== null) this.#malformed(this.#chunked.malformed);
        else if (this.#chunked.ended) this.#end(this.#chunked.ended);
        return end;
      }
      case 'close':
        this.#events.body(at === 0 ? bytes : bytes.subarray(at));
        return bytes.length;
      case 'raw':
        this.#events.raw(at === 0 ? bytes : bytes.subarray(at));
        return bytes.length;
      case 'hold':
        this.#held.add(bytes.subarray(at));
        if (this.#held.length > HEAD_LIMIT)
          this.#malformed('Too much was sent before an upgrade was answered.');
        return bytes.length;
      default:
        return bytes.length;
    }
  }

  #collect(bytes: Uint8Array, at: number): number {
    const end = this.#head.feed(bytes, at);
    if (this.#head.length === 0) return end;
    const refusal = this.#events.refuses(this.#head.view());
    if (refusal !== null) this.#malformed(refusal);
    else if (this.#head.isTooLong) this.#malformed('A head is too long.');
    else if (this.#head.done) {
      const { at: seenAt } = this.#head;
      const raw = this.#head.take();
      this.#head = new HeadCollector(false);
      this.#open(this.#events.head(raw, seenAt));
    }
    return end;
  }

  #open(next: Framing | Following): void {
    // What the head set off on the other side may have stopped this one.
    if (this.#phase === 'none') return;
    if (typeof next === 'string') this.#follow(next);
    else if (next.kind === 'refused') this.#malformed(next.reason);
    else if (next.kind === 'none') this.#end([]);
    else if (next.kind === 'close') this.#phase = 'close';
    else if (next.kind === 'chunked') {
      this.#chunked = new ChunkedBody();
      this.#phase = 'chunked';
    } else if (next.length === 0) this.#end([]);
    else {
      this.#left = next.length;
      this.#phase = 'length';
    }
  }

  #end(trailers: HeaderList): void {
    this.#follow(this.#events.end(trailers));
  }

  #follow(following: Following): void {
    if (this.#phase === 'none') return;
    this.#phase = following === 'message' ? 'head' : following;
  }

  #malformed(reason: string): void {
    this.stop();
    this.#events.malformed(reason);
  }
}
