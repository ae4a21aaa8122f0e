import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySink } from '../../../../test/conformance/sinks.ts';
import type { RandomAccess } from '../bytes.ts';
import { bytesSource } from '../random-access.ts';
import { checkForeignZipLayout, checkZipLayout } from './check.ts';
import { centralHeader, endRecords, localHeader, type ZipMember } from './layout.ts';
import { dataStart, readZipDirectory, storedSource, streamEntry } from './reader.ts';
import { ZipWriter } from './writer.ts';

const time = new Date('2026-11-22T18:04:06Z');
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function sampleZip(): Uint8Array {
  const sink = new MemorySink();
  const zip = new ZipWriter(sink, time);
  const growing = zip.open('archive/data.warc.gz');
  growing.write(text('first '));
  growing.write(text('second'));
  growing.close();
  zip.add('pages/é.jsonl', text('{}\n'));
  zip.add('empty.txt', new Uint8Array(0));
  zip.finish();
  return sink.bytes();
}

async function readAll(zip: Uint8Array): Promise<Record<string, string>> {
  const source = bytesSource(zip);
  const files: Record<string, string> = {};
  for (const entry of await readZipDirectory(source)) {
    const parts: Uint8Array[] = [];
    for await (const chunk of streamEntry(source, entry)) parts.push(chunk);
    files[entry.name] = Buffer.concat(parts).toString();
  }
  return files;
}

describe('a ZIP as it is written', () => {
  it('is read back, name by name', async () => {
    expect(await readAll(sampleZip())).toEqual({
      'archive/data.warc.gz': 'first second',
      'pages/é.jsonl': '{}\n',
      'empty.txt': '',
    });
  });

  it('is what unzip takes for sound', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    try {
      const path = join(folder, 'sample.zip');
      writeFileSync(path, sampleZip());
      const listing = execFileSync('python3', [
        '-c',
        'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())',
        path,
      ]);
      expect(listing.toString().trim()).toBe('None');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has no data descriptors, and an extra field in a local header only where the central one has it', async () => {
    const zip = Buffer.from(sampleZip());
    for (const entry of await readZipDirectory(bytesSource(zip))) {
      expect(zip.readUInt16LE(entry.offset + 6)).toBe(0x0800);
      expect(zip.readUInt16LE(entry.offset + 28)).toBe(entry.wide ? 20 : 0);
    }
  });

  it('starts where the sink stands', async () => {
    const sink = new MemorySink();
    sink.write(text('before'));
    const zip = new ZipWriter(sink, time);
    zip.open('a.txt').close();
    zip.add('b.txt', text('b'));
    zip.finish();
    expect(await readAll(sink.bytes().subarray(6))).toEqual({ 'a.txt': '', 'b.txt': 'b' });
  });

  it('takes any bytes and keeps them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (bodies) => {
        const sink = new MemorySink();
        const zip = new ZipWriter(sink, time);
        for (const [at, body] of bodies.entries()) {
          if (at % 2 === 0) zip.add(`f${at}.bin`, body);
          else {
            const entry = zip.open(`f${at}.bin`);
            entry.write(body);
            entry.close();
          }
        }
        zip.finish();
        const source = bytesSource(sink.bytes());
        const entries = await readZipDirectory(source);
        expect(checkZipLayout(source, entries)).toEqual([]);
        expect(entries.map((entry) => Buffer.from(storedSource(source, entry).read(0, entry.size)))).toEqual(
          bodies.map((body) => Buffer.from(body)),
        );
      }),
      { numRuns: 50 },
    );
  });
});

/** Zeros, but for what is placed somewhere in them. */
function sparse(size: number, placed: [offset: number, bytes: Uint8Array][]): RandomAccess {
  return {
    size,
    read: (offset, length) => {
      const out = new Uint8Array(length);
      for (const [start, bytes] of placed) {
        for (
          let at = Math.max(offset, start);
          at < Math.min(offset + length, start + bytes.byteLength);
          at += 1
        ) {
          out[at - offset] = bytes[at - start] ?? 0;
        }
      }
      return out;
    },
  };
}

it('reads what lies beyond 4 GiB', async () => {
  const GiB = 2 ** 30;
  const big: ZipMember = {
    name: 'archive/data.warc.gz',
    crc: 1,
    size: 5 * GiB,
    offset: 0,
    time: 1,
    date: 33,
    wide: true,
  };
  const start = localHeader(big).byteLength + big.size;
  const late: ZipMember = {
    name: 'late.txt',
    crc: crc32('late'),
    size: 4,
    offset: start,
    time: 1,
    date: 33,
    wide: false,
  };
  const directoryOffset = start + localHeader(late).byteLength + 4;
  const directory = Buffer.concat([centralHeader(big), centralHeader(late)]);
  const tail = Buffer.concat([directory, endRecords(2, directoryOffset, directory.byteLength)]);
  const source = sparse(directoryOffset + tail.byteLength, [
    [0, localHeader(big)],
    [start, Buffer.concat([localHeader(late), text('late')])],
    [directoryOffset, tail],
  ]);
  const entries = await readZipDirectory(source);
  expect(entries.map(({ size, offset }) => ({ size, offset }))).toEqual([
    { size: 5 * GiB, offset: 0 },
    { size: 4, offset: start },
  ]);
  expect(checkZipLayout(source, entries)).toEqual([]);
  const [, second] = entries;
  if (second === undefined) throw new Error('there is no second entry');
  expect(dataStart(source, second)).toBe(directoryOffset - 4);
});

describe('a damaged ZIP', () => {
  it('shows one changed bit anywhere in its structure', async () => {
    const sound = sampleZip();
    const inData = new Set<number>();
    for (const entry of await readZipDirectory(bytesSource(sound))) {
      const start = dataStart(bytesSource(sound), entry);
      for (let at = start; at < start + entry.size; at += 1) inData.add(at);
    }
    const unseen: string[] = [];
    for (let at = 0; at < sound.byteLength; at += 1) {
      if (inData.has(at)) continue;
      for (const bit of [at % 8, (at + 5) % 8]) {
        const damaged = sound.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        const source = bytesSource(damaged);
        const findings = await readZipDirectory(source).then(
          (entries) => checkZipLayout(source, entries),
          (error: unknown) => [{ item: 'ZIP structure', reason: String(error) }],
        );
        if (findings.length === 0) unseen.push(`byte ${at}, bit ${bit}`);
      }
    }
    expect(unseen).toEqual([]);
  });

  it('shows changed content by its checksum', async () => {
    const damaged = sampleZip();
    const at = Buffer.from(damaged).indexOf('second');
    damaged[at] = 0x53;
    await expect(readAll(damaged)).rejects.toThrow('CRC-32');
  });

  it.each([
    ['bytes behind the end', (zip: Uint8Array) => Buffer.concat([zip, text('x')])],
    ['bytes before the start', (zip: Uint8Array) => Buffer.concat([text('x'), zip])],
    ['half of it', (zip: Uint8Array) => zip.subarray(0, zip.byteLength / 2)],
    ['nothing', () => new Uint8Array(0)],
    ['no ZIP at all', () => text('<!doctype html>'.repeat(20))],
  ])('is refused with %s', async (_, damage) => {
    const source = bytesSource(damage(sampleZip()));
    const sound = await readZipDirectory(source).then(
      (entries) => checkZipLayout(source, entries).length === 0,
      () => false,
    );
    expect(sound).toBe(false);
  });
});

/** One entry with the name and bytes given, deflated where asked for; sizes can be told wrong. */
function foreignZip(
  name: string,
  body: Uint8Array,
  claims: { method?: number; size?: number; flags?: number } = {},
): Uint8Array {
  const packed = claims.method === 8 ? deflateRawSync(body) : body;
  const member: ZipMember = {
    name,
    crc: crc32(body),
    size: packed.byteLength,
    offset: 0,
    time: 0,
    date: 33,
    wide: false,
  };
  const local = Buffer.from(localHeader(member));
  const central = Buffer.from(centralHeader(member));
  local.writeUInt16LE(claims.method ?? 0, 8);
  central.writeUInt16LE(claims.method ?? 0, 10);
  central.writeUInt16LE(0x0800 | (claims.flags ?? 0), 8);
  central.writeUInt32LE(claims.size ?? body.byteLength, 24);
  const end = endRecords(1, local.byteLength + packed.byteLength, central.byteLength);
  return Buffer.concat([local, packed, central, end]);
}

describe('a ZIP of others', () => {
  it('is read where its entries are deflated', async () => {
    const zip = foreignZip('pages/pages.jsonl', text('{}'.repeat(500)), { method: 8 });
    expect(await readAll(zip)).toEqual({ 'pages/pages.jsonl': '{}'.repeat(500) });
    expect(checkForeignZipLayout(bytesSource(zip), await readZipDirectory(bytesSource(zip)))).toEqual([]);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:/x', 'a\\b', 'a//b', './a', 'a\nb', ''])(
    'is refused for the name %j',
    async (name) => {
      await expect(readZipDirectory(bytesSource(foreignZip(name, text('x'))))).rejects.toThrow(
        'ZIP structure',
      );
    },
  );

  it('is refused where an entry claims to unpack to far more than it holds', async () => {
    const zip = foreignZip('bomb.json', new Uint8Array(1000), { method: 8, size: 2 ** 31 });
    await expect(readZipDirectory(bytesSource(zip))).rejects.toThrow('far more');
  });

  it('stops where an entry unpacks to more than it claims', async () => {
    await expect(
      readAll(foreignZip('more.json', new Uint8Array(100_000), { method: 8, size: 10 })),
    ).rejects.toThrow('more bytes');
  });

  it('is refused where it is encrypted, or compressed in a way that is not read', async () => {
    await expect(readZipDirectory(bytesSource(foreignZip('a', text('x'), { flags: 1 })))).rejects.toThrow(
      /encrypted|mismatch/,
    );
    await expect(readZipDirectory(bytesSource(foreignZip('a', text('x'), { method: 12 })))).rejects.toThrow(
      'not supported',
    );
  });
});
