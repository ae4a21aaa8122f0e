import { copyFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { auditCaptures } from '../../src/main/capture/audit.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { Database } from '../../src/main/vault/sqlite.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import type { CaptureNews } from '../../src/shared/contract/captures.ts';
import { queueSettingsSchema } from '../../src/shared/domain/capture-queue.ts';
import { stepNames } from '../../src/shared/domain/capture-options.ts';
import type { Check } from '../../src/shared/domain/custody.ts';
import { ConstatError } from '../../src/shared/problems.ts';
import { Bench, options } from './capture-harness.ts';

let bench: Bench;
let origin: string;
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  if (request.url === '/where')
    response.write(
      '<p id=p></p><script>p.textContent = [Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.languages, innerWidth, navigator.webdriver].join()</script>',
    );
  if (request.url === '/far') {
    const frame = `http://other.localhost:${request.socket.localPort ?? 0}/red`;
    response.write(
      `<body style="margin:0"><div style="position:fixed;width:100%;height:60px;background:#0a0"></div><div style="height:3000px"></div>
       <iframe src="${frame}" style="border:0;width:400px;height:2000px"></iframe>`,
    );
  }
  if (request.url === '/red') response.write('<body style="background:#f00">');
  if (request.url === '/stuck') response.write('<script>setTimeout(() => { for (;;); }, 100)</script>');
  response.write(`<title>Page ${request.url ?? ''}</title><h1>Été</h1>`);
  if (request.url !== '/hangs') response.end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://site.localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

const profiles = (): string[] =>
  readdirSync(tmpdir()).filter((entry) => entry.startsWith(`constat-browser-${process.pid}-`));
const count = (table: string): number =>
  bench.file.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;

async function running(): Promise<string> {
  const news = bench.service.watch();
  const [job] = bench.service.start([`${origin}/hangs`], options());
  for await (const one of news) {
    if (one.type === 'job' && one.job.problem) throw new Error(one.job.problem.message);
    if (one.type === 'job' && one.job.state === 'running' && one.job.step === 'load') break;
  }
  return job?.id ?? '';
}

describe('capturing', () => {
  it('seals archive, row and event together, and gives back what was kept', async () => {
    const heard: CaptureNews[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const news of bench.service.watch(stop.signal)) heard.push(news);
    })();
    const { capture, provenance } = await bench.capture(`${origin}/a`, { pdf: true });
    expect(bench.eventTypes()).toEqual([
      'case.created',
      'operator.enrolled',
      'capture.requested',
      'item.sealed',
    ]);
    const sealed = bench.log.events().at(-1);
    expect(sealed?.leaf).toMatchObject({
      seq: capture.sealedSeq,
      evidence: { sha256: capture.sha256, size: capture.sizeBytes },
    });
    expect(sealed?.detail).toMatchObject({
      id: capture.id,
      exhibit: 1,
      title: 'Page /a',
      state: 'COMPLETE',
      httpStatus: 200,
    });
    expect(bench.service.list()).toEqual([capture]);
    expect(provenance).toMatchObject({ captureId: capture.id, operator: { name: 'Tester' } });
    expect(bench.service.jobs()).toEqual([]);

    const text = await bench.service.artefact(capture.id, 'text');
    expect(Buffer.from(text.bytes).toString('utf8')).toBe('Été');
    for (const kind of ['screenshot', 'fullPage'] as const) {
      const { bytes, mediaType } = await bench.service.artefact(capture.id, kind);
      expect([mediaType, (await sharp(bytes).metadata()).width]).toEqual(['image/png', 1280]);
    }
    expect(
      Buffer.from((await bench.service.artefact(capture.id, 'pdf')).bytes.subarray(0, 5)).toString(),
    ).toBe('%PDF-');
    const small = await bench.service.artefact(capture.id, 'thumbnail');
    expect(await sharp(small.bytes).metadata()).toMatchObject({ width: 480, format: 'webp' });

    stop.abort();
    await listening;
    expect(heard.filter(({ type }) => type === 'sealed')).toHaveLength(1);
    const steps = heard.flatMap((news) =>
      news.type === 'job' && news.job.state === 'running' ? [news.job.step] : [],
    );
    expect([...new Set(steps)]).toEqual([null, ...stepNames.filter((name) => name !== 'interact')]);
    expect(await bench.failures()).toEqual([]);
    expect(profiles()).toEqual([]);
  });

  it('numbers exhibits in the order of sealing and finds them by number, identifier and its beginning', async () => {
    const first = await bench.capture(`${origin}/1`);
    const second = await bench.capture(`${origin}/2`);
    expect([first, second].map(({ capture }) => capture.exhibit)).toEqual([1, 2]);
    const { id } = second.capture;
    for (const wanted of ['2', '#2', id, id.toUpperCase(), id.slice(0, 30)])
      expect(bench.service.find(wanted).id).toBe(id);
    expect(() => bench.service.find('3')).toThrow(/no capture “3”/);
    expect(() => bench.service.find(id.slice(0, 4))).toThrow(/no capture/);
    await expect(bench.service.artefact(id, 'pdf')).rejects.toThrow(/has no pdf/);
  });

  it('shows the page the zone, languages and window that were chosen, and no automation', async () => {
    const { capture } = await bench.capture(`${origin}/where`, {
      timeZone: 'Pacific/Noumea',
      locale: 'fr-FR',
      viewport: { width: 700, height: 500 },
    });
    const { bytes } = await bench.service.artefact(capture.id, 'text');
    expect(Buffer.from(bytes).toString('utf8').trim()).toContain('Pacific/Noumea,fr-FR,fr,700,false');
  });

  it('shows a high frame of another site far down the page whole, and what stands fixed only once', async () => {
    const { capture, provenance } = await bench.capture(`${origin}/far`);
    const { bytes } = await bench.service.artefact(capture.id, 'fullPage');
    const strip = { left: 100, top: 3000, width: 1, height: 2000 };
    const pixels = await sharp(bytes).extract(strip).removeAlpha().raw().toBuffer();
    expect(new Set(pixels.toString('hex').match(/.{6}/g))).toEqual(new Set(['ff0000']));
    expect(provenance.stepOutcomes.find(({ name }) => name === 'screenshot')?.note).toMatch(
      /set in at their places/,
    );
  });

  it('captures several at once where it is told to, but of one host only one', async () => {
    const several = new Bench({
      queueSettings: () => queueSettingsSchema.parse({ concurrency: 2, hostPause: 0 }),
    });
    try {
      const running = new Set<string>();
      const together: string[][] = [];
      void (async () => {
        for await (const news of several.service.watch()) {
          if (news.type !== 'job') continue;
          if (news.job.state === 'running') running.add(news.job.url);
          else running.delete(news.job.url);
          if (running.size > 1) together.push([...running].map((url) => new URL(url).hostname));
        }
      })();
      const other = origin.replace('site', 'other');
      const jobs = several.service.start([`${origin}/1`, `${origin}/2`, `${other}/3`], options());
      const ended = await Promise.all(jobs.map(({ id }) => several.service.settled(id)));
      expect(ended.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
      expect(several.service.list().map(({ exhibit }) => exhibit)).toEqual([1, 2, 3]);
      expect(together.length).toBeGreaterThan(0);
      for (const hosts of together) expect(new Set(hosts).size).toBe(hosts.length);
      expect(await several.failures()).toEqual([]);
    } finally {
      await several.close();
    }
  });
});

describe('stopping', () => {
  it('cancels what runs: nothing of it is left, and the log says so', async () => {
    const id = await running();
    bench.service.cancel(id);
    expect(await bench.service.settled(id)).toMatchObject({
      state: 'cancelled',
      problem: { code: 'CAPTURE_CANCELLED' },
    });
    expect(bench.eventTypes().slice(2)).toEqual(['capture.requested', 'capture.cancelled']);
    expect([count('blob'), count('blob_chunk'), count('capture')]).toEqual([0, 0, 0]);
    expect(profiles()).toEqual([]);
    expect(bench.service.jobs()).toHaveLength(1);
    bench.service.dismiss(id);
    expect(bench.service.jobs()).toEqual([]);
    expect(() => bench.service.dismiss('01900000-0000-7000-8000-000000000000')).toThrow(/no running capture/);
  });

  it('cancels what waits', async () => {
    const id = await running();
    const [waiting] = bench.service.start([`${origin}/later`], options());
    expect(bench.service.cancel(waiting?.id ?? '')).toMatchObject({ state: 'cancelled' });
    bench.service.cancel(id);
    await bench.service.settled(id);
    expect(bench.service.list()).toEqual([]);
  });

  it('leaves no process when the case is closed in the middle', async () => {
    await running();
    await bench.service.close();
    expect(profiles()).toEqual([]);
    expect(count('blob')).toBe(0);
  });

  it('goes on without a page that has stopped answering', async () => {
    const { capture, provenance } = await bench.capture(`${origin}/stuck`, {
      settleTimeout: 300,
      scrollTimeout: 1000,
    });
    expect(capture.state).toBe('PARTIAL');
    const failed = provenance.stepOutcomes
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ name }) => name);
    expect(failed).toContain('scroll');
    expect(provenance.stepOutcomes.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeLessThan(40_000);
  });

  it('keeps nothing half-written on a full disk, and says so', async () => {
    const pages = bench.file.prepare<[], { page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
    bench.file.prepare(`PRAGMA max_page_count = ${pages + 2}`).get();
    const job = await bench.run(`${origin}/a`);
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'DISK_FULL' } });
    bench.file.prepare('PRAGMA max_page_count = 1000000').get();
    expect(bench.service.list()).toEqual([]);
    expect(count('capture')).toBe(0);
    expect(await bench.failures()).toEqual([]);
    const { capture } = await bench.capture(`${origin}/a`);
    expect(capture.exhibit).toBe(1);
  });

  it('ends with a sentence when there is no browser', async () => {
    const without = new Bench({
      findBrowser: async () => {
        throw new ConstatError('BROWSER_NOT_FOUND');
      },
    });
    try {
      const job = await without.run(`${origin}/`);
      expect(job).toMatchObject({ state: 'failed', problem: { code: 'BROWSER_NOT_FOUND' } });
      expect(without.service.list()).toEqual([]);
    } finally {
      await without.close();
    }
  });
});

async function audit(): Promise<Check[]> {
  const checks: Check[] = [];
  const { file, log } = bench;
  const context = { file, blobs: new BlobStore(file), events: log.events(), progress: () => undefined };
  await auditCaptures({ ...context, report: (check) => void checks.push(check) });
  return checks;
}

describe('verification of captures', () => {
  const flipped = 'one bit';

  /** Changes the closed case behind Constat's back, as a forger with the file would, triggers and all. */
  function forge(sql: string): void {
    bench.file.close();
    const database = new Database(bench.path);
    const triggers = database
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .all();
    for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
    if (sql === flipped) {
      const bytes =
        database.prepare<[], { bytes: Buffer }>('SELECT bytes FROM blob_chunk WHERE seq = 0').get()?.bytes ??
        Buffer.alloc(0);
      bytes[5000] = (bytes[5000] ?? 0) ^ 1;
      database.prepare('UPDATE blob_chunk SET bytes = ? WHERE seq = 0').run(bytes);
    } else database.exec(sql);
    database.close();
    bench.file = CaseFile.open(bench.path, { application: 'test', readOnly: true });
  }

  const cases: [string, string, RegExp][] = [
    [
      'another title',
      "UPDATE capture SET title = 'Forged'",
      /exhibit 1: Its title differs from what the log says/,
    ],
    [
      'another address',
      "UPDATE capture SET requested_url = 'http://forged.test/'",
      /exhibit 1: Its requested address differs/,
    ],
    [
      'a missing capture',
      'PRAGMA foreign_keys = OFF; DELETE FROM derived; DELETE FROM capture',
      /Entry 3 of the log sealed it, and it is missing/,
    ],
    [
      'another number',
      'UPDATE capture SET exhibit = 7',
      /exhibit 7: The exhibit numbers before it are not complete/,
    ],
    [
      'another digest',
      `UPDATE blob SET sha256 = '${'0'.repeat(64)}'`,
      /exhibit 1: Its archive is not the one the log says was sealed/,
    ],
    ['one changed byte', flipped, /exhibit 1: .*data\.warc\.gz/],
    [
      'an unfinished recording',
      "INSERT INTO blob (media_type) VALUES ('x')",
      /unfinished recordings: 1 recording was begun/,
    ],
  ];

  it('names the capture, whatever was changed', async () => {
    await bench.capture(`${origin}/a`);
    await bench.service.close();
    expect((await audit()).map(({ status, item }) => [status, item])).toEqual([['pass', 'exhibit 1']]);
    bench.file.close();
    const clean = `${bench.path}.clean`;
    copyFileSync(bench.path, clean);
    for (const [what, sql, expected] of cases) {
      copyFileSync(clean, bench.path);
      forge(sql);
      bench.log = new CustodyLog(bench.file, loadOrCreateOperatorKey(join(bench.folder, 'home')));
      const found = (await audit())
        .filter(({ status }) => status !== 'pass')
        .map(({ item, message }) => `${item}: ${message}`);
      expect(found.join('\n'), what).toMatch(expected);
      bench.file.close();
    }
    copyFileSync(clean, bench.path);
    bench.file = CaseFile.open(bench.path, { application: 'test', readOnly: true });
  });
});

it('writes an archive others read: pages, provenance, and nothing unsealed', async () => {
  const { capture } = await bench.capture(`${origin}/a`);
  const reader = await openWacz(bench.service.wacz(capture.id));
  const [page] = await reader.pages();
  expect(page).toMatchObject({
    id: capture.id,
    url: `${origin}/a`,
    title: 'Page /a',
    status: 200,
    text: 'Été',
  });
  expect(reader.entries().map(({ name }) => name)).toContain('evidence/provenance.json');
});
