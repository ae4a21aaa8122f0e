import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleExchange, sampleExchanges, sampleTime } from '../../../../test/conformance/sample-wacz.ts';
import { MemorySink } from '../../../../test/conformance/sinks.ts';
import { bytesPayload, textPayload } from '../payload.ts';
import { bytesSource } from '../random-access.ts';
import { holdsHttp, readHttpMessage } from './http-message.ts';
import { readWarc, type WarcRecord } from './reader.ts';
import type { HttpExchange } from './types.ts';
import { WarcWriter } from './writer.ts';

interface Read {
  type: string;
  uri: string;
  record: WarcRecord;
  start: string;
  headers: [string, string][];
  body: Buffer;
}

async function write(exchanges: readonly HttpExchange[]): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = new WarcWriter(sink);
  await writer.warcinfo({ software: 'test' }, sampleTime);
  await Promise.all(exchanges.map((exchange) => writer.exchange(exchange)));
  return sink.bytes();
}

async function read(warc: Uint8Array): Promise<Read[]> {
  const found: Read[] = [];
  for await (const record of readWarc(bytesSource(warc), 'data.warc.gz')) {
    const http = holdsHttp(record) ? await readHttpMessage(record, record.uri) : null;
    const parts: Uint8Array[] = [];
    for await (const chunk of http?.body() ?? record.block()) parts.push(chunk);
    const { type, uri } = record;
    found.push({
      type,
      uri,
      record,
      start: http?.startLine ?? '',
      headers: http?.headers ?? [],
      body: Buffer.concat(parts),
    });
  }
  return found;
}

/** What one exchange becomes: its response and its request. */
async function written(changes: Partial<HttpExchange>): Promise<{ response: Read; request: Read }> {
  const [, response, request] = await read(await write([sampleExchange(changes)]));
  if (response === undefined || request === undefined) throw new Error('a record is missing');
  return { response, request };
}

/** The stored response's `content-length` and `x-orig-content-length`. */
async function lengths(changes: Partial<HttpExchange>): Promise<string[]> {
  const { headers } = (await written(changes)).response;
  return headers.filter(([name]) => /content-length/i.test(name)).map((pair) => pair.join('='));
}

describe('the records of an exchange', () => {
  it('stand side by side, point at each other and have the same date', async () => {
    const { response, request } = await written({});
    expect([response.type, request.type]).toEqual(['response', 'request']);
    expect(request.record.fields.all('WARC-Concurrent-To')).toEqual([response.record.id]);
    expect(response.record.fields.all('WARC-Concurrent-To')).toEqual([request.record.id]);
    expect(new Set([response.record.date, request.record.date])).toEqual(
      new Set(['2026-11-22T18:04:05.678Z']),
    );
  });

  it('say what was spoken, to whom and for what, while the heads say HTTP/1.1', async () => {
    const { response, request } = await written({ mimeType: 'image/png' });
    const field = (name: string): string[] => response.record.fields.all(name);
    expect(field('WARC-Protocol')).toEqual(['h2', 'tls/1.3']);
    expect(field('WARC-Cipher-Suite')).toEqual(['AES_128_GCM']);
    expect(field('WARC-IP-Address')).toEqual(['203.0.113.7']);
    expect(field('WARC-Page-ID')).toEqual(['page-1']);
    expect(field('WARC-Resource-Type')).toEqual(['document']);
    expect(field('WARC-Identified-Payload-Type')).toEqual(['image/png']);
    expect(response.start).toBe('HTTP/1.1 200 OK');
    expect(request.start).toBe('GET / HTTP/1.1');
    expect(request.headers).toContainEqual(['Host', 'www.example.org']);
  });

  it('keep repeated headers, and one byte of header as one byte', async () => {
    const { response } = await written({
      responseHeaders: [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['X-Latin', 'caf\u00e9'],
      ],
    });
    expect(response.headers.slice(0, 3)).toEqual([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-Latin', 'caf\u00e9'],
    ]);
  });

  it('hold the body without chunks and, where it was decoded, say which coding it had', async () => {
    const payload = textPayload('twelve bytes');
    const responseHeaders: [string, string][] = [
      ['Content-Encoding', 'br'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '9'],
    ];
    const decoded = await written({ payload, responseHeaders, bodyDecoded: true });
    expect(decoded.response.headers).toEqual([
      ['x-orig-content-encoding', 'br'],
      ['x-orig-transfer-encoding', 'chunked'],
      ['Content-Length', '12'],
      ['x-orig-content-length', '9'],
    ]);
    const asSent = await written({ payload, responseHeaders, bodyDecoded: false });
    expect(asSent.response.headers[0]).toEqual(['Content-Encoding', 'br']);
  });

  it('have the length of what is stored, whatever the server said and how often', async () => {
    expect(
      await lengths({ method: 'HEAD', payload: null, responseHeaders: [['content-length', '77']] }),
    ).toEqual(['content-length=0', 'x-orig-content-length=77']);
    expect(
      await lengths({
        payload: textPayload('abc'),
        responseHeaders: [
          ['content-length', '3'],
          ['content-length', '4'],
        ],
      }),
    ).toEqual(['content-length=3', 'x-orig-content-length=4']);
    expect(await lengths({ payload: textPayload('abc'), responseHeaders: [] })).toEqual([]);
  });

  it('hold the request body, and its length where nothing else says it', async () => {
    const { request } = await written({
      method: 'POST',
      requestBody: textPayload('a=1'),
      requestHeaders: [],
    });
    expect(request.body.toString()).toBe('a=1');
    expect(request.headers).toContainEqual(['Content-Length', '3']);
    expect(request.start).toBe('POST / HTTP/1.1');
  });

  it('say that a body was cut off', async () => {
    const { response } = await written({ truncated: 'disconnect' });
    expect(response.record.fields.all('WARC-Truncated')).toEqual(['disconnect']);
  });

  it('hold further facts as one line of JSON', async () => {
    const { response } = await written({ extra: { note: 'é\r\nWARC-Type: x', list: [1, null] } });
    expect(JSON.parse(response.record.fields.get('WARC-JSON-Metadata') ?? '')).toEqual({
      note: 'é\r\nWARC-Type: x',
      list: [1, null],
    });
  });
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\r\n', '\r\n\r\n', '\n', '\0', ': ', '<', '>', ' ', 'WARC/1.1', 'é', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  maxLength: 12,
});

describe('what a page can choose', () => {
  it('never breaks out of its place', async () => {
    const headers = fc.array(fc.tuple(hostile, hostile), { maxLength: 5 });
    const exchange = fc.record({
      url: fc.oneof(
        hostile,
        hostile.map((tail) => `https://example.org/${tail}`),
      ),
      method: hostile,
      statusText: hostile,
      requestHeaders: headers,
      responseHeaders: headers,
      httpVersion: hostile,
      serverAddress: hostile,
      mimeType: hostile,
      resourceType: hostile,
      pageId: hostile,
      tls: fc.record({ protocol: hostile, cipher: hostile }),
      payload: fc.uint8Array({ maxLength: 50 }).map(bytesPayload),
      requestBody: fc.uint8Array({ maxLength: 50 }).map(bytesPayload),
      bodyDecoded: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { minLength: 1, maxLength: 3 }), async (changes) => {
        const exchanges = changes.map((change) => sampleExchange(change));
        const records = await read(await write(exchanges));
        expect(records.map(({ type }) => type)).toEqual([
          'warcinfo',
          ...exchanges.flatMap(() => ['response', 'request']),
        ]);
        for (const { record, uri } of records.slice(1)) {
          expect(record.date).toBe('2026-11-22T18:04:05.678Z');
          expect(uri).toMatch(/^[\x21-\x7e]*$/);
          expect(uri).not.toMatch(/[<>]/);
        }
        const bodies = (type: string): string[] =>
          records.filter((one) => one.type === type).map(({ body }) => body.toString('hex'));
        const given = (pick: (one: HttpExchange) => HttpExchange['payload']): Promise<string[]> =>
          Promise.all(exchanges.map(async (one) => (await collect(pick(one))).toString('hex')));
        expect(bodies('response').toSorted()).toEqual((await given((one) => one.payload)).toSorted());
        expect(bodies('request').toSorted()).toEqual(
          (await given((one) => one.requestBody ?? null)).toSorted(),
        );
      }),
      { numRuns: 80 },
    );
  });

  it('is not lost where it is only unusual', async () => {
    const { response, request } = await written({
      url: 'https://example.org/a|b?c={d}&e="f"#gone',
      method: 'PROPFIND',
      status: 299,
      statusText: 'Not \u00e9asy',
    });
    expect(response.uri).toBe('https://example.org/a|b?c={d}&e="f"');
    expect(response.start).toBe('HTTP/1.1 299 Not \u00e9asy');
    expect(request.start).toMatch(/^PROPFIND \/a\|b/);
  });

  it('is a WebSocket handshake under the address of the HTTP request that it is', async () => {
    const { response, request } = await written({
      url: 'wss://example.org/socket?a=1',
      status: 101,
      payload: null,
    });
    expect([response.uri, request.start]).toEqual([
      'https://example.org/socket?a=1',
      'GET /socket?a=1 HTTP/1.1',
    ]);
  });

  it('has no payload digest under an address that is not one of HTTP, where readers would not split it', async () => {
    const { response } = await written({ url: 'blob:https://example.org/1' });
    expect([response.record.fields.get('WARC-Payload-Digest'), response.uri]).toEqual([
      null,
      'blob:https://example.org/1',
    ]);
  });
});

describe('a WARC file', () => {
  it('starts with warcinfo, has each record in a member of its own, and no id twice', async () => {
    const warc = await write(sampleExchanges);
    const records = await read(warc);
    expect(records[0]?.type).toBe('warcinfo');
    expect(records).toHaveLength(1 + 2 * sampleExchanges.length);
    expect(new Set(records.map(({ record }) => record.id)).size).toBe(records.length);
    for (const { record } of records)
      expect([...warc.subarray(record.offset, record.offset + 3)]).toEqual([0x1f, 0x8b, 8]);
  });

  it('is not written to any more after a body changed between two looks at it', async () => {
    const sink = new MemorySink();
    const writer = new WarcWriter(sink);
    await writer.warcinfo({}, sampleTime);
    let looks = 0;
    const payload = {
      ...textPayload('abc'),
      stream: () => [new TextEncoder().encode(looks++ === 0 ? 'abc' : 'abd')],
    };
    await expect(writer.exchange(sampleExchange({ payload }))).rejects.toThrow('a body changed');
    await expect(writer.exchange(sampleExchange())).rejects.toThrow('a body changed');
    await expect(writer.settle()).rejects.toThrow('a body changed');
  });

  it('goes on after a body that could not be read at all', async () => {
    const sink = new MemorySink();
    const writer = new WarcWriter(sink);
    await writer.warcinfo({}, sampleTime);
    const payload = {
      ...textPayload('abc'),
      stream: (): Uint8Array[] => {
        throw new Error('the file is gone');
      },
    };
    await expect(writer.exchange(sampleExchange({ payload }))).rejects.toThrow('the file is gone');
    await writer.exchange(sampleExchange());
    expect((await read(sink.bytes())).map(({ type }) => type)).toEqual(['warcinfo', 'response', 'request']);
  });

  it('is read where it is not compressed, as others write it', async () => {
    const one =
      'WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: <urn:x>\r\nX-Long: a\r\n b\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n';
    const records = await read(Buffer.from(one + one));
    expect(records.map(({ uri, body }) => `${uri} ${body.toString()}`)).toEqual(['urn:x abc', 'urn:x abc']);
    expect(records[0]?.record.fields.get('x-long')).toBe('a b');
  });

  const fields = 'WARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n';
  it.each([
    ['no WARC', '<!doctype html>\r\n\r\n', 'no WARC record'],
    ['no end of its head', 'WARC/1.1\r\nWARC-Type: resource', 'head does not end'],
    ['no length', `WARC/1.1\r\n${fields}\r\n`, 'Content-Length is missing'],
    ['two lengths', `WARC/1.1\r\n${fields}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 'more than once'],
    ['a negative length', `WARC/1.1\r\n${fields}Content-Length: -1\r\n\r\n`, 'no length'],
    [
      'an unknown type',
      `WARC/1.1\r\n${fields.replace('resource', 'thing')}Content-Length: 0\r\n\r\n`,
      'no type of record',
    ],
    ['a block that is cut off', `WARC/1.1\r\n${fields}Content-Length: 9\r\n\r\nabc`, 'cut off'],
    [
      'a block that is longer',
      `WARC/1.1\r\n${fields}Content-Length: 1\r\n\r\nabc\r\n\r\n`,
      'does not end where it says',
    ],
  ])('is refused with %s', async (_, warc, reason) => {
    await expect(read(Buffer.from(warc))).rejects.toThrow(reason);
  });

  it('names a damaged record by number, type and address', async () => {
    const warc = await write([sampleExchange()]);
    const [, response] = await read(warc);
    if (response === undefined) throw new Error('there is no response');
    // The last bytes of a member are its checksum and length.
    const next = (await read(warc))[2]?.record.offset ?? 0;
    warc[next - 6] = (warc[next - 6] ?? 0) ^ 1;
    await expect(read(warc)).rejects.toThrow('data.warc.gz, record 2: response https://www.example.org/');
  });
});

async function collect(payload: HttpExchange['payload']): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of payload?.stream() ?? []) parts.push(chunk);
  return Buffer.concat(parts);
}
