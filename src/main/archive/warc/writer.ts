import { createHash, randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Payload } from '../bytes.ts';
import { gzipLevel, gzipMember, levelFor } from '../gzip.ts';
import { bytesPayload, emptyPayload } from '../payload.ts';
import { claimedType, requestHead, responseHead } from './http-head.ts';
import { asciiJson, bareAddress, recordUri, safeField, safeUri, validMediaType } from './safe-text.ts';
import type { HttpExchange, ResourceInput, WrittenRecord } from './types.ts';

/** Where a WARC goes: a file, or an entry of a WACZ. */
export interface WarcOutput {
  readonly position: number;
  write(bytes: Uint8Array): void;
}

type Field = readonly [name: string, value: string];

interface Block {
  readonly head: Uint8Array;
  readonly payload: Payload;
  /** SHA-256 of head and payload. */
  readonly sha256: string;
}

/**
 * Writes WARC 1.1 (ISO 28500:2017), each record a gzip member of its own, with SHA-256 block and payload digests. Calls may
 * overlap: records that belong together stay together. When a record could not be written whole (full disk, a body that
 * changed between two passes), the file is unusable and every later call throws.
 */
export class WarcWriter {
  readonly #output: WarcOutput;
  #queue: Promise<unknown> = Promise.resolve();
  #broken: Error | null = null;
  #warcinfoId: string | null = null;

  constructor(output: WarcOutput) {
    this.#output = output;
  }

  /** The first record: what made the file. Control characters in the fields become spaces. */
  async warcinfo(fields: Readonly<Record<string, string>>, time: Date): Promise<WrittenRecord> {
    if (this.#warcinfoId !== null) throw new Error('the warcinfo record is written already');
    const id = newId();
    this.#warcinfoId = id;
    const lines = Object.entries(fields).map(
      ([name, value]) => `${name.replace(/[^\w-]/g, '_')}: ${safeField(value)}\r\n`,
    );
    const payload = bytesPayload(new TextEncoder().encode(lines.join('')));
    const block = await blockOf(new Uint8Array(0), payload);
    const common: Field[] = [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Record-ID', id],
      ['WARC-Date', time.toISOString()],
    ];
    return await this.#inTurn(() =>
      this.#record('', id, [...common, ['Content-Type', 'application/warc-fields']], block, 6),
    );
  }

  /** A response and the request it answers, one after the other. */
  async exchange(exchange: HttpExchange): Promise<{ response: WrittenRecord; request: WrittenRecord }> {
    const uri = recordUri(exchange.url);
    const responseId = newId();
    const requestId = newId();
    const claimed = claimedType(exchange.responseHeaders);
    const answer = await blockOf(responseHead(exchange), exchange.payload ?? emptyPayload);
    const question = await blockOf(requestHead(exchange), exchange.requestBody ?? emptyPayload);
    const connection = connectionFields(exchange);
    const isEncoded =
      !exchange.bodyDecoded &&
      exchange.responseHeaders.some(([name]) => name.toLowerCase() === 'content-encoding');
    const level = await levelFor(answer.payload, claimed ?? exchange.mimeType ?? null, isEncoded);
    const response: Field[] = [
      ...this.#common('response', responseId, uri, exchange.requestTime, exchange.pageId),
      ['WARC-Concurrent-To', requestId],
      ...connection,
      ...identified(exchange.mimeType, claimed),
      ...(exchange.resourceType
        ? [['WARC-Resource-Type', safeField(exchange.resourceType).toLowerCase()] as const]
        : []),
      ...(exchange.truncated ? [['WARC-Truncated', exchange.truncated] as const] : []),
      ...(exchange.extra ? [['WARC-JSON-Metadata', asciiJson(exchange.extra)] as const] : []),
      ['Content-Type', 'application/http; msgtype=response'],
    ];
    const request: Field[] = [
      ...this.#common('request', requestId, uri, exchange.requestTime, exchange.pageId),
      ['WARC-Concurrent-To', responseId],
      ...connection,
      ['Content-Type', 'application/http; msgtype=request'],
    ];
    return await this.#inTurn(async () => ({
      response: await this.#record(uri, responseId, response, answer, level),
      request: await this.#record(uri, requestId, request, question, 6),
    }));
  }

  /** Something that was made, not exchanged: its block is the payload itself. */
  async resource(resource: ResourceInput): Promise<WrittenRecord> {
    const uri = safeUri(resource.uri);
    const type = validMediaType(resource.contentType) ?? 'application/octet-stream';
    const id = newId();
    const fields: Field[] = [
      ...this.#common('resource', id, uri, resource.time, resource.pageId),
      ['Content-Type', type],
    ];
    const block = await blockOf(new Uint8Array(0), resource.payload);
    return await this.#inTurn(() => this.#record(uri, id, fields, block, gzipLevel(type)));
  }

  /** Something said about a record, or about the address. */
  async metadata(
    uri: string,
    contentType: string,
    payload: Payload,
    time: Date,
    concurrentTo?: string,
  ): Promise<WrittenRecord> {
    const target = safeUri(uri);
    const id = newId();
    const fields: Field[] = [
      ...this.#common('metadata', id, target, time),
      ...(concurrentTo === undefined ? [] : [['WARC-Concurrent-To', concurrentTo] as const]),
      ['Content-Type', validMediaType(contentType) ?? 'application/octet-stream'],
    ];
    const block = await blockOf(new Uint8Array(0), payload);
    return await this.#inTurn(() => this.#record(target, id, fields, block, 6));
  }

  /** Takes a record over from another WARC: a whole gzip member, byte for byte. */
  async copy(
    member: Iterable<Uint8Array>,
  ): Promise<Pick<WrittenRecord, 'offset' | 'length' | 'recordSha256'>> {
    return await this.#inTurn(async () => {
      const offset = this.#output.position;
      const hash = createHash('sha256');
      for (const bytes of member) {
        hash.update(bytes);
        this.#output.write(bytes);
        await setImmediate();
      }
      return { offset, length: this.#output.position - offset, recordSha256: hash.digest('hex') };
    });
  }

  /** Waits for what was begun. Throws where the file is unusable. */
  async settle(): Promise<void> {
    await this.#queue;
    if (this.#broken !== null) throw this.#broken;
  }

  #common(type: string, id: string, uri: string, time: Date, pageId?: string): Field[] {
    if (this.#warcinfoId === null) throw new Error('a WARC starts with its warcinfo record');
    return [
      ['WARC-Type', type],
      ['WARC-Record-ID', id],
      ['WARC-Date', time.toISOString()],
      ['WARC-Target-URI', uri],
      ['WARC-Warcinfo-ID', this.#warcinfoId],
      ...(pageId === undefined ? [] : [['WARC-Page-ID', safeField(pageId)] as const]),
    ];
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#broken !== null) throw this.#broken;
      try {
        return await work();
      } catch (error) {
        this.#broken = error instanceof Error ? error : new Error(String(error));
        throw error;
      }
    });
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }

  async #record(
    uri: string,
    id: string,
    fields: readonly Field[],
    block: Block,
    level: number,
  ): Promise<WrittenRecord> {
    const size = block.head.byteLength + block.payload.size;
    // Under other addresses than http(s), readers do not look for a head, and would take the whole block for the payload.
    const split = block.head.byteLength > 0 && !/^https?:/i.test(uri);
    const lines = [
      ...fields,
      ['WARC-Block-Digest', `sha256:${block.sha256}`],
      ...(split ? [] : [['WARC-Payload-Digest', `sha256:${block.payload.sha256}`] as const]),
      ['Content-Length', String(size)],
    ].map(([name, value]) => `${name}: ${value}\r\n`);
    const head = new TextEncoder().encode(`WARC/1.1\r\n${lines.join('')}\r\n`);
    const offset = this.#output.position;
    const hash = createHash('sha256');
    await gzipMember(recordBytes(head, block), head.byteLength + size + 4, level, (bytes) => {
      hash.update(bytes);
      this.#output.write(bytes);
    });
    const length = this.#output.position - offset;
    const payload = { payloadSha256: block.payload.sha256, payloadSize: block.payload.size };
    return { id, uri, offset, length, recordSha256: hash.digest('hex'), ...payload };
  }
}

function newId(): string {
  return `<urn:uuid:${randomUUID()}>`;
}

/** A first pass over the payload: the digest of the whole block, and whether the payload is what it says. */
async function blockOf(head: Uint8Array, payload: Payload): Promise<Block> {
  if (head.byteLength === 0) return { head, payload, sha256: payload.sha256 };
  const hash = createHash('sha256').update(head);
  for await (const chunk of checked(payload)) hash.update(chunk);
  return { head, payload, sha256: hash.digest('hex') };
}

async function* recordBytes(head: Uint8Array, block: Block): AsyncGenerator<Uint8Array> {
  yield head;
  if (block.head.byteLength > 0) yield block.head;
  yield* checked(block.payload);
  yield END_OF_RECORD;
}

const END_OF_RECORD = new TextEncoder().encode('\r\n\r\n');

/** The payload's bytes; throws at the end where size or digest are not what it says. */
async function* checked(payload: Payload): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of payload.stream()) {
    hash.update(chunk);
    size += chunk.byteLength;
    yield chunk;
  }
  if (size !== payload.size || hash.digest('hex') !== payload.sha256) {
    throw new Error(
      `a body changed while it was written: ${size} bytes instead of ${payload.size}, or another digest`,
    );
  }
}

function identified(mimeType: string | null | undefined, claimed: string | null): Field[] {
  const type = validMediaType(mimeType)?.toLowerCase() ?? null;
  return type === null || type === claimed ? [] : [['WARC-Identified-Payload-Type', type]];
}

/** Protocols, cipher and address of the connection. WARC-Protocol is a community field and may be repeated. */
function connectionFields(exchange: HttpExchange): Field[] {
  const fields: Field[] = [];
  const address = bareAddress(exchange.serverAddress);
  if (address !== null) fields.push(['WARC-IP-Address', address]);
  if (exchange.httpVersion !== '')
    fields.push(['WARC-Protocol', safeField(exchange.httpVersion).toLowerCase()]);
  const version = /^(tls|ssl)[ /v]*([\d.]+)$/i.exec(exchange.tls?.protocol.trim() ?? '');
  if (version !== null) fields.push(['WARC-Protocol', `${version[1]}/${version[2]}`.toLowerCase()]);
  if (exchange.tls?.cipher) fields.push(['WARC-Cipher-Suite', safeField(exchange.tls.cipher)]);
  return fields;
}
