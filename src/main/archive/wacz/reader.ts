import type { RandomAccess } from '../bytes.ts';
import type { CdxEntry } from '../cdx/line.ts';
import { surt } from '../cdx/surt.ts';
import { blocksForKey } from '../cdx/zipnum.ts';
import { ArchiveError } from '../errors.ts';
import { sliceSource } from '../random-access.ts';
import { DigestCheck } from '../warc/digest.ts';
import { holdsHttp, readHttpMessage } from '../warc/http-message.ts';
import { readRecordAt, readWarc, type WarcRecord } from '../warc/reader.ts';
import { safeUri } from '../warc/safe-text.ts';
import { readZipDirectory, type ZipEntry } from '../zip/reader.ts';
import {
  type Datapackage,
  DATAPACKAGE,
  datapackageSchema,
  MAX_TEXT,
  PAGES,
  type PageRow,
  parseJson,
  parsePages,
} from './datapackage.ts';
import { blockEntries, openZipNum, readIndex } from './index-reader.ts';
import { collect, ZipArchive } from './zip-archive.ts';

/** The payload of a record: its media type, its size in bytes, and its bytes as a stream (once) or whole. */
export interface FoundResource {
  readonly contentType: string;
  readonly size: number;
  stream(): AsyncIterable<Uint8Array>;
  /** Throws ArchiveError where it is longer than `maxBytes`. */
  bytes(maxBytes?: number): Promise<Uint8Array>;
}

/** Opens a WACZ 1.1.1, or one like it. Throws ArchiveError where it is none. */
export async function openWacz(source: RandomAccess): Promise<WaczReader> {
  const entries = await readZipDirectory(source);
  const archive = new ZipArchive(source, entries);
  const text = new TextDecoder().decode(await archive.bytes(DATAPACKAGE, MAX_TEXT));
  return new WaczReader(archive, parseJson(datapackageSchema, text, DATAPACKAGE));
}

/** A WACZ that can be read at any place. Reads what is asked for; `checkWacz` says whether all of it is sound. */
export class WaczReader {
  readonly datapackage: Datapackage;
  readonly #archive: ZipArchive;
  #plainLines: CdxEntry[] | null = null;

  constructor(archive: ZipArchive, datapackage: Datapackage) {
    this.#archive = archive;
    this.datapackage = datapackage;
  }

  entries(): readonly ZipEntry[] {
    return this.#archive.entries;
  }

  /** A file's bytes. Throws ArchiveError where it is not there or does not match the ZIP's checksum. */
  stream(path: string): AsyncIterable<Uint8Array> {
    return this.#archive.stream(path);
  }

  async bytes(path: string, maxBytes = MAX_TEXT): Promise<Uint8Array> {
    return await this.#archive.bytes(path, maxBytes);
  }

  async pages(): Promise<PageRow[]> {
    return parsePages(new TextDecoder().decode(await this.bytes(PAGES)), PAGES);
  }

  /** The whole index, in its order. */
  async cdx(): Promise<CdxEntry[]> {
    return await readIndex(this.#archive);
  }

  /** The index lines of an address, oldest first. Of a compressed index only the blocks that may hold it are read. */
  async find(url: string): Promise<CdxEntry[]> {
    const key = surt(url);
    const blockIndex = this.#archive.entries.find((entry) => entry.name.endsWith('.idx'));
    if (blockIndex === undefined) {
      this.#plainLines ??= await readIndex(this.#archive);
      return this.#plainLines.filter((line) => line.key === key);
    }
    const { blocks, packed } = await openZipNum(this.#archive, blockIndex.name);
    return blocksForKey(blocks, key).flatMap((block) =>
      blockEntries(packed, block, blockIndex.name).filter((line) => line.key === key),
    );
  }

  /** Every record of every WARC file, in order. A record's block must be read before the next record is asked for. */
  async *records(): AsyncGenerator<WarcRecord> {
    for (const file of this.#archive.warcs) yield* readWarc(this.#archive.stored(file), file);
  }

  /** Every record as above, with the file it is in and its own bytes there (of its gzip member, where it has one). */
  async *placedRecords(): AsyncGenerator<{ file: string; record: WarcRecord; bytes: RandomAccess }> {
    for (const file of this.#archive.warcs) {
      const stored = this.#archive.stored(file);
      for await (const record of readWarc(stored, file)) {
        const end = await record.finish();
        yield { file, record, bytes: sliceSource(stored, record.offset, end - record.offset) };
      }
    }
  }

  /** The record an index line points to, or an ArchiveError. */
  async record(line: Pick<CdxEntry, 'filename' | 'offset' | 'length' | 'url'>): Promise<WarcRecord> {
    const path = `archive/${line.filename}`;
    const file = this.#archive.stored(path);
    const item = `${path} at byte ${line.offset}: ${line.url}`;
    if (line.offset >= file.size) throw new ArchiveError(item, 'the index points outside of the file');
    const record = await readRecordAt(file, line.offset, item);
    if (record.uri !== line.url) throw new ArchiveError(item, `another record is there: ${record.uri}`);
    return record;
  }

  /** The latest record of an address (`urn:view:URL`, or an http address): its payload. Null where there is none. */
  async resource(uri: string): Promise<FoundResource | null> {
    const wanted = safeUri(uri);
    const line = (await this.find(wanted)).findLast((candidate) => candidate.url === wanted);
    if (line === undefined) return null;
    const record = await this.record(line);
    const http = holdsHttp(record) ? await readHttpMessage(record, wanted) : null;
    const claimed = http?.headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1];
    const stream = (): AsyncGenerator<Uint8Array> => verified(record, http?.body() ?? record.block(), wanted);
    return {
      contentType: http === null ? record.contentType : (claimed ?? 'application/octet-stream'),
      size: http?.bodyLength ?? record.contentLength,
      stream,
      bytes: (maxBytes = MAX_TEXT) => collect(stream(), maxBytes, wanted),
    };
  }
}

/** A payload's bytes; throws ArchiveError at the end where the record or its payload digest is not sound. */
async function* verified(
  record: WarcRecord,
  body: AsyncIterable<Uint8Array>,
  item: string,
): AsyncGenerator<Uint8Array> {
  const digest = new DigestCheck(record.fields.get('WARC-Payload-Digest'));
  try {
    for await (const chunk of body) {
      digest.update(chunk);
      yield chunk;
    }
    await record.finish();
  } finally {
    await record.close();
  }
  if (digest.problem() !== null) throw new ArchiveError(item, `its payload digest ${digest.problem()}`);
}
