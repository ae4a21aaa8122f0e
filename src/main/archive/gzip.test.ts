import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzipMember, gzipLevel, gzipMember, levelFor } from './gzip.ts';
import { bytesPayload } from './payload.ts';
import { bytesSource } from './random-access.ts';

async function member(body: Uint8Array, level = 6): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  await gzipMember([body], body.byteLength, level, (bytes) => parts.push(bytes));
  return Buffer.concat(parts);
}

async function unpack(bytes: Uint8Array, offset: number): Promise<{ body: Buffer; end: number }> {
  const reading = gunzipMember(bytesSource(bytes), offset, 'item');
  const parts: Uint8Array[] = [];
  for (let step = await reading.next(); ; step = await reading.next()) {
    if (step.done === true) return { body: Buffer.concat(parts), end: step.value };
    parts.push(step.value);
  }
}

describe('gzip members', () => {
  it('are found one after the other, whatever their lengths', async () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 3000, size: 'max' }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom(0, 1, 6), async (all, level) => {
        const file = Buffer.concat(await Promise.all(all.map((body) => member(body, level))));
        let offset = 0;
        for (const body of all) {
          const read = await unpack(file, offset);
          expect(read.body.equals(Buffer.from(body))).toBe(true);
          offset = read.end;
        }
        expect(offset).toBe(file.byteLength);
      }),
      { numRuns: 40 },
    );
  });

  it('end where they end when input comes in pieces of exactly their length', async () => {
    // 8192 bytes are the first piece that is read of a source.
    for (const size of [8192 - 24, 8192 - 23, 8192 - 22, 8192 - 15]) {
      const packed = await member(new Uint8Array(size).fill(7), 0);
      const read = await unpack(Buffer.concat([packed, packed]), 0);
      expect(read.end).toBe(packed.byteLength);
    }
  });

  it('are streamed where they are big, and are what gunzip reads', async () => {
    const body = new Uint8Array(3_000_000).map((_, at) => (at * 31) % 251);
    const packed = await member(body);
    expect(gunzipSync(packed).equals(Buffer.from(body))).toBe(true);
    expect((await unpack(packed, 0)).body.equals(Buffer.from(body))).toBe(true);
  });

  it('with a name and a comment in their header are read too', async () => {
    const plain = gzipSync(Buffer.from('x'));
    const named = Buffer.concat([
      plain.subarray(0, 3),
      Buffer.of(0x18),
      plain.subarray(4, 10),
      Buffer.from('n\0c\0'),
      plain.subarray(10),
    ]);
    expect((await unpack(named, 0)).body.toString()).toBe('x');
  });

  it('that are damaged or cut are refused', async () => {
    const packed = await member(Buffer.from('what was said'.repeat(50)));
    const flipped = (at: number): Uint8Array => packed.map((byte, place) => (place === at ? byte ^ 1 : byte));
    await expect(unpack(flipped(0), 0)).rejects.toThrow('no gzip member');
    await expect(unpack(flipped(packed.byteLength - 8), 0)).rejects.toThrow('checksum');
    await expect(unpack(flipped(packed.byteLength - 4), 0)).rejects.toThrow('length');
    for (let at = 10; at < packed.byteLength - 8; at += 1)
      await expect(unpack(flipped(at), 0)).rejects.toThrow('item');
    for (const size of [0, 5, 17, 20, packed.byteLength - 1])
      await expect(unpack(packed.subarray(0, size), 0)).rejects.toThrow();
  });
});

it('does not spend time on what is compressed already', () => {
  expect(['image/jpeg', 'video/mp4', 'font/woff2', 'application/pdf'].map(gzipLevel)).toEqual([0, 0, 0, 0]);
  expect(['text/html; charset=utf-8', 'image/svg+xml', 'application/json', null].map(gzipLevel)).toEqual([
    6, 6, 6, 6,
  ]);
});

it('stores what is compressed already, whatever it is called', async () => {
  const noise = bytesPayload(randomBytes(400_000));
  const text = bytesPayload(Buffer.alloc(400_000, 'the same again '));
  expect(await levelFor(noise, 'application/octet-stream', false)).toBe(0);
  expect(await levelFor(text, 'application/octet-stream', false)).toBe(6);
  expect(await levelFor(text, 'text/html', true)).toBe(0);
});
