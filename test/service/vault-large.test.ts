import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { caseFixture, patternedBytes } from '../support/case-fixture.ts';

const mebibyte = 1024 ** 2;

it('writes, seals and reads 300 MiB without holding them in memory', () => {
  const { file, blobs } = caseFixture();
  const piece = patternedBytes(mebibyte);
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const expected = createHash('sha256');
  const writer = blobs.create('application/wacz');
  for (let i = 0; i < 300; i += 1) {
    piece.writeUInt32BE(i);
    expected.update(piece);
    writer.write(piece);
    look();
  }
  const { id, sha256, size } = file.transaction(() => writer.finish());
  look();
  expect([size, sha256]).toEqual([300 * mebibyte, expected.digest('hex')]);
  const read = createHash('sha256');
  for (const part of blobs.open(id).stream()) {
    read.update(part);
    look();
  }
  expect(read.digest('hex')).toBe(sha256);
  expect((peak - before) / mebibyte).toBeLessThan(150);
});
