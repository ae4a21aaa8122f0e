import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  pageUrl,
  sampleExchange,
  sampleExchanges,
  sampleSigner,
  sampleTime,
  type SampleOptions,
  writeSampleWacz,
} from '../../../../test/conformance/sample-wacz.ts';
import { MemorySink } from '../../../../test/conformance/sinks.ts';
import { emptyPayload, textPayload } from '../payload.ts';
import { bytesSource, fileSource } from '../random-access.ts';
import { checkWacz } from './check.ts';
import { openWacz, type WaczReader } from './reader.ts';
import { signatureProblem } from './signature.ts';
import type { WaczSummary } from './writer.ts';
import { WaczWriter } from './writer.ts';

async function sample(
  options: SampleOptions = {},
): Promise<{ summary: WaczSummary; bytes: Uint8Array; reader: WaczReader }> {
  const sink = new MemorySink();
  const summary = await writeSampleWacz(sink, options);
  const bytes = sink.bytes();
  return { summary, bytes, reader: await openWacz(bytesSource(bytes)) };
}

async function textOf(reader: WaczReader, path: string): Promise<string> {
  return new TextDecoder().decode(await reader.bytes(path, 1_000_000));
}

describe('a WACZ as it is written', () => {
  it('is sound, and its summary says what is in it', async () => {
    const { summary, bytes, reader } = await sample({ signer: sampleSigner() });
    expect(await checkWacz(bytesSource(bytes))).toEqual({
      ok: true,
      records: summary.recordCount,
      problems: [],
    });
    expect(summary.size).toBe(bytes.byteLength);
    expect(summary.resources.map(({ path }) => path)).toEqual([
      'archive/data.warc.gz',
      'indexes/index.cdx',
      'pages/pages.jsonl',
      'evidence/provenance.json',
      'evidence/provenance.html',
    ]);
    for (const { path, hash, bytes: size } of summary.resources) {
      const file = await reader.bytes(path, 1_000_000);
      expect([size, hash]).toEqual([
        file.byteLength,
        `sha256:${createHash('sha256').update(file).digest('hex')}`,
      ]);
    }
  });

  it('describes itself as WACZ 1.1.1 asks', async () => {
    const { reader } = await sample();
    expect(reader.datapackage).toMatchObject({
      profile: 'data-package',
      wacz_version: '1.1.1',
      title: 'A page – été',
      created: sampleTime.toISOString(),
      software: 'Constat/0.0.0',
      mainPageUrl: pageUrl,
      mainPageDate: sampleTime.toISOString(),
    });
    const names = reader.datapackage.resources.map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^[-a-z0-9._/]+$/);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is signed so that a player can check it: P-384 over the text of the digest, and nothing else in signedData', async () => {
    const { reader, summary } = await sample({ signer: sampleSigner() });
    const signed = z
      .record(z.string(), z.string())
      .parse(JSON.parse(await textOf(reader, 'datapackage-digest.json')).signedData);
    expect(Object.keys(signed).toSorted()).toEqual([
      'created',
      'hash',
      'publicKey',
      'signature',
      'software',
      'version',
    ]);
    expect(signed).toMatchObject({ hash: summary.datapackageHash, created: reader.datapackage.created });
    const signature = Buffer.from(signed['signature'] ?? '', 'base64');
    expect(signature).toHaveLength(96);
    const key = createPublicKey({
      key: Buffer.from(signed['publicKey'] ?? '', 'base64'),
      format: 'der',
      type: 'spki',
    });
    expect(
      verify('sha256', Buffer.from(summary.datapackageHash), { key, dsaEncoding: 'ieee-p1363' }, signature),
    ).toBe(true);
  });

  it('lists its pages behind a header line', async () => {
    const { reader } = await sample();
    const [header] = (await textOf(reader, 'pages/pages.jsonl')).split('\n');
    expect(JSON.parse(header ?? '')).toEqual({
      format: 'json-pages-1.0',
      id: 'pages',
      title: 'All Pages',
      hasText: true,
    });
    expect(await reader.pages()).toEqual([
      expect.objectContaining({ id: 'page-1', url: pageUrl, ts: sampleTime.toISOString() }),
    ]);
  });

  it.each([
    ['plain', {}],
    ['in blocks', { zipNumThreshold: 0, more: 600 }],
  ])(
    'has an index, %s, that leads to every answer, and to what a request with a body was answered',
    async (_, options) => {
      const { reader } = await sample(options);
      const lines = await reader.cdx();
      expect(lines.map(({ key, timestamp }) => `${key} ${timestamp}`)).toEqual(
        lines
          .map(({ key, timestamp }) => `${key} ${timestamp}`)
          .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
      for (const exchange of sampleExchanges) {
        const found = lines.filter(
          ({ status, digest }) =>
            status === exchange.status && digest === `sha256:${(exchange.payload ?? emptyPayload).sha256}`,
        );
        expect(found.length).toBeGreaterThan(0);
      }
      for (const line of lines) {
        const record = await reader.record(line);
        expect(record.uri).toBe(line.url);
        await record.close();
      }
      const posted = lines.find(({ url }) => url === 'https://api.example.org/graphql');
      expect(posted).toMatchObject({ method: 'POST', requestBody: 'operation=Thread&id=7&tags=a&tags.2_=b' });
      expect(posted?.key).toBe(
        'org,example,api)/graphql?__wb_method=post&id=7&operation=thread&tags.2_=b&tags=a',
      );
    },
  );

  it('gives back what was made beside the exchanges, by its name', async () => {
    for (const options of [{}, { zipNumThreshold: 0, more: 300 }]) {
      const { reader } = await sample(options);
      const text = await reader.resource(`urn:text:${pageUrl}`);
      expect(text?.contentType).toBe('text/plain; charset=utf-8');
      expect(new TextDecoder().decode(await text?.bytes())).toBe('Something was written here. – Été.');
      const image = await reader.resource(`urn:view:${pageUrl}`);
      expect(image).toMatchObject({ contentType: 'image/png', size: 4000 });
      expect(await reader.resource('urn:view:https://elsewhere.example/')).toBeNull();
    }
  });

  it('gives back an answer by its address, body only', async () => {
    const { reader } = await sample();
    const script = await reader.resource('https://www.example.org/chunked.js');
    expect(script?.contentType).toBe('application/javascript');
    expect(new TextDecoder().decode(await script?.bytes())).toBe('console.log("no chunks in here");');
  });

  it('keeps the archive, and stores every file without compression', async () => {
    const { reader } = await sample({ zipNumThreshold: 0, more: 300 });
    expect(reader.entries().map(({ name }) => name)).toContain('indexes/index.idx');
    expect(reader.entries().map(({ name }) => name)).not.toContain('indexes/index.cdx');
    expect(reader.entries().every(({ deflated }) => !deflated)).toBe(true);
  });

  it('holds no extra file where a checker would miss or refuse it', () => {
    const writer = new WaczWriter(new MemorySink(), { software: 'test' });
    const bytes = new Uint8Array(1);
    writer.extra('evidence/a.json', bytes);
    expect(() => writer.extra('evidence/a.json', bytes)).toThrow('already');
    expect(() => writer.extra('evidence/pages.jsonl', bytes)).toThrow('already');
    expect(() => writer.extra('evidence/deeper/a.json', bytes)).toThrow('no name');
    expect(() => writer.extra('evidence/Upper.json', bytes)).toThrow('no name');
  });

  it('is over when it is finished', async () => {
    const writer = new WaczWriter(new MemorySink(), { software: 'test', now: () => sampleTime });
    await writer.begin({});
    const about = { title: '', mainPageUrl: pageUrl, mainPageDate: sampleTime };
    await writer.finish(about);
    await expect(writer.finish(about)).rejects.toThrow('finished');
    await expect(writer.exchange(sampleExchange())).rejects.toThrow('closed');
  });

  it('waits, when it is finished, for what was begun', async () => {
    const sink = new MemorySink();
    const writer = new WaczWriter(sink, { software: 'test', now: () => sampleTime });
    await writer.begin({});
    const begun = writer.exchange(sampleExchange({ payload: textPayload('x'.repeat(400_000)) }));
    await Promise.all([
      begun,
      writer.resource({ uri: 'urn:a:b', contentType: 'x', payload: textPayload('y'), time: sampleTime }),
    ]);
    await writer.finish({ title: '', mainPageUrl: pageUrl, mainPageDate: sampleTime });
    expect(await checkWacz(bytesSource(sink.bytes()))).toMatchObject({ ok: true, records: 4 });
  });
});

async function signedData(archive: Uint8Array): Promise<Record<string, unknown>> {
  const text = await textOf(await openWacz(bytesSource(archive)), 'datapackage-digest.json');
  return z.object({ signedData: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text)).signedData;
}

describe('archives of others', () => {
  const folder = resolve(import.meta.dirname, '../../../../../shared/vectors/wacz-signing');
  const present = existsSync(folder);

  it.skipIf(!present)(
    'a signed archive of another writer is read and found sound (needs ../shared/vectors)',
    async () => {
      const file = fileSource(resolve(folder, 'valid_signed_example_1.wacz'));
      try {
        expect(await checkWacz(file, { foreign: true })).toMatchObject({ ok: true, problems: [] });
        const reader = await openWacz(file);
        expect((await reader.pages()).map(({ url }) => url)).toEqual(['https://example.com/']);
        const page = await reader.resource('https://example.com/');
        expect(page?.contentType).toContain('text/html');
      } finally {
        file.close();
      }
    },
  );

  it.skipIf(!present)('another signature in it is reported (needs ../shared/vectors)', async () => {
    const bytes = readFileSync(resolve(folder, 'valid_signed_example_1.wacz'));
    const other = readFileSync(resolve(folder, 'invalid_signed_example_1.wacz'));
    const valid = await signedData(bytes);
    const { signature } = await signedData(other);
    expect(signatureProblem(valid, true)).toBeNull();
    expect(signatureProblem({ ...valid, signature }, true)).toBe('its signature does not match');
    expect(signatureProblem({ ...valid, domain: 'elsewhere.example' }, true)).toContain('elsewhere.example');
    expect(signatureProblem({ ...valid, domainCert: 'x' }, true)).toBe('its signature is not readable');
    expect(signatureProblem(valid, false)).toContain('anonymous form');
  });
});
