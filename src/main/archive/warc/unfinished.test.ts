import { expect, it } from 'vitest';
import { sampleExchanges, sampleTime } from '../../../../test/conformance/sample-wacz.ts';
import { MemorySink } from '../../../../test/conformance/sinks.ts';
import { textPayload } from '../payload.ts';
import { bytesSource, sliceSource } from '../random-access.ts';
import { checkWacz } from '../wacz/check.ts';
import { openWacz } from '../wacz/reader.ts';
import { WaczWriter } from '../wacz/writer.ts';
import { readUnfinished, type CutRecord } from './unfinished.ts';

const picture = { uri: 'urn:view:https://example.org/', contentType: 'text/plain', time: sampleTime };

/** A WACZ as it stands while it is written, and where its WARC begins and what its SHA-256 is. */
async function half() {
  const sink = new MemorySink();
  const archive = new WaczWriter(sink, { software: 'test' });
  await archive.begin({ description: 'cut short' });
  const ends: number[] = [archive.warcSoFar.length];
  const write = async (work: Promise<unknown>): Promise<void> => {
    await work;
    ends.push(archive.warcSoFar.length);
  };
  for (const exchange of sampleExchanges) await write(archive.exchange(exchange));
  await write(archive.resource({ ...picture, payload: textPayload('a picture') }));
  const unfinished = bytesSource(sink.bytes());
  const warc = archive.warcSoFar;
  await archive.finish({ title: 'Whole', mainPageUrl: 'https://example.org/', mainPageDate: sampleTime });
  return { source: unfinished, warc, ends, whole: bytesSource(sink.bytes()) };
}

async function salvage(source: ReturnType<typeof bytesSource>) {
  const sink = new MemorySink();
  const archive = new WaczWriter(sink, { software: 'test' });
  const cut: CutRecord[] = [];
  let groups = 0;
  for await (const group of readUnfinished(source, (record) => cut.push(record))) {
    await archive.copy(source, group);
    groups += 1;
  }
  const bytes = archive.warcSoFar.length;
  await archive.finish({ title: 'Cut', mainPageUrl: 'https://example.org/', mainPageDate: sampleTime });
  return { groups, cut, bytes, wacz: bytesSource(sink.bytes()) };
}

it('gives back a whole WARC byte for byte, with the index it would have had', async () => {
  const { source, warc, ends, whole } = await half();
  const { groups, cut, wacz } = await salvage(sliceSource(source, warc.start, warc.length));
  expect(cut).toEqual([]);
  expect(groups).toBe(ends.length);
  const { problems } = await checkWacz(wacz);
  expect(problems).toEqual([]);
  const [again, before] = [await openWacz(wacz), await openWacz(whole)];
  for (const path of ['archive/data.warc.gz', 'indexes/index.cdx'])
    expect(Buffer.compare(await again.bytes(path), await before.bytes(path))).toBe(0);
});

it('is a sound archive wherever it is cut, of the records that were whole by then', async () => {
  const { source, warc, ends } = await half();
  const cuts = new Set([1, 17, 19, ...ends.flatMap((end) => [end - 9, end - 1, end, end + 1, end + 40])]);
  for (const length of [...cuts].filter((at) => at > 0 && at <= warc.length)) {
    const { cut, bytes, wacz } = await salvage(sliceSource(source, warc.start, length));
    const { problems } = await checkWacz(wacz);
    expect({ length, problems: length < (ends[0] ?? 0) ? [] : problems }).toEqual({ length, problems: [] });
    expect(bytes).toBe(ends.findLast((end) => end <= length) ?? 0);
    expect(cut.reduce((sum, record) => sum + record.bytes, bytes)).toBe(length);
  }
});

it('leaves a response without its request out, and says which', async () => {
  const { source, warc, ends } = await half();
  const [, second = 0] = ends;
  const { cut, groups } = await salvage(sliceSource(source, warc.start, second - 1));
  expect(groups).toBe(1);
  expect(cut.map(({ type }) => type)).toEqual(['response', 'request']);
});
