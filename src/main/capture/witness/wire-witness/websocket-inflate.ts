import { constants, inflateRawSync } from 'node:zlib';

/** What a message ends with that is not sent. (RFC 7692 7.2.2) */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);
const WINDOW = 32 * 1024;

/** Undoes permessage-deflate for one direction of a WebSocket, message by message. (RFC 7692) */
export class MessageInflater {
  readonly #keepsContext: boolean;
  readonly #limit: number;
  /** The end of what was unpacked before, to which the next message may refer; null once a message could not be unpacked. */
  #window: Buffer | null = Buffer.alloc(0);

  /** `limit`: bytes that one message may unpack to. */
  constructor(keepsContext: boolean, limit: number) {
    this.#keepsContext = keepsContext;
    this.#limit = limit;
  }

  /** Null where it cannot be unpacked, or because one before it could not. */
  inflate(message: Uint8Array): Uint8Array | null {
    if (!this.#window) return null;
    try {
      const unpacked = inflateRawSync(Buffer.concat([message, TAIL]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: this.#limit,
        ...(this.#window.length > 0 && { dictionary: this.#window }),
      });
      if (this.#keepsContext) this.#window = Buffer.concat([this.#window, unpacked]).subarray(-WINDOW);
      return unpacked;
    } catch {
      this.lose();
      return null;
    }
  }

  /** A message was passed over. */
  lose(): void {
    if (this.#keepsContext) this.#window = null;
  }
}

/** The inflaters of both sides, as the answer to the handshake says; null where compression was not agreed. */
export function agreedInflaters(
  extensions: string | null,
  limit: number,
): { client: MessageInflater; server: MessageInflater } | null {
  const agreed = (extensions ?? '')
    .split(',')
    .map((extension) => extension.split(';').map((part) => part.trim().toLowerCase()))
    .find(([name]) => name === 'permessage-deflate');
  if (!agreed) return null;
  return {
    client: new MessageInflater(!agreed.includes('client_no_context_takeover'), limit),
    server: new MessageInflater(!agreed.includes('server_no_context_takeover'), limit),
  };
}
