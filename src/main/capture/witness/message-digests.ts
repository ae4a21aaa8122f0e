import { createHash, type Hash } from 'node:crypto';

export interface DirectionDigest {
  bytes: number;
  sha256: string;
}

/** Digests of what went over a WebSocket each way: the payloads of its messages one after the other, however they were cut into frames. */
export class MessageDigests {
  readonly #ways: Record<'sent' | 'received', { hash: Hash; bytes: number }> = {
    sent: { hash: createHash('sha256'), bytes: 0 },
    received: { hash: createHash('sha256'), bytes: 0 },
  };

  add(direction: 'sent' | 'received', payload: Uint8Array): void {
    this.#ways[direction].hash.update(payload);
    this.#ways[direction].bytes += payload.byteLength;
  }

  /** Up to now; more may be added afterwards. */
  of(direction: 'sent' | 'received'): DirectionDigest {
    const { hash, bytes } = this.#ways[direction];
    return { bytes, sha256: hash.copy().digest('hex') };
  }

  /** Whether the same was sent and received, up to now. */
  equals(other: MessageDigests): boolean {
    return (['sent', 'received'] as const).every((way) => this.of(way).sha256 === other.of(way).sha256);
  }
}
