import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { negativeControls } from '../../../../test/conformance/controls.ts';
import {
  sampleExchange,
  sampleSigner,
  sampleTime,
  writeSampleWacz,
} from '../../../../test/conformance/sample-wacz.ts';
import { MemorySink } from '../../../../test/conformance/sinks.ts';
import { bytesSource } from '../random-access.ts';
import { dataStart, readZipDirectory } from '../zip/reader.ts';
import { ZipWriter } from '../zip/writer.ts';
import { checkWacz, type WaczCheck } from './check.ts';
import { openWacz } from './reader.ts';
import { WaczWriter } from './writer.ts';

const check = (bytes: Uint8Array): Promise<WaczCheck> => checkWacz(bytesSource(bytes));

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

let sound: Uint8Array = new Uint8Array(0);
beforeAll(async () => {
  const sink = new MemorySink();
  await writeSampleWacz(sink, { signer: sampleSigner(), zipNumThreshold: 0 });
  sound = sink.bytes();
});

describe('one changed bit', () => {
  it('is reported wherever it is', async () => {
    expect(await check(sound)).toMatchObject({ ok: true });
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.byteLength - 1), fc.nat(7), async (at, bit) => {
        const { ok, problems } = await check(flipped(sound, at, bit));
        expect([ok, problems.length > 0]).toEqual([false, true]);
        for (const { item, reason } of problems)
          expect([item, reason].every((words) => words.length > 3)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is reported in every file of the archive, by the name of the file', async () => {
    const source = bytesSource(sound);
    for (const entry of await readZipDirectory(source)) {
      const start = dataStart(source, entry);
      for (const at of [start, start + Math.floor(entry.size / 2), start + entry.size - 1]) {
        const { problems } = await check(flipped(sound, at, at % 8));
        expect(problems.map(({ item }) => item).join('\n')).toContain(entry.name);
      }
    }
  });

  it('in a record names the record, and the records around it are still read', async () => {
    const reader = await openWacz(bytesSource(sound));
    const archive = reader.entries().find(({ name }) => name === 'archive/data.warc.gz');
    if (archive === undefined) throw new Error('there is no WARC');
    const start = dataStart(bytesSource(sound), archive);
    const records = (await check(sound)).records;
    let number = 0;
    for await (const record of reader.records()) {
      number += 1;
      if (number % 4 !== 2) continue;
      // Behind the head of the gzip member, so that the record is found but not sound.
      const end = await record.finish();
      const result = await check(flipped(sound, start + end - 7, 3));
      const named = result.problems.find(({ item }) =>
        item.startsWith(`archive/data.warc.gz, record ${number}: ${record.type} `),
      );
      expect(named?.item).toBe(`archive/data.warc.gz, record ${number}: ${record.type} ${record.uri}`);
      expect(result.records).toBe(records - 1);
    }
    expect(number).toBeGreaterThan(20);
  });
});

/** The archive as a forger writes it afresh: one file changed, all ZIP checksums right. What the check says to it. */
async function forged(
  archive: Uint8Array,
  path: string,
  change: (text: string) => string,
): Promise<string[]> {
  const reader = await openWacz(bytesSource(archive));
  const sink = new MemorySink();
  const zip = new ZipWriter(sink, sampleTime);
  for (const { name } of reader.entries()) {
    const bytes = await reader.bytes(name, 1_000_000);
    const text = Buffer.from(bytes).toString('latin1');
    zip.add(name, name === path ? Buffer.from(change(text), 'latin1') : bytes);
  }
  zip.finish();
  return (await check(sink.bytes())).problems.map(({ item, reason }) => `${item}: ${reason}`);
}

describe('an archive whose parts do not agree', () => {
  it('is reported: another title in the description', async () => {
    const problems = await forged(sound, 'datapackage.json', (text) => text.replace('A page', 'B page'));
    expect(problems).toEqual([expect.stringContaining('datapackage.json: its SHA-256')]);
  });

  it.each([
    [/"signature": "./, '"signature": "+', 'datapackage-digest.json: its signature'],
    ['"created": "2026', '"created": "2025', 'the time that was signed'],
    ['"version"', '"domain": "x.org", "version"', 'anonymous form'],
    [/"publicKey": ".{8}/, '"publicKey": "AAAAAAAA', 'not readable'],
  ])('is reported: a signature with %s as %j', async (found, put, reason) => {
    const problems = await forged(sound, 'datapackage-digest.json', (text) => text.replace(found, put));
    expect(problems).toEqual([expect.stringContaining(reason)]);
  });

  it('is reported: pages that are no pages', async () => {
    const problems = await forged(sound, 'pages/pages.jsonl', () => '{"format":"other"}\n');
    expect(problems.join('\n')).toContain('pages/pages.jsonl, line 1');
  });

  it('is reported: an index that leads to another record, to none, or not to all of them', async () => {
    const sink = new MemorySink();
    const writer = new WaczWriter(sink, { software: 'test', now: () => sampleTime });
    await writer.begin({});
    for (const host of ['a', 'b']) await writer.exchange(sampleExchange({ url: `https://${host}.example/` }));
    await writer.finish({ title: '', mainPageUrl: 'https://a.example/', mainPageDate: sampleTime });
    const tampered = async (change: (text: string) => string): Promise<string> =>
      (await forged(sink.bytes(), 'indexes/index.cdx', change)).join('\n');

    const offset = /"offset":(\d+)/;
    const swapped = await tampered((text) => {
      const [a, b] = text.split('\n').map((line) => offset.exec(line)?.[0] ?? '');
      return text.replaceAll(new RegExp(offset, 'g'), (found) => (found === a ? (b ?? '') : (a ?? '')));
    });
    expect(swapped).toContain('the index line names another address: https://b.example/');
    expect(await tampered((text) => text.replace(offset, '"offset":1$1'))).toMatch(
      /no record starts at byte 1\d+ of archive/,
    );
    expect(await tampered((text) => text.slice(text.indexOf('\n') + 1))).toContain(
      'the index has no line for it',
    );
    expect(await tampered((text) => text.replace('"status":200', '"status":404'))).toContain(
      'another status',
    );
    expect(await tampered((text) => text.replace('example,a)', 'example,c)'))).toContain('another key');
    expect(await tampered((text) => text.split('\n').toReversed().join('\n').trim())).toContain(
      'not in order',
    );
  });

  it('is reported: a body that is another, even where all checksums around it were made right', async () => {
    const [control] = await negativeControls(sound);
    const { problems } = await check(control?.bytes ?? new Uint8Array(0));
    const item = expect.stringMatching(
      /^archive\/data\.warc\.gz, record \d+: response https:\/\/www\.example\.org\/chunked\.js$/,
    );
    expect(problems).toContainEqual({ item, reason: 'its block digest does not match' });
    expect(problems).toContainEqual({ item, reason: 'its payload digest does not match' });
  });
});

function named(error: unknown): undefined {
  expect(error).toHaveProperty('item');
}

describe('what is no sound archive', () => {
  it('is refused, never crashed on and never waited for', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
    const mutation = fc.oneof(
      // Overwritten in place, so that what is around it is still found; put in; taken out.
      {
        weight: 4,
        arbitrary: fc.tuple(fc.nat(), bytes).map(([at, put]) => ({ at, put, cut: put.byteLength })),
      },
      { weight: 1, arbitrary: fc.record({ at: fc.nat(), put: bytes, cut: fc.constant(0) }) },
      {
        weight: 1,
        arbitrary: fc.record({ at: fc.nat(), put: fc.constant(new Uint8Array(0)), cut: fc.nat(5000) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (mutations, foreign) => {
          let bytes = Buffer.from(sound);
          for (const { at, put, cut } of mutations) {
            const place = at % Math.max(1, bytes.byteLength);
            bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
          }
          fc.pre(!bytes.equals(sound));
          const result = await checkWacz(bytesSource(bytes), { foreign });
          if (!foreign) expect(result.ok).toBe(false);
          const reader = await openWacz(bytesSource(bytes)).catch(named);
          await reader?.cdx().catch(named);
          await reader?.resource('https://www.example.org/chunked.js').catch(named);
        },
      ),
      { numRuns: 120 },
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['noise', new Uint8Array(5000).map((_, at) => (at * 7919) % 256)],
    ['a file full of false starts', Buffer.from('\x1f\x8b\x08'.repeat(50_000), 'latin1')],
    ['only an end of a ZIP', Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')],
  ])('is refused: %s', async (_, bytes) => {
    expect((await check(bytes)).ok).toBe(false);
  });

  it('is reported where a WARC is full of false starts', async () => {
    const sink = new MemorySink();
    const zip = new ZipWriter(sink, sampleTime);
    zip.add('archive/data.warc.gz', Buffer.from('\x1f\x8b\x08'.repeat(100_000), 'latin1'));
    zip.finish();
    expect((await check(sink.bytes())).problems.map(({ item }) => item)).toContain(
      'archive/data.warc.gz, record 1',
    );
  });
});
