import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HeaderList } from '../../../shared/domain/provenance.ts';
import { bytesPayload } from '../../archive/payload.ts';
import { ByteBudget } from './browser-witness/budget.ts';
import { WitnessComparison, type BrowserSide } from './comparison.ts';
import { decodedDigest } from './decoded-digest.ts';
import { WireExchange } from './wire-witness/wire-exchange.ts';

const at = new Date('2026-01-01T00:00:00Z');
const text = Buffer.from('the same words again and again '.repeat(200));
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function seen(body: Uint8Array, headers: HeaderList, status = 200): WireExchange {
  const connection = { number: 1, host: 'a.test', port: 80, address: '192.0.2.1', secure: false, tls: null };
  const head = { headers, version: 'http/1.1' as const, raw: null, at };
  const request = { method: 'GET', target: '/x', authority: 'a.test', scheme: null, protocol: null, ...head };
  const exchange = new WireExchange(connection, request, '/nowhere', new ByteBudget(1e9));
  exchange.response = { status, statusText: '', ...head };
  exchange.addReceived(body);
  exchange.end(null);
  return exchange;
}

async function differences(exchange: WireExchange, browser: Partial<BrowserSide>): Promise<string[]> {
  const comparison = new WitnessComparison();
  const headers = exchange.response?.headers ?? [];
  await comparison.both(exchange, { status: 200, headers, body: null, ...browser });
  const { compared, same, differences: found } = comparison.result();
  expect({ compared, same }).toEqual({ compared: 1, same: found.length === 0 ? 1 : 0 });
  return found.map(({ what }) => what);
}

const whole = { size: text.byteLength, sha256: digest(text) };

describe('two accounts of one exchange', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['Deflate', deflateRawSync(text)],
    ['identity', text],
  ])('are the same when what was sent in %s unpacks to what the browser got', async (coding, body) => {
    expect(await differences(seen(body, [['Content-Encoding', coding]]), { body: whole })).toEqual([]);
  });

  it('are the same whatever the spelling of names and the order of headers', async () => {
    const sent: HeaderList = [
      ['Set-Cookie', 'a=1'],
      ['X-B', ' 2'],
      ['set-cookie', 'b=2'],
    ];
    const told: HeaderList = [
      ['x-b', '2'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ];
    expect(await differences(seen(text, sent), { headers: told })).toEqual([]);
    expect(await differences(seen(text, sent), { headers: told.slice(0, 2) })).toEqual(['headers']);
  });

  it('are the same where headers are in UTF-8, and not compared where they are in no such bytes', async () => {
    const told: HeaderList = [['Location', '/été']];
    const utf8: HeaderList = [['Location', Buffer.from('/été').toString('latin1')]];
    expect(await differences(seen(text, utf8), { headers: told })).toEqual([]);
    expect(await differences(seen(text, told), { headers: [['Location', '/t']] })).toEqual(['not-compared']);
  });

  it('are the same where the coding is one the browser leaves alone', async () => {
    expect(await differences(seen(text, [['Content-Encoding', 'zebra']]), { body: whole })).toEqual([]);
  });

  it('are named in the verdict where they contradict each other', async () => {
    const comparison = new WitnessComparison();
    const browser = { status: 404, headers: null, body: null };
    for (let index = 0; index < 5; index += 1) await comparison.both(seen(text, []), browser);
    comparison.alone('only-wire', 'OPTIONS', 'http://a.test/', 'asked before');
    const [remark, ...more] = comparison.remarks();
    expect(remark).toMatch(/is not what went over the wire, for 5 exchanges: .*reported 404\); and 2 more/);
    expect(more).toEqual([]);
  });

  it('are named in the verdict even where a page made so many others that they are not listed', async () => {
    const comparison = new WitnessComparison();
    for (let index = 0; index < 600; index += 1)
      comparison.alone('only-wire', 'OPTIONS', 'http://a.test/', 'asked before');
    await comparison.both(seen(text, []), { status: 404, headers: null, body: null });
    expect(comparison.remarks().join(' ')).toMatch(/for 1 exchange: .*101 more differences .* not listed/);
  });

  it('differ in one changed byte, a status, or a body that does not unpack', async () => {
    const other = Buffer.from(text);
    other[100] = 0;
    expect(await differences(seen(other, []), { body: whole })).toEqual(['body']);
    expect(await differences(seen(text, [], 404), { body: whole })).toEqual(['status']);
    expect(await differences(seen(text, [['Content-Encoding', 'gzip']]), { body: whole })).toEqual(['body']);
  });

  it('are not held against each other where one is cut, or the browser shows no body', async () => {
    const cut = seen(text.subarray(0, 10), []);
    const ended = new WireExchange(cut.connection, cut.request, '/nowhere', new ByteBudget(5));
    ended.response = cut.response;
    ended.addReceived(text);
    ended.end(null);
    expect(ended.truncated).toBe('length');
    expect(await differences(ended, { body: whole })).toEqual([]);
    expect(await differences(seen(text, []), { body: null })).toEqual([]);
  });
});

it('stops unpacking a body that is made to unpack without end', async () => {
  const bomb = bytesPayload(gzipSync(Buffer.alloc(50_000_000)));
  expect(await decodedDigest(bomb, ['gzip'], 1_000_000)).toBeNull();
  expect(await decodedDigest(bomb, ['unheard-of'], 1e9)).toBeNull();
  expect(await decodedDigest(bomb, ['gzip'], 50_000_000)).toBe(digest(Buffer.alloc(50_000_000)));
});
