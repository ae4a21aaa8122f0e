import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleExchange, sampleTime } from '../../../../test/conformance/sample-wacz.ts';
import { MemorySink } from '../../../../test/conformance/sinks.ts';
import { deepSearch } from '../../../../test/support/deep-search.ts';
import { omissionsSchema, type Omissions } from '../../../shared/domain/omissions.ts';
import { bytesPayload, textPayload } from '../payload.ts';
import { bytesSource } from '../random-access.ts';
import { readHttpMessage } from '../warc/http-message.ts';
import type { HttpExchange } from '../warc/types.ts';
import { checkWacz } from '../wacz/check.ts';
import { openWacz } from '../wacz/reader.ts';
import { WaczWriter } from '../wacz/writer.ts';
import { OMISSIONS, redactWacz } from './redact.ts';

const site = 'https://forum.example';
const [cookie, password, bearer, urlToken, pin] = [
  'ck7Qm2Zx9LpR4vT',
  'tr0ub4dor&3 x',
  'bT3xW8kPq5Zr1Ny',
  'uR7Lf2Gh8Jk4Ds',
  '8214',
];
const secrets = [cookie, password, bearer, urlToken];
const form = 'application/x-www-form-urlencoded';

function post(
  path: string,
  contentType: string,
  body: string | Uint8Array,
  headers: [string, string][] = [],
): HttpExchange {
  return sampleExchange({
    url: `${site}${path}`,
    method: 'POST',
    requestHeaders: [['content-type', contentType], ...headers],
    requestBody: typeof body === 'string' ? textPayload(body) : bytesPayload(body),
    payload: textPayload('ok'),
    responseHeaders: [['content-type', 'text/plain']],
  });
}

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const exchanges: HttpExchange[] = [
  sampleExchange({
    url: `${site}/`,
    requestHeaders: [
      ['cOOKIE', `lang=fr; sid=${cookie}`],
      ['referer', `${site}/in?access_token=${urlToken}&next=/`],
      ['accept', 'text/html'],
    ],
    responseHeaders: [
      ['content-type', 'text/html'],
      ['Set-Cookie', `sid=${cookie}; HttpOnly`],
      ['Set-Cookie', 'seen=1'],
      ['Location', `/in?access_token=${urlToken}`],
      ['content-encoding', 'br'],
    ],
    payload: bytesPayload(
      brotliCompressSync(
        `<!doctype html><p>Nothing &amp; more</p><img src="/pic.gif?access_token=${urlToken}"><script>t="${bearer}"</script>`,
      ),
    ),
    bodyDecoded: false,
  }),
  sampleExchange({
    url: `${site}/pic.gif?access_token=${urlToken}`,
    requestHeaders: [['Authorization', `Bearer ${bearer}`]],
    responseHeaders: [['content-type', 'image/gif']],
    payload: bytesPayload(gif),
  }),
  sampleExchange({
    url: `${site}/plain.txt`,
    payload: textPayload('nobody'),
    responseHeaders: [['content-type', 'text/plain']],
  }),
  post(
    '/login',
    form,
    `user=ines&new%5FPassword=${encodeURIComponent(password).replaceAll('%20', '+')}&pin=${pin}&n=1`,
  ),
  post(
    '/json',
    'application/json',
    JSON.stringify({ a: [{ name: 'password', value: password }], pwd: 'first', n: 7 }).replace(
      '"n"',
      `"pwd":${JSON.stringify(password)},"n"`,
    ),
  ),
  post(
    '/multi',
    'multipart/form-data; BOUNDARY="-- odd \\"one"',
    `---- odd "one\r\nContent-Disposition: form-data;\r\n name="pass"\r\n\r\n${password}\r\n---- odd "one\r\ncontent-disposition: form-data; name=file; filename="a"\r\n\r\nkept --\r\n---- odd "one--\r\n`,
  ),
  post(
    '/packed',
    'application/json',
    gzipSync(JSON.stringify({ variables: JSON.stringify({ secret: password }) })),
    [['content-encoding', 'gzip']],
  ),
  post('/claims', 'application/json', 'not packed', [['content-encoding', 'gzip']]),
  post('/basic', 'text/plain', `again ${password} here`, [
    ['authorization', `BASIC ${Buffer.from(`ines:${password}`).toString('base64')}`],
  ]),
  post(
    '/soap',
    'text/xml',
    `<s:Envelope><wsse:Password Type="x">${password.replace('&', '&amp;')}</wsse:Password></s:Envelope>`,
  ),
  post(
    '/state',
    'application/octet-stream',
    Buffer.from(`..${Buffer.from(`xx${bearer}`).toString('base64')}..`),
  ),
];

const at = (uri: string, type: string, text: string) => ({
  uri,
  contentType: type,
  payload: textPayload(text),
  time: sampleTime,
});

async function sealed(): Promise<Uint8Array> {
  const sink = new MemorySink();
  const wacz = new WaczWriter(sink, { software: 'Constat/test', now: () => sampleTime });
  await wacz.begin({});
  for (const exchange of exchanges) await wacz.exchange(exchange);
  const message = {
    direction: 'sent',
    timestamp: 1,
    opcode: 1,
    encoding: 'utf8',
    data: JSON.stringify({ auth: { t: bearer } }),
  };
  const binary = {
    ...message,
    encoding: 'base64',
    opcode: 2,
    data: Buffer.from(`\0${cookie}\x01`).toString('base64'),
  };
  await wacz.resource(
    at(
      `urn:websocket:wss://forum.example/s?token=${urlToken}`,
      'application/x-ndjson',
      `${JSON.stringify(message)}\n${JSON.stringify(binary)}\n`,
    ),
  );
  await wacz.resource(
    at(
      `urn:dom:${site}/`,
      'text/html',
      `<form><input name=p type="password" value='geheim'><input value="kept"></form>`,
    ),
  );
  await wacz.resource(
    at(
      `urn:mhtml:${site}/`,
      'multipart/related; boundary=b',
      `MIME-Version: 1.0\r\n\r\n--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p a=3D"${bearer.slice(0, 6)}=\r\n${bearer.slice(6)}">\r\n--b--\r\n`,
    ),
  );
  wacz.page({ id: 'p', url: `${site}/in#access_token=${urlToken}`, ts: sampleTime, title: 'In' });
  const digest = createHash('sha256').update('nothing').digest('hex');
  wacz.extra(
    'evidence/provenance.json',
    Buffer.from(JSON.stringify({ url: `${site}/in?access_token=${urlToken}`, digest })),
  );
  await wacz.finish({
    title: 'In',
    mainPageUrl: `${site}/in?access_token=${urlToken}`,
    mainPageDate: sampleTime,
  });
  return sink.bytes();
}

async function copyOf(bytes: Uint8Array): Promise<Uint8Array> {
  const sink = new MemorySink();
  await redactWacz(bytesSource(bytes), sink);
  return sink.bytes();
}

let original: Uint8Array;
let copy: Uint8Array;
let list: Omissions;
let bodies: Map<string, string>;
let heads: Map<string, [string, string][]>;
beforeAll(async () => {
  original = await sealed();
  copy = await copyOf(original);
  const reader = await openWacz(bytesSource(copy));
  list = omissionsSchema.parse(JSON.parse(Buffer.from(await reader.bytes(OMISSIONS)).toString()));
  [bodies, heads] = [new Map(), new Map()];
  for await (const record of reader.records()) {
    if (record.type !== 'request' && record.type !== 'response') continue;
    const message = await readHttpMessage(record, record.uri);
    const parts: Uint8Array[] = [];
    for await (const piece of message.body()) parts.push(piece);
    const name = `${record.type} ${record.uri.slice(site.length)}`;
    bodies.set(name, Buffer.concat(parts).toString('latin1'));
    heads.set(name, message.headers);
  }
});

describe('a copy without credentials', () => {
  it('holds none of them, however they are written', async () => {
    const inOriginal = await deepSearch('sealed.wacz', original, secrets);
    for (const secret of secrets) expect(inOriginal.join('\n')).toContain(secret);
    expect(await deepSearch('copy.wacz', copy, [...secrets, 'geheim'])).toEqual([]);
  });

  it('is a sound archive', async () => {
    expect((await checkWacz(bytesSource(original))).problems).toEqual([]);
    expect((await checkWacz(bytesSource(copy))).problems).toEqual([]);
  });

  it('comes out the same each time', async () => {
    expect(Buffer.compare(await copyOf(original), copy)).toBe(0);
  });

  it('keeps the names of headers, and other headers as they are', () => {
    expect(heads.get('request /')).toContainEqual(['cOOKIE', 'redacted']);
    expect(heads.get('request /')).toContainEqual(['accept', 'text/html']);
    expect(heads.get('response /')?.filter(([name]) => name === 'Set-Cookie')).toEqual([
      ['Set-Cookie', 'redacted'],
      ['Set-Cookie', 'redacted'],
    ]);
  });

  it('leaves passwords out of what was sent, and nothing else of it', () => {
    expect(bodies.get('request /login')).toMatch(/^user=ines&new%5FPassword=redacted-\d+&pin=redacted&n=1$/);
    expect(bodies.get('request /json')).toMatch(
      /^\{"a":\[\{"name":"password","value":"redacted-\d+"\}\],"pwd":"redacted","pwd":"redacted-\d+","n":7\}$/,
    );
    expect(bodies.get('request /multi')).toMatch(/name="pass"\r\n\r\nredacted-\d+\r\n---- odd/);
    expect(bodies.get('request /multi')).toContain('\r\n\r\nkept --\r\n');
    expect(bodies.get('request /packed')).toMatch(/^\{"variables":"\{\\"secret\\":\\"redacted-\d+\\"\}"\}$/);
    expect(heads.get('request /packed')).toContainEqual(['x-orig-content-encoding', 'gzip']);
    expect(bodies.get('request /claims')).toBe('redacted');
    expect(bodies.get('request /basic')).toMatch(/^again redacted-\d+ here$/);
    expect(bodies.get('request /soap')).toMatch(/<wsse:Password Type="x">redacted-\d+<\/wsse:Password>/);
  });

  it('has one marker for one value, so that pages still find what they ask for', async () => {
    const [, marker] = /pic\.gif\?access_token=(redacted-\d+)"/.exec(bodies.get('response /') ?? '') ?? [];
    expect(marker).toBeDefined();
    const reader = await openWacz(bytesSource(copy));
    const found = await reader.resource(`${site}/pic.gif?access_token=${marker}`);
    expect(Buffer.from((await found?.bytes()) ?? [])).toEqual(gif);
  });

  it('copies every other record byte for byte, and lists each change by record, name and rule', async () => {
    const ids = new Set(list.omissions.map(({ record }) => record));
    const [was, is] = [new Map<string, string>(), new Map<string, string>()];
    for (const [bytes, map] of [
      [original, was],
      [copy, is],
    ] as const) {
      const reader = await openWacz(bytesSource(bytes));
      const warc = await reader.bytes('archive/data.warc.gz');
      for await (const record of reader.records())
        map.set(
          record.id,
          createHash('sha256')
            .update(warc.subarray(record.offset, await record.finish()))
            .digest('hex'),
        );
    }
    expect([...is.keys()]).toEqual([...was.keys()]);
    const differing = [...was].filter(([id, digest]) => is.get(id) !== digest).map(([id]) => id);
    expect(new Set(differing)).toEqual(new Set([...ids].filter((id) => id !== null)));
    expect(list.records.unchanged).toBe(was.size - differing.length);
    expect(list.omissions).toContainEqual(
      expect.objectContaining({ name: 'new_Password', rule: 'secret-field', places: 1 }),
    );
    expect(list.original.sha256).toBe(createHash('sha256').update(original).digest('hex'));
  });
});

/** The copy of an archive of one exchange. */
async function copyWith(exchange: HttpExchange): Promise<Uint8Array> {
  const sink = new MemorySink();
  const wacz = new WaczWriter(sink, { software: 'Constat/test', now: () => sampleTime });
  await wacz.begin({});
  await wacz.exchange(exchange);
  await wacz.finish({ title: '', mainPageUrl: site, mainPageDate: sampleTime });
  return copyOf(sink.bytes());
}

describe('hostile input', () => {
  it.each([
    ['a text of nothing but question marks', 'text/plain', '?'.repeat(300_000)],
    ['inputs that never end', 'text/html', `type=password${'<input "'.repeat(50_000)}`],
    [
      'objects that all say they are passwords',
      'application/json',
      `[${'{"type":"password","value":"a1"},'.repeat(5_000)}0]`,
    ],
    ['a thousand names', form, Array.from({ length: 20_000 }, (_, n) => `token${n}=v`).join('&')],
    ['JSON that is deep', 'application/json', '['.repeat(200_000)],
    ['spaces before a sign', 'text/xml', `<a ${'b '.repeat(100_000)}`],
    ['parts that are none', 'multipart/form-data; boundary=x', '--x\r\n'.repeat(60_000)],
  ])('is gone through in one pass: %s', async (_, type, body) => {
    const copied = await copyWith(post('/', type, body));
    expect((await checkWacz(bytesSource(copied))).problems).toEqual([]);
  });

  it('does not let a page leave its own sentences out of its text by sending them as a password', async () => {
    const sentence = 'The minister knew of it on 3 May';
    const copied = await copyWith({
      ...post('/', form, `password=${encodeURIComponent(sentence)}`),
      payload: textPayload(sentence),
    });
    const found = await deepSearch('copy.wacz', copied, [sentence]);
    expect(found.filter((line) => line.includes(' response '))).not.toEqual([]);
    expect(found.filter((line) => line.includes(' request '))).toEqual([]);
  });

  it('leaves out the whole of what was sent where it cannot be looked into', async () => {
    const packed = gzipSync(Buffer.alloc(40 * 1024 * 1024, `password=${password}&`));
    const copied = await copyWith(post('/', form, packed, [['content-encoding', 'gzip']]));
    const reader = await openWacz(bytesSource(copied));
    const said = omissionsSchema.parse(JSON.parse(Buffer.from(await reader.bytes(OMISSIONS)).toString()));
    expect(said.omissions).toContainEqual(
      expect.objectContaining({ rule: 'body-not-read', recordType: 'request' }),
    );
    expect((await checkWacz(bytesSource(copied))).problems).toEqual([]);
  });
});
