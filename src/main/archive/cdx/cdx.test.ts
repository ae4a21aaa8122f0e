import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../random-access.ts';
import { cdxTimestamp, formatCdxLine, parseCdxLine, sortLines } from './line.ts';
import { requestQuery } from './request-query.ts';
import { surt } from './surt.ts';
import { blocksForKey, packZipNum, parseZipNum, readZipNumBlock } from './zipnum.ts';

describe('the key of an address', () => {
  // What warcio.js 2.4.11 makes of the same addresses.
  it.each([
    ['http://www12.Example.com:80/A b?Z=1&a=2', 'com,example)/a%20b?a=2&z=1'],
    ['https://www.été.fr/é?x', 'fr,xn--t-9fab)/%C3%A9?x'],
    ['http://[::1]:8080/x', '[::1]:8080)/x'],
    ['http://127.0.0.1:9/', '1,0,0,127:9)/'],
    ['https://x.com/a?', 'com,x)/a'],
    ['https://x.com', 'com,x)/'],
    ['urn:view:http://x/', 'urn:view:http://x/'],
  ])('%s', (url, key) => {
    expect(surt(url)).toBe(key);
  });

  it('never holds white space, whatever the address', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl().map((url) => `${url} \n`),
        ),
        (url) => !/\s/.test(surt(url)),
      ),
    );
    expect(surt('http://[broken /x')).toBe('http://[broken%20/x');
  });
});

function query(contentType: string, body: string, method = 'POST'): unknown {
  return requestQuery('https://x.org/p?a=1', method, contentType, new TextEncoder().encode(body));
}

describe('the key of a request with a body', () => {
  // What warcio.js 2.4.11 makes of the same requests.
  it.each([
    [
      'application/json',
      '{"a":{"b":1,"c":[1,2]},"b":null,"e":"","ü":"é"}',
      'b=1&c=1&c.2_=2&b.2_=null&%C3%BC=%C3%A9',
    ],
    ['text/plain', '{"a":true}', 'a=true'],
    ['application/json', 'not json', ''],
    ['application/x-www-form-urlencoded', 'q=%20a&r=1', 'q=%20a&r=1'],
    ['application/octet-stream', 'abc', '__wb_post_data=YWJj'],
    ['', '', '__wb_post_data='],
    [
      'multipart/form-data; boundary=XX',
      '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\none two\r\n--XX--\r\n',
      'a=one+two',
    ],
  ])('%s %j', (contentType, body, requestBody) => {
    expect(query(contentType, body)).toMatchObject({ requestBody });
  });

  it('puts method and body into the address, decoded', () => {
    expect(query('application/x-www-form-urlencoded', 'q=%C3%A9')).toMatchObject({
      url: 'https://x.org/p?a=1&__wb_method=POST&q=é',
    });
    expect(query('', '', 'GET')).toBeNull();
  });

  it('is bounded and does not fall over deep or long input', () => {
    expect(query('application/octet-stream', 'x'.repeat(100_000))).toMatchObject({
      requestBody: expect.stringMatching(/^.{4096}$/),
    });
    expect(query('application/json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toMatchObject({
      requestBody: '',
    });
    expect(
      query('application/json', JSON.stringify(Array.from({ length: 200_000 }, (_, at) => at))),
    ).toMatchObject({
      requestBody: expect.stringMatching(/^=0&/),
    });
  });
});

describe('a line of the index', () => {
  const fields = {
    url: 'https://x.org/',
    digest: 'sha256:00',
    mime: 'text/html',
    status: 200,
    filename: 'data.warc.gz',
    offset: 12,
    length: 34,
    recordDigest: 'sha256:11',
  };

  it('is read back', () => {
    const line = new TextDecoder().decode(formatCdxLine('org,x)/', '20261122180405678', fields));
    expect(line.endsWith('\n')).toBe(true);
    expect(parseCdxLine(line.trimEnd(), 'line 1')).toEqual({
      ...fields,
      key: 'org,x)/',
      timestamp: '20261122180405678',
    });
  });

  it('may have its numbers as text, as other writers have them', () => {
    const line = 'org,x)/ 20261122180405 {"url":"u","filename":"f","offset":"7","length":"8","status":"200"}';
    expect(parseCdxLine(line, 'line 1')).toMatchObject({ offset: 7, length: 8 });
  });

  it.each([
    '',
    'org,x)/',
    'org,x)/ 2026 {}',
    'org,x)/ 20261122180405 {',
    'org,x)/ 20261122180405 {"url":"u"}',
  ])('is refused: %j', (line) => {
    expect(() => parseCdxLine(line, 'index line 1')).toThrow('index line 1');
  });

  it('has its time in 17 digits', () => {
    expect(cdxTimestamp('2026-11-22T18:04:05.678Z')).toBe('20261122180405678');
    expect(cdxTimestamp('2026-11-22T18:04:05Z')).toBe('20261122180405000');
  });
});

describe('a compressed index', () => {
  const keys = fc.array(
    fc.tuple(fc.constantFrom('a)/', 'a)/b', 'b)/', 'b)/?x=1', 'ü)/'), fc.integer({ min: 0, max: 3 })),
    {
      minLength: 1,
      maxLength: 60,
    },
  );

  it('holds every line once, in order, and every line is in a block that its key leads to', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 9 }), (wanted, blockLines) => {
        const text = wanted.map(([key, time], at) => `${key} 2026112218040500${time} {"at":${at}}\n`);
        const sorted = sortLines(text.map((line) => new TextEncoder().encode(line)));
        const { packed, index } = packZipNum(sorted, 'index.cdx.gz', blockLines);
        const { filename, blocks } = parseZipNum(index, 'index.idx');
        const source = bytesSource(packed);
        expect(filename).toBe('index.cdx.gz');
        const lines = blocks.flatMap((block) => readZipNumBlock(source, block, 'block'));
        expect(lines).toEqual(sorted.map((line) => new TextDecoder().decode(line).trimEnd()));
        expect(new Set(blocks.map((block) => block.first)).size).toBe(blocks.length);
        expect(blocks.reduce((sum, block) => sum + block.length, 0)).toBe(packed.byteLength);
        for (const key of ['a)/', 'a)/b', 'b)/', 'b)/?x=1', 'ü)/', '', 'zz']) {
          const read = blocksForKey(blocks, key).flatMap((block) => readZipNumBlock(source, block, 'block'));
          const prefix = `${key} `;
          expect(read.filter((line) => line.startsWith(prefix))).toEqual(
            lines.filter((line) => line.startsWith(prefix)),
          );
        }
        for (const block of blocks) expect(readZipNumBlock(source, block, 'block')[0]).toMatch(block.first);
      }),
      { numRuns: 200 },
    );
  });

  it('names a block whose bytes changed', () => {
    const { packed, index } = packZipNum(
      [new TextEncoder().encode('a)/ 20261122180405678 {}\n')],
      'index.cdx.gz',
    );
    const [block] = parseZipNum(index, 'index.idx').blocks;
    if (block === undefined) throw new Error('there is no block');
    packed[packed.byteLength - 1] = 9;
    expect(() => readZipNumBlock(bytesSource(packed), block, 'block a')).toThrow('block a');
  });
});
