import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sampleExchange, sampleTime } from '../../../test/conformance/sample-wacz.ts';
import type { ByteSink, Payload, RandomAccess } from './bytes.ts';
import { WaczWriter } from './wacz/writer.ts';
import { gunzipMember, gzipMember } from './gzip.ts';

const MiB = 1024 * 1024;

/** A body of which only one piece exists at a time; `handed` counts what was asked of it in the present pass. */
function endlessly(size: number): { payload: Payload; handed(): number } {
  const piece = new Uint8Array(MiB).map((_, at) => (at * 7919) % 256);
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += MiB) hash.update(piece);
  let handed = 0;
  const stream = function* (): Generator<Uint8Array> {
    handed = 0;
    for (let at = 0; at < size; at += MiB) {
      handed += MiB;
      yield piece;
    }
  };
  return { payload: { size, sha256: hash.digest('hex'), stream }, handed: () => handed };
}

/** Keeps nothing, and what it was told last. */
class CountingSink implements ByteSink {
  position = 0;
  readonly #onWrite: (position: number) => void;

  constructor(onWrite: (position: number) => void) {
    this.#onWrite = onWrite;
  }

  write(bytes: Uint8Array): void {
    this.position += bytes.byteLength;
    this.#onWrite(this.position);
  }

  patch(): void {}
}

describe('a long body', () => {
  it('is on its way in a few pieces at a time, never as a whole, while it is written', async () => {
    const body = endlessly(48 * MiB);
    let ahead = 0;
    // An image is stored without compression: what was taken of the body and is not in the sink is in memory.
    const sink = new CountingSink((position) => {
      ahead = Math.max(ahead, body.handed() - position);
    });
    const writer = new WaczWriter(sink, { software: 'test', now: () => sampleTime });
    await writer.begin({});
    const responseHeaders: [string, string][] = [['content-type', 'image/jpeg']];
    const written = await writer.exchange(sampleExchange({ payload: body.payload, responseHeaders }));
    expect(written.length).toBeGreaterThan(48 * MiB);
    expect(ahead).toBeLessThan(8 * MiB);
  });

  it('is on its way in a few pieces at a time while it is read', async () => {
    const { payload } = endlessly(32 * MiB);
    const parts: Uint8Array[] = [];
    await gzipMember(payload.stream(), payload.size, 0, (bytes) => parts.push(bytes));
    const file = Buffer.concat(parts);
    let taken = 0;
    const source: RandomAccess = {
      size: file.byteLength,
      read: (offset, length) => {
        taken = Math.max(taken, offset + length);
        return file.subarray(offset, offset + length);
      },
    };
    let given = 0;
    let ahead = 0;
    for await (const chunk of gunzipMember(source, 0, 'item')) {
      ahead = Math.max(ahead, taken - given);
      given += chunk.byteLength;
    }
    expect(given).toBe(32 * MiB);
    expect(ahead).toBeLessThan(4 * MiB);
  });
});
