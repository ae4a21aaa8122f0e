import { gunzipSync, gzipSync } from 'node:zlib';
import { bytesSource } from '../../src/main/archive/random-access.ts';
import { readWarc } from '../../src/main/archive/warc/reader.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { ZipWriter } from '../../src/main/archive/zip/writer.ts';
import { MemorySink } from './sinks.ts';

/** An archive that is not sound, and which validators must say so. */
export interface Control {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly seenBy: readonly string[];
}

const WARC = 'archive/data.warc.gz';

/** Damaged copies of a sound archive. ZIP and gzip checksums are made right again, so that the damage itself has to be seen. */
export async function negativeControls(sound: Uint8Array): Promise<Control[]> {
  return [
    {
      name: 'one byte of a body changed',
      bytes: await rewritten(sound, WARC, (warc) => eachResponse(warc, flippedBody)),
      seenBy: ['constat check', 'warcio check', 'wacz validate', 'jwarc validate'],
    },
    {
      name: 'a field where the standard forbids it',
      bytes: await rewritten(sound, WARC, (warc) => eachResponse(warc, forbiddenField)),
      seenBy: ['constat check', 'wacz validate', 'jwarc validate'],
    },
    {
      name: 'one byte of the page list changed',
      bytes: await rewritten(sound, 'pages/pages.jsonl', (pages) => flipped(pages, pages.byteLength - 4)),
      seenBy: ['constat check', 'wacz validate'],
    },
  ];
}

async function rewritten(
  archive: Uint8Array,
  path: string,
  change: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  const reader = await openWacz(bytesSource(archive));
  const sink = new MemorySink();
  const zip = new ZipWriter(sink, new Date(0));
  for (const { name } of reader.entries()) {
    const bytes = await reader.bytes(name);
    zip.add(name, name === path ? await change(bytes) : bytes);
  }
  zip.finish();
  return sink.bytes();
}

/** Unpacks each record, changes the responses that have a body, and packs each again. */
async function eachResponse(
  warc: Uint8Array,
  change: (record: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  const records: Uint8Array[] = [];
  for await (const record of readWarc(bytesSource(warc), WARC)) {
    const bytes = gunzipSync(warc.subarray(record.offset, await record.finish()));
    const changing = record.type === 'response' && record.uri.endsWith('.js');
    records.push(gzipSync(changing ? change(bytes) : bytes));
  }
  return Buffer.concat(records);
}

/** The last byte of the body: before the four that end the record. */
function flippedBody(record: Uint8Array): Uint8Array {
  return flipped(record, record.byteLength - 5);
}

function forbiddenField(record: Uint8Array): Uint8Array {
  const text = Buffer.from(record).toString('latin1');
  return Buffer.from(
    text.replace('\r\n', '\r\nWARC-Refers-To-Target-URI: https://www.example.org/\r\n'),
    'latin1',
  );
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
