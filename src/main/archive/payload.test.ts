import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BodySpool } from './body-spool.ts';
import type { Payload } from './bytes.ts';
import { bytesPayload, emptyPayload, filePayload } from './payload.ts';
import { bytesSource, fileSource, sliceSource } from './random-access.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payload-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(payload: Payload): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of payload.stream()) parts.push(chunk);
  return Buffer.concat(parts);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a body that arrives in pieces', () => {
  it('is what was written, in memory or beyond it, as often as it is read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 120 }),
        async (pieces, limit) => {
          const spool = new BodySpool(folder, limit);
          for (const piece of pieces) {
            const reused = Uint8Array.from(piece);
            spool.write(reused);
            reused.fill(0xee);
          }
          const whole = Buffer.concat(pieces);
          const payload = spool.finish();
          expect(payload).toMatchObject({ size: whole.byteLength, sha256: sha256(whole) });
          expect((await read(payload)).equals(whole)).toBe(true);
          expect((await read(payload)).equals(whole)).toBe(true);
          expect(readdirSync(folder)).toHaveLength(whole.byteLength > limit ? 1 : 0);
          spool.discard();
          expect(readdirSync(folder)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is in a file that only its owner may read, which goes with it', () => {
    const spool = new BodySpool(folder, 10);
    spool.write(new Uint8Array(11));
    const [name] = readdirSync(folder);
    expect(statSync(join(folder, name ?? '')).mode & 0o777).toBe(0o600);
    spool.discard();
    spool.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes nothing more once it is over', () => {
    const spool = new BodySpool(folder);
    const payload = spool.finish();
    expect(() => spool.write(new Uint8Array(1))).toThrow('finished');
    spool.discard();
    expect(() => payload.stream()).toThrow('discarded');
  });
});

it('a file is a payload, of a digest that is known or learnt', async () => {
  const path = join(folder, 'body');
  const bytes = new Uint8Array(700_000).map((_, at) => at % 253);
  writeFileSync(path, bytes);
  const learnt = await filePayload(path);
  expect(learnt).toMatchObject({ size: 700_000, sha256: sha256(bytes) });
  expect((await read(learnt)).equals(Buffer.from(bytes))).toBe(true);
  expect(await filePayload(path, { size: 1, sha256: 'told' })).toMatchObject({ size: 1, sha256: 'told' });
  expect(emptyPayload).toMatchObject({ size: 0, sha256: bytesPayload(new Uint8Array(0)).sha256 });

  const file = fileSource(path);
  expect([...file.read(250, 5)]).toEqual([250, 251, 252, 0, 1]);
  expect(() => file.read(699_999, 2)).toThrow(RangeError);
  file.close();
  rmSync(path);
});

it('a part of a source ends where it ends', () => {
  const part = sliceSource(bytesSource(Uint8Array.of(0, 1, 2, 3, 4)), 1, 3);
  expect([...part.read(0, 3)]).toEqual([1, 2, 3]);
  expect(() => part.read(1, 3)).toThrow(RangeError);
  expect(() => part.read(-1, 1)).toThrow(RangeError);
  expect(() => sliceSource(part, 2, 2)).toThrow(RangeError);
});
