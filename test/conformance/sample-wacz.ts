import { generateKeyPairSync, sign } from 'node:crypto';
import type { ByteSink } from '../../src/main/archive/bytes.ts';
import { bytesPayload, textPayload } from '../../src/main/archive/payload.ts';
import type { HttpExchange } from '../../src/main/archive/warc/types.ts';
import type { WaczSigner } from '../../src/main/archive/wacz/signature.ts';
import { type WaczSummary, WaczWriter } from '../../src/main/archive/wacz/writer.ts';

export interface SampleOptions {
  /** Further exchanges, so that the index is written in blocks. */
  more?: number;
  signer?: WaczSigner;
  zipNumThreshold?: number;
}

export const sampleTime = new Date('2026-11-22T18:04:05.678Z');
export const pageUrl = 'https://www.example.org/articles/été?q=a b&z=1';

/** A key for one archive. */
export function sampleSigner(): WaczSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return {
    publicKeySpkiBase64: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (message) => sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

/** An ordinary exchange, to be changed where it should be another. */
export function sampleExchange(changes: Partial<HttpExchange> = {}): HttpExchange {
  return {
    url: 'https://www.example.org/',
    method: 'GET',
    requestTime: sampleTime,
    requestHeaders: [
      [':authority', 'www.example.org'],
      ['accept', '*/*'],
    ],
    status: 200,
    statusText: '',
    responseHeaders: [['content-type', 'text/html; charset=utf-8']],
    httpVersion: 'h2',
    payload: textPayload('<!doctype html><title>A page</title><p>Something was written here.'),
    bodyDecoded: true,
    serverAddress: '203.0.113.7:443',
    tls: { protocol: 'TLS 1.3', cipher: 'AES_128_GCM' },
    resourceType: 'Document',
    pageId: 'page-1',
    mimeType: 'text/html',
    ...changes,
  };
}

/** The kinds of exchange that a rule of the formats is about. */
export const sampleExchanges: readonly HttpExchange[] = [
  sampleExchange({
    url: 'http://example.org/articles',
    status: 301,
    responseHeaders: [
      ['Location', '/articles/été'],
      ['Content-Length', '178'],
    ],
    payload: null,
    httpVersion: 'http/1.1',
    tls: null,
    mimeType: null,
  }),
  sampleExchange({
    url: pageUrl,
    responseHeaders: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-encoding', 'br'],
      ['content-length', '41'],
      ['set-cookie', 'a=1; Path=/'],
      ['set-cookie', 'b=2; Path=/'],
      ['x-note', 'caf\u00e9 \u2013 na\u00efve'],
    ],
    extra: { certificate: { issuer: 'Émetteur – R3' }, fromServiceWorker: false },
  }),
  sampleExchange({
    url: 'https://www.example.org/chunked.js',
    responseHeaders: [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Type', 'application/javascript'],
    ],
    statusText: 'OK',
    httpVersion: 'http/1.1',
    payload: textPayload('console.log("no chunks in here");'),
    bodyDecoded: false,
    resourceType: 'Script',
    mimeType: 'text/javascript',
  }),
  sampleExchange({
    url: 'https://api.example.org/graphql',
    method: 'POST',
    requestHeaders: [['Content-Type', 'application/json']],
    requestBody: textPayload('{"operation":"Thread","variables":{"id":7,"tags":["a","b"]}}'),
    responseHeaders: [['Content-Type', 'application/json']],
    payload: textPayload('{"posts":[]}'),
    resourceType: 'Fetch',
    mimeType: 'application/json',
  }),
  sampleExchange({
    url: 'https://api.example.org/upload',
    method: 'POST',
    requestHeaders: [['Content-Type', 'application/x-www-form-urlencoded']],
    requestBody: textPayload('name=Zo%C3%AB&text=100%'),
    status: 204,
    statusText: 'No Content',
    responseHeaders: [],
    payload: null,
    mimeType: null,
  }),
  sampleExchange({
    url: 'https://media.example.org/clip.mp4',
    requestHeaders: [['Range', 'bytes=0-4']],
    status: 206,
    responseHeaders: [
      ['Content-Type', 'video/mp4'],
      ['Content-Range', 'bytes 0-4/10'],
      ['Content-Length', '5'],
    ],
    payload: bytesPayload(Uint8Array.of(0, 1, 2, 3, 4)),
    resourceType: 'Media',
    mimeType: 'video/mp4',
  }),
  sampleExchange({
    url: 'https://www.example.org/gone.png',
    status: 404,
    statusText: 'Not Found',
    responseHeaders: [
      ['Content-Type', 'image/png'],
      ['Content-Length', '0'],
    ],
    payload: bytesPayload(new Uint8Array(0)),
    resourceType: 'Image',
    mimeType: 'text/plain',
  }),
  sampleExchange({
    url: 'https://www.example.org/stream?<a>|"b"#part',
    responseHeaders: [
      ['Content-Type', 'text/event-stream'],
      ['Content-Length', '99999'],
    ],
    payload: textPayload('data: one\n\ndata: tw'),
    truncated: 'time',
    serverAddress: '[2001:db8::1]:443',
    resourceType: 'EventSource',
    mimeType: 'text/event-stream',
  }),
  sampleExchange({
    url: 'https://www.example.org/probe',
    method: 'HEAD',
    responseHeaders: [
      ['Content-Type', 'text/html'],
      ['Content-Length', '1234'],
    ],
    payload: null,
  }),
  sampleExchange({
    url: 'https://www.example.org/hostile',
    requestHeaders: [['x-a', 'one\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK']],
    statusText: 'OK\r\nX-Injected: 1',
    responseHeaders: [
      ['content-type', 'text/plain; charset='],
      ['x bad\nname', 'a\r\n\r\nWARC/1.1\0'],
      ['', 'no name'],
    ],
    payload: textPayload('WARC/1.1\r\nWARC-Type: response\r\n\r\n'),
    mimeType: 'text/plain\r\nWARC-Type: x',
    pageId: 'page\r\n-1',
    tls: { protocol: 'QUIC', cipher: 'AES\r\nWARC-Date: x' },
    httpVersion: 'h3',
  }),
];

/** Writes an archive with every kind of record; every call gives other record ids. */
export async function writeSampleWacz(sink: ByteSink, options: SampleOptions = {}): Promise<WaczSummary> {
  const writer = new WaczWriter(sink, {
    software: 'Constat/0.0.0',
    operatorNote: 'Sample, Case 1',
    now: () => sampleTime,
    ...(options.signer === undefined ? {} : { signer: options.signer }),
    ...(options.zipNumThreshold === undefined ? {} : { zipNumThreshold: options.zipNumThreshold }),
  });
  await writer.begin({
    description: 'One of each kind\r\nof record',
    'http-header-user-agent': 'Mozilla/5.0',
  });
  await Promise.all(sampleExchanges.map((exchange) => writer.exchange(exchange)));
  for (let at = 0; at < (options.more ?? 0); at += 1) {
    await writer.exchange(sampleExchange({ url: `https://www.example.org/more/${at}?page=${at % 7}` }));
  }
  for (const [kind, contentType, payload] of [
    ['view', 'image/png', bytesPayload(Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256))],
    ['text', 'text/plain; charset=utf-8', textPayload('Something was written here. – Été.')],
    ['dom', 'text/html; charset=utf-8', textPayload('<html><body>after load</body></html>')],
    ['pdf', 'application/pdf', textPayload('%PDF-1.7')],
  ] as const) {
    await writer.resource({
      uri: `urn:${kind}:${pageUrl}`,
      contentType,
      payload,
      time: sampleTime,
      pageId: 'page-1',
    });
  }
  const note = textPayload('{"seen":true}');
  await writer.metadata(`urn:note:${pageUrl}`, 'application/json', note);
  await writer.metadata(
    'https://www.example.org/',
    'application/warc-fields',
    textPayload('hopsFromSeed: L\r\n'),
  );
  writer.page({
    id: 'page-1',
    url: pageUrl,
    ts: sampleTime,
    title: 'A page – été',
    status: 200,
    mime: 'text/html',
    text: 'Something',
  });
  writer.extra('evidence/provenance.json', new TextEncoder().encode('{"format":"sample"}'));
  writer.extra(
    'evidence/provenance.html',
    new TextEncoder().encode('<!doctype html><title>How it was made</title>'),
  );
  return await writer.finish({
    title: 'A page – été',
    description: 'Made to be *checked*.',
    mainPageUrl: pageUrl,
    mainPageDate: sampleTime,
  });
}
