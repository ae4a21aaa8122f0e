import type { ByteSink, Payload, RandomAccess } from '../bytes.ts';
import { packZipNum } from '../cdx/zipnum.ts';
import { cdxTimestamp, type CdxFields, formatCdxLine, sortLines } from '../cdx/line.ts';
import { requestQuery } from '../cdx/request-query.ts';
import { surt } from '../cdx/surt.ts';
import { chunksOf } from '../random-access.ts';
import { claimedType, storedStatus } from '../warc/http-head.ts';
import { safeToken, validMediaType } from '../warc/safe-text.ts';
import type { HttpExchange, ResourceInput, WrittenRecord } from '../warc/types.ts';
import { QUERY_BODY, type WholeRecord } from '../warc/unfinished.ts';
import { WarcWriter } from '../warc/writer.ts';
import { type EntryWriter, type WrittenEntry, ZipWriter } from '../zip/writer.ts';
import {
  DATAPACKAGE,
  DATAPACKAGE_DIGEST,
  INDEX_BLOCKS,
  INDEX_PACKED,
  INDEX_PLAIN,
  PAGES,
  WACZ_VERSION,
  WARC_FILE,
} from './datapackage.ts';
import { type PageInput, pagesFile } from './pages.ts';
import { signedData, type WaczSigner } from './signature.ts';

export interface WaczOptions {
  /** `Constat/0.1.0` */
  software: string;
  /** The WARC's `operator`: who made it, in the form that may leave the machine. */
  operatorNote?: string;
  signer?: WaczSigner;
  now?: () => Date;
  /** Bytes of index from which on it is compressed in blocks (ZipNum). */
  zipNumThreshold?: number;
}

export interface WaczPackage {
  title: string;
  /** Markdown. */
  description?: string;
  mainPageUrl: string;
  mainPageDate: Date;
}

export interface WaczSummary {
  readonly size: number;
  readonly resources: { path: string; hash: string; bytes: number }[];
  /** `sha256:…` of datapackage.json. */
  readonly datapackageHash: string;
  /** Records in the WARC, warcinfo included. */
  readonly recordCount: number;
}

/**
 * Writes a WACZ 1.1.1 as it is recorded: one WARC file that grows while exchanges come in, and at the end its index, the
 * pages, extra files, the package description, its digest and, with a signer, an anonymous signature. In memory are only the
 * index lines and the pages. Calls may overlap. Follows reference part 3 throughout.
 */
export class WaczWriter {
  readonly #sink: ByteSink;
  readonly #start: number;
  readonly #options: WaczOptions;
  readonly #now: () => Date;
  readonly #zip: ZipWriter;
  readonly #warc: WarcWriter;
  readonly #entry: EntryWriter;
  /** Where the WARC begins in the sink. */
  readonly #warcStart: number;
  readonly #lines: Uint8Array[] = [];
  readonly #pages: PageInput[] = [];
  readonly #extras = new Map<string, Uint8Array>();
  #records = 0;
  #finished = false;

  constructor(sink: ByteSink, options: WaczOptions) {
    this.#sink = sink;
    this.#start = sink.position;
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#zip = new ZipWriter(sink, this.#now());
    this.#entry = this.#zip.open(`archive/${WARC_FILE}`);
    this.#warcStart = sink.position;
    this.#warc = new WarcWriter(this.#entry);
  }

  /** Writes the warcinfo record: must come first. `software`, `format` and `conformsTo` are added. */
  async begin(warcinfo: Record<string, string>): Promise<void> {
    const fields = {
      software: this.#options.software,
      format: 'WARC File Format 1.1',
      conformsTo: 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      ...(this.#options.operatorNote === undefined ? {} : { operator: this.#options.operatorNote }),
      ...warcinfo,
    };
    await this.#warc.warcinfo(fields, this.#now());
    this.#records += 1;
  }

  /** Writes a response and its request, and indexes the response. Returns the response. */
  async exchange(exchange: HttpExchange): Promise<WrittenRecord> {
    const method = safeToken(exchange.method);
    const body =
      method === 'GET' ? new Uint8Array(0) : await firstBytes(exchange.requestBody ?? null, QUERY_BODY);
    const { response } = await this.#warc.exchange(exchange);
    this.#records += 2;
    const contentType =
      exchange.requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    const query = requestQuery(response.uri, method, contentType, body);
    this.#index(response, query?.url ?? response.uri, exchange.requestTime, {
      mime: claimedType(exchange.responseHeaders) ?? exchange.mimeType ?? 'unk',
      status: storedStatus(exchange.status),
      ...(query === null ? {} : { method, requestBody: query.requestBody }),
    });
    return response;
  }

  /** Writes and indexes something that was made beside the exchanges. */
  async resource(resource: ResourceInput): Promise<WrittenRecord> {
    const written = await this.#warc.resource(resource);
    this.#records += 1;
    const mime =
      (validMediaType(resource.contentType) ?? 'application/octet-stream').split(';', 1)[0]?.trim() ?? '';
    this.#index(written, written.uri, resource.time, { mime, status: 200 });
    return written;
  }

  /** Writes something said about `uri`; it is found by the index unless it is `application/warc-fields`. */
  async metadata(
    uri: string,
    contentType: string,
    payload: Payload,
    concurrentTo?: string,
  ): Promise<WrittenRecord> {
    const time = this.#now();
    const written = await this.#warc.metadata(uri, contentType, payload, time, concurrentTo);
    this.#records += 1;
    const mime = contentType.split(';', 1)[0]?.trim() ?? '';
    if (mime !== 'application/warc-fields') this.#index(written, written.uri, time, { mime, status: 200 });
    return written;
  }

  /**
   * Takes records of an unfinished WARC over, byte for byte, and indexes them as they were meant to be: a response with its request, or one
   * of another kind.
   */
  async copy(source: RandomAccess, records: readonly WholeRecord[]): Promise<void> {
    const request = records.find(({ type }) => type === 'request');
    for (const record of records) {
      const { type, uri, fields, http, payload, contentType } = record;
      const place = await this.#warc.copy(chunksOf(source, record.offset, record.end));
      this.#records += 1;
      const written = { uri, payloadSha256: payload.sha256, ...place };
      const time = new Date(record.date);
      const mediaType = contentType.split(';', 1)[0]?.trim() ?? '';
      if (type === 'response' && http) {
        const query = request && queryOf(request);
        this.#index(written, query?.url ?? uri, time, {
          mime: claimedType(http.headers) ?? fields.get('WARC-Identified-Payload-Type') ?? 'unk',
          status: http.status ?? 0,
          ...(query ? { method: query.method, requestBody: query.requestBody } : {}),
        });
      } else if (type === 'resource' || (type === 'metadata' && mediaType !== 'application/warc-fields')) {
        this.#index(written, uri, time, { mime: mediaType, status: 200 });
      }
    }
  }

  /** The WARC as far as it is written: where it begins in the sink, its bytes, and their SHA-256. */
  get warcSoFar(): { start: number; length: number; sha256: string } {
    return { start: this.#warcStart, length: this.#entry.position, sha256: this.#entry.sha256SoFar() };
  }

  /** A row of pages.jsonl. */
  page(page: PageInput): void {
    this.#pages.push(page);
  }

  /** A file of our own, written at the end: exactly one folder deep, with a base name that no other file of the package has. */
  extra(path: `evidence/${string}.${string}`, bytes: Uint8Array): void {
    if (!/^evidence\/[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(path))
      throw new TypeError(`${path} is no name for an extra file`);
    const base = baseName(path);
    const taken = [
      WARC_FILE,
      DATAPACKAGE,
      DATAPACKAGE_DIGEST,
      ...[INDEX_PLAIN, INDEX_BLOCKS, INDEX_PACKED, PAGES].map(baseName),
    ];
    if (taken.includes(base) || this.#extras.has(path))
      throw new TypeError(`there is already a file ${base}`);
    this.#extras.set(path, bytes);
  }

  /** Completes the archive. Nothing can be written afterwards. Throws what the sink throws. */
  async finish(about: WaczPackage): Promise<WaczSummary> {
    if (this.#finished) throw new Error('the archive is finished already');
    this.#finished = true;
    await this.#warc.settle();
    const created = this.#now().toISOString();
    const entries = [
      this.#entry.close(),
      ...this.#writeIndex(),
      this.#zip.add(PAGES, pagesFile(this.#pages)),
    ];
    for (const [path, bytes] of this.#extras) entries.push(this.#zip.add(path, bytes));
    const resources = entries.map(({ path, sha256, size }) => ({
      path,
      hash: `sha256:${sha256}`,
      bytes: size,
    }));
    const datapackage = {
      profile: 'data-package',
      wacz_version: WACZ_VERSION,
      title: about.title,
      ...(about.description === undefined ? {} : { description: about.description }),
      created,
      modified: created,
      software: this.#options.software,
      mainPageUrl: about.mainPageUrl,
      mainPageDate: about.mainPageDate.toISOString(),
      resources: resources.map((resource) => ({ name: baseName(resource.path).toLowerCase(), ...resource })),
    };
    const described = this.#zip.add(DATAPACKAGE, jsonBytes(datapackage));
    const datapackageHash = `sha256:${described.sha256}`;
    const signer = this.#options.signer;
    const signedAbout = { hash: datapackageHash, created, software: this.#options.software };
    const digest = {
      path: DATAPACKAGE,
      hash: datapackageHash,
      ...(signer === undefined ? {} : { signedData: signedData(signer, signedAbout) }),
    };
    this.#zip.add(DATAPACKAGE_DIGEST, jsonBytes(digest));
    this.#zip.finish();
    return {
      size: this.#sink.position - this.#start,
      resources,
      datapackageHash,
      recordCount: this.#records,
    };
  }

  /** Plain and named `.cdx`, which players verify; from the threshold on in blocks, and then only so: players read both. */
  #writeIndex(): WrittenEntry[] {
    const sorted = sortLines(this.#lines);
    const size = sorted.reduce((sum, line) => sum + line.byteLength, 0);
    if (size < (this.#options.zipNumThreshold ?? 50_000) || size === 0) {
      return [this.#zip.add(INDEX_PLAIN, Buffer.concat(sorted))];
    }
    const { packed, index } = packZipNum(sorted, baseName(INDEX_PACKED));
    return [this.#zip.add(INDEX_PACKED, packed), this.#zip.add(INDEX_BLOCKS, index)];
  }

  #index(
    written: Pick<WrittenRecord, 'uri' | 'payloadSha256' | 'offset' | 'length' | 'recordSha256'>,
    keyUrl: string,
    time: Date,
    about: Pick<CdxFields, 'mime' | 'status'> & Partial<Pick<CdxFields, 'method' | 'requestBody'>>,
  ): void {
    const { mime, status, ...request } = about;
    const fields: CdxFields = {
      url: written.uri,
      digest: `sha256:${written.payloadSha256}`,
      mime,
      status,
      filename: WARC_FILE,
      offset: written.offset,
      length: written.length,
      recordDigest: `sha256:${written.recordSha256}`,
      ...request,
    };
    this.#lines.push(formatCdxLine(surt(keyUrl), cdxTimestamp(time.toISOString()), fields));
  }
}

function queryOf(
  request: WholeRecord,
): { url: string; requestBody: string; method: string } | null | undefined {
  const { uri, http, requestBody } = request;
  const method = http?.startLine.split(' ', 1)[0] ?? 'GET';
  const contentType = http?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const query = requestQuery(uri, method, contentType, requestBody);
  return query && { ...query, method };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, null, 2));
}

async function firstBytes(payload: Payload | null, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (payload !== null) {
    for await (const chunk of payload.stream()) {
      parts.push(chunk.subarray(0, limit - size));
      size += chunk.byteLength;
      if (size >= limit) break;
    }
  }
  return Buffer.concat(parts);
}
