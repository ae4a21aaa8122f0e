import type { HeaderList } from '../../../../shared/domain/provenance.ts';
import type { HttpExchange, ResourceInput } from '../../../archive/warc/types.ts';
import type { Payload } from '../../../archive/bytes.ts';
import type { Record } from '../../witness/witness.ts';
import { decodeBody } from './decode-body.ts';

/** Bytes of one body, and of all together, that are held until the capture ends; beyond them the record is not all that can be searched. */
const ONE = 6_000_000;
const ALL = 32_000_000;
const MANY_HEADS = 3000;

interface Body {
  url: string;
  headers: HeaderList;
  isDecoded: boolean;
  bytes: Uint8Array;
}

interface Head {
  status: number;
  headers: HeaderList;
}

/** Listens to what goes into the record, whichever witness gives it, and holds what a page can have made its text of. */
export class KeptBodies {
  readonly #bodies: Body[] = [];
  readonly #heads = new Map<string, Head>();
  readonly #sockets: Uint8Array[] = [];
  readonly #made = new Map<'dom' | 'text', Uint8Array>();
  #held = 0;
  #complete = true;

  /** The same record, listened to. */
  through(record: Record): Record {
    return {
      exchange: async (exchange) => {
        const written = await record.exchange(exchange);
        await this.#hear(exchange);
        return written;
      },
      resource: async (resource) => {
        const written = await record.resource(resource);
        await this.#hearResource(resource);
        return written;
      },
    };
  }

  /** Headers of the answer from an address; empty where there was none. */
  headers(url: string, status: number | null): HeaderList {
    const head = this.#heads.get(url);
    return head && head.status === status ? head.headers : [];
  }

  /** The body of the latest answer from an address, as text; null where it is not held or is no text. */
  text(url: string): string | null {
    const body = this.#bodies.findLast((one) => one.url === url);
    return body ? decodeBody(body.bytes, body.headers, body.isDecoded) : null;
  }

  /** The document or the text as shown; empty where there is none. */
  made(kind: 'dom' | 'text'): string {
    const bytes = this.#made.get(kind);
    return bytes ? Buffer.from(bytes).toString('utf8') : '';
  }

  /** Every body that is text, one after the other. */
  *texts(): Generator<string> {
    for (const { bytes, headers, isDecoded } of this.#bodies) {
      const text = decodeBody(bytes, headers, isDecoded);
      if (text !== null) yield text;
    }
    for (const bytes of this.#sockets) yield Buffer.from(bytes).toString('utf8');
  }

  /** False where something that may hold text was too long to be held. */
  get complete(): boolean {
    return this.#complete;
  }

  async #hear(exchange: HttpExchange): Promise<void> {
    const { url, status, responseHeaders: headers, payload, bodyDecoded: isDecoded } = exchange;
    if (this.#heads.size < MANY_HEADS) this.#heads.set(url, { status, headers });
    if (!payload || payload.size === 0 || isMedia(exchange)) return;
    const bytes = await this.#read(payload);
    if (bytes) this.#bodies.push({ url, headers, isDecoded, bytes });
  }

  async #hearResource({ uri, payload }: ResourceInput): Promise<void> {
    const kind = uri.startsWith('urn:dom:') ? 'dom' : uri.startsWith('urn:text:') ? 'text' : null;
    if (!kind && !uri.startsWith('urn:websocket:')) return;
    const bytes = await this.#read(payload);
    if (bytes && kind) this.#made.set(kind, bytes);
    else if (bytes) this.#sockets.push(bytes);
  }

  async #read(payload: Payload): Promise<Uint8Array | null> {
    if (payload.size > ONE || this.#held + payload.size > ALL) {
      this.#complete = false;
      return null;
    }
    this.#held += payload.size;
    const pieces: Uint8Array[] = [];
    for await (const piece of payload.stream()) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}

/** Pictures, sound, film and type hold no text that a script shows. */
function isMedia({ mimeType, responseHeaders, resourceType }: HttpExchange): boolean {
  const type = mimeType ?? responseHeaders.find(([key]) => key.toLowerCase() === 'content-type')?.[1] ?? '';
  if (/^(?:text|application)\/(?!octet-stream|pdf|zip|font)/i.test(type) || /svg|json|xml/i.test(type))
    return false;
  return (
    /^(?:image|audio|video|font)\/|pdf|zip|font/i.test(type) ||
    /^(?:image|media|font)$/.test(resourceType ?? '')
  );
}
