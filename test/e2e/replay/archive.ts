import type { ByteSink } from '../../../src/main/archive/bytes.ts';
import { bytesPayload } from '../../../src/main/archive/payload.ts';
import { bytesSource } from '../../../src/main/archive/random-access.ts';
import { WaczWriter } from '../../../src/main/archive/wacz/writer.ts';
import type { ReplaySource } from '../../../src/main/hosts/replay/source.ts';

export interface Served {
  mediaType: string;
  body: string | Uint8Array;
  /** Headers of the answer besides its type and length. */
  headers?: [string, string][];
}

class MemorySink implements ByteSink {
  #bytes = new Uint8Array(0);
  get position(): number {
    return this.#bytes.length;
  }
  write(bytes: Uint8Array): void {
    this.#bytes = Uint8Array.from([...this.#bytes, ...bytes]);
  }
  patch(offset: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, offset);
  }
  get bytes(): Uint8Array {
    return this.#bytes;
  }
}

const captured = new Date('2026-11-22T18:00:00.000Z');

/** A sealed WACZ of a few pages, written by the project's own writer; the first is the one shown first. */
export async function waczOf(pages: Record<string, Served>): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = new WaczWriter(sink, { software: 'Constat/test', now: () => captured });
  await writer.begin({});
  for (const [url, { mediaType, body, headers = [] }] of Object.entries(pages)) {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    await writer.exchange({
      url,
      method: 'GET',
      requestTime: captured,
      requestHeaders: [['Host', new URL(url).host]],
      status: 200,
      statusText: 'OK',
      responseHeaders: [['Content-Type', mediaType], ['Content-Length', String(bytes.length)], ...headers],
      httpVersion: 'http/1.1',
      payload: bytesPayload(bytes),
      bodyDecoded: false,
    });
  }
  const [first = ''] = Object.keys(pages);
  writer.page({ id: 'page-1', url: first, ts: captured, title: 'First' });
  await writer.finish({ title: 'Test', mainPageUrl: first, mainPageDate: captured });
  return sink.bytes;
}

/** Archives by the name they are replayed under, as a host would read them from cases. */
export function sourceOf(
  archives: Record<string, { url: string; bytes: Uint8Array; timestamp?: string }>,
): ReplaySource {
  return {
    async target(token) {
      const archive = archives[token];
      return archive
        ? { size: archive.bytes.length, url: archive.url, timestamp: archive.timestamp ?? '20261122180000' }
        : null;
    },
    async read(token, offset, length) {
      return bytesSource(archives[token]?.bytes ?? new Uint8Array(0)).read(offset, length);
    },
  };
}
