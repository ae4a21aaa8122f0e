/** What a browser says first on a secure connection, as far as the other side must know it to say the same. */
export interface ClientHello {
  /** The name asked for, or null where there is none (an address). */
  serverName: string | null;
  /** Protocols offered, in order of preference; empty where nothing was offered. */
  alpn: string[];
}

/** Longer first messages are not read: browsers stay under 3 KB. */
const LIMIT = 64 * 1024;

export type Peeked =
  | { kind: 'more' }
  | { kind: 'tls'; hello: ClientHello }
  /** No TLS: the connection is plain. */
  | { kind: 'plain' };

/**
 * Looks at the first bytes of a connection. A ClientHello may come in several records and in several pieces
 * (RFC 8446 4.1.2, 5.1); what cannot be read as one is taken for plain text, and the other side will refuse it.
 */
export function peekClientHello(bytes: Uint8Array): Peeked {
  if (bytes[0] !== undefined && bytes[0] !== 0x16) return { kind: 'plain' };
  const message = handshakeBytes(bytes);
  if (message === 'plain' || bytes.byteLength > LIMIT) return { kind: 'plain' };
  const length = message.byteLength < 4 ? -1 : new DataView(message.buffer).getUint32(0) & 0xffffff;
  if (length < 0 || message.byteLength < 4 + length) return { kind: 'more' };
  if (message[0] !== 1) return { kind: 'plain' };
  try {
    return { kind: 'tls', hello: readHello(new Cursor(message.subarray(4, 4 + length))) };
  } catch {
    return { kind: 'plain' };
  }
}

/** The handshake message out of its TLS records, as far as it has come. */
function handshakeBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> | 'plain' {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at + 5 <= bytes.byteLength;) {
    if (bytes[at] !== 0x16 || bytes[at + 1] !== 3) return 'plain';
    const length = ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0);
    pieces.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const joined = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let place = 0;
  for (const piece of pieces) {
    joined.set(piece, place);
    place += piece.byteLength;
  }
  return joined;
}

function readHello(cursor: Cursor): ClientHello {
  cursor.skip(2 + 32);
  cursor.skip(cursor.number(1));
  cursor.skip(cursor.number(2));
  cursor.skip(cursor.number(1));
  const hello: ClientHello = { serverName: null, alpn: [] };
  if (cursor.left === 0) return hello;
  const extensions = new Cursor(cursor.take(cursor.number(2)));
  while (extensions.left > 0) {
    const type = extensions.number(2);
    const body = new Cursor(extensions.take(extensions.number(2)));
    if (type === 0) hello.serverName = readServerName(body);
    if (type === 16) hello.alpn = readAlpn(body);
  }
  return hello;
}

/** RFC 6066 3: a list of names, of which only host names exist. */
function readServerName(body: Cursor): string | null {
  const list = new Cursor(body.take(body.number(2)));
  while (list.left > 0) {
    const type = list.number(1);
    const name = list.take(list.number(2));
    if (type === 0) return Buffer.from(name).toString('latin1');
  }
  return null;
}

/** RFC 7301 3.1. GREASE values (RFC 8701) are no protocol anyone speaks and are left out. */
function readAlpn(body: Cursor): string[] {
  const list = new Cursor(body.take(body.number(2)));
  const found: string[] = [];
  while (list.left > 0) {
    const name = Buffer.from(list.take(list.number(1))).toString('latin1');
    if (/^[\x21-\x7e]+$/.test(name)) found.push(name);
  }
  return found;
}

class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.byteLength - this.#at;
  }

  number(size: 1 | 2): number {
    const [high = 0, low = 0] = this.take(size);
    return size === 1 ? high : (high << 8) | low;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new RangeError('the message is shorter than it says');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    this.take(length);
  }
}
