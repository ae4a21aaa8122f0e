import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { caseFixture, patternedBytes } from '../../../test/support/case-fixture.ts';
import { BlobStore } from './blobs.ts';
import { chunkSize } from './blob-writer.ts';
import { CaseFile } from './case-file.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function chunks(file: CaseFile): number {
  return file.prepare('SELECT seq FROM blob_chunk').all().length;
}

it.each([0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize + 7])(
  'gives %i bytes back as they were',
  (length) => {
    const { file, blobs } = caseFixture();
    const bytes = patternedBytes(length);
    const writer = blobs.create('application/wacz');
    for (let at = 0; at < length; at += 700_001) writer.write(bytes.subarray(at, at + 700_001));
    expect(writer.position).toBe(length);
    const sealed = file.transaction(() => writer.finish());
    expect(sealed).toEqual({ id: writer.id, size: length, sha256: sha256(bytes) });
    expect(chunks(file)).toBe(Math.ceil(length / chunkSize));
    const reader = blobs.open(sealed.id);
    expect(reader).toMatchObject({ size: length, sha256: sealed.sha256, mediaType: 'application/wacz' });
    expect(Buffer.concat([...reader.stream()]).equals(bytes)).toBe(true);
  },
);

it('writes, patches, stores and reads back at any place, whatever the order', () => {
  const { file, blobs } = caseFixture();
  const near = fc.oneof(fc.nat(40), fc.integer({ min: chunkSize - 20, max: chunkSize + 20 }));
  const step = fc.oneof(
    fc.record({ do: fc.constant('write' as const), length: near }),
    fc.record({ do: fc.constant('patch' as const), at: fc.nat(3 * chunkSize), length: near }),
    fc.record({ do: fc.constant('read' as const), at: fc.nat(3 * chunkSize), length: near }),
    fc.record({ do: fc.constant('flush' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 12 }), (steps) => {
      const writer = blobs.create('x/y');
      let model = Buffer.alloc(0);
      steps.forEach((each, index) => {
        if (each.do === 'flush') return writer.flush();
        const bytes = patternedBytes(each.length, index + 1);
        if (each.do === 'write') {
          writer.write(bytes);
          model = Buffer.concat([model, bytes]);
        } else if (each.at + each.length <= model.length) {
          if (each.do === 'patch') {
            writer.patch(each.at, bytes);
            bytes.copy(model, each.at);
          } else
            expect(
              model.subarray(each.at, each.at + each.length).equals(writer.read(each.at, each.length)),
            ).toBe(true);
        } else expect(() => writer.patch(each.at, bytes)).toThrow(RangeError);
      });
      const { id, sha256: digest } = file.transaction(() => writer.finish());
      expect(digest).toBe(sha256(model));
      const reader = blobs.open(id);
      const from = Math.floor(model.length / 3);
      expect(model.subarray(from).equals(reader.read(from, model.length - from))).toBe(true);
      expect(() => reader.read(from, model.length + 1)).toThrow(RangeError);
    }),
    { numRuns: 30 },
  );
}, 120_000);

it('stores again what is patched after it was stored', () => {
  const { file, blobs } = caseFixture();
  const writer = blobs.create('x/y');
  writer.write(Buffer.from('length 00'));
  writer.flush();
  writer.patch(7, Buffer.from('42'));
  expect(file.transaction(() => writer.finish()).sha256).toBe(sha256(Buffer.from('length 42')));
});

it('hashes what is kept, not what was meant to be', () => {
  const { file, blobs } = caseFixture();
  const writer = blobs.create('x/y');
  writer.write(patternedBytes(chunkSize + 5));
  writer.flush();
  file.prepare('UPDATE blob_chunk SET bytes = zeroblob(length(bytes))').run();
  expect(file.transaction(() => writer.finish()).sha256).toBe(sha256(Buffer.alloc(chunkSize + 5)));
});

it('is finished only in the transaction that seals it, and is open again when that fails', () => {
  const { file, blobs } = caseFixture();
  const writer = blobs.create('x/y');
  writer.write(Buffer.from('abc'));
  expect(() => writer.finish()).toThrow('transaction');
  const failing = () =>
    file.transaction(() => {
      writer.finish();
      throw new Error('the entry could not be made');
    });
  expect(failing).toThrow('the entry');
  expect(() => blobs.open(writer.id)).toThrow('not in the case');
  writer.write(Buffer.from('def'));
  expect(file.transaction(() => writer.finish()).sha256).toBe(sha256(Buffer.from('abcdef')));
});

it('cannot be changed or removed once it is closed', () => {
  const { file, blobs } = caseFixture();
  const writer = blobs.create('x/y');
  writer.write(Buffer.from('sealed'));
  const { id } = file.transaction(() => writer.finish());
  writer.discard();
  for (const sql of [
    'UPDATE blob_chunk SET bytes = zeroblob(6)',
    'DELETE FROM blob_chunk',
    'UPDATE blob SET size = 7',
    'UPDATE blob SET closed = 0',
    'DELETE FROM blob',
    `INSERT INTO blob_chunk VALUES (${id}, 1, zeroblob(1))`,
    `INSERT OR REPLACE INTO blob_chunk VALUES (${id}, 0, zeroblob(6))`,
    `INSERT OR REPLACE INTO blob (id, media_type) VALUES (${id}, 'x/y')`,
  ])
    expect(() => file.prepare(sql).run(), sql).toThrow('append-only');
  expect(Buffer.from(blobs.open(id).read(0, 6)).toString()).toBe('sealed');
});

it('takes what was discarded out of the file, bytes and all', async () => {
  const { file, blobs } = caseFixture();
  const marker = Buffer.from('a marker that occurs nowhere else');
  const writer = blobs.create('x/y');
  for (let i = 0; i < 3 * chunkSize; i += marker.length) writer.write(marker);
  writer.flush();
  writer.discard();
  expect([chunks(file), file.prepare('SELECT id FROM blob').all().length]).toEqual([0, 0]);
  file.close();
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(file.path).includes(marker)).toBe(false);
});

it('discards what a crash left and nothing else', () => {
  const { file, blobs } = caseFixture();
  const sealed = blobs.create('x/y');
  sealed.write(patternedBytes(100));
  const { id } = file.transaction(() => sealed.finish());
  const lost = blobs.create('x/y');
  lost.write(patternedBytes(80 * 1024));
  lost.flush();
  file.close();
  const again = CaseFile.open(file.path, { application: 'again' });
  const store = new BlobStore(again);
  expect([store.discardUnfinished(), store.discardUnfinished()]).toEqual([1, 0]);
  expect(store.open(id).size).toBe(100);
  expect(chunks(again)).toBe(1);
  again.close();
});

it('says which piece of a sealed item is missing', () => {
  const { file, blobs } = caseFixture();
  const writer = blobs.create('x/y');
  writer.write(patternedBytes(2 * chunkSize));
  const { id } = file.transaction(() => writer.finish());
  file.prepare('DROP TRIGGER blob_chunk_no_delete').run();
  file.prepare('DELETE FROM blob_chunk WHERE seq = 1').run();
  const reader = blobs.open(id);
  expect(reader.read(0, 10)).toHaveLength(10);
  expect(() => reader.read(chunkSize - 5, 10)).toThrow(
    `stored bytes ${id} does not match its seal: piece 1 is missing`,
  );
  expect(() => blobs.open(99)).toThrow('not in the case');
});
