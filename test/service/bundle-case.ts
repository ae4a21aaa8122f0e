import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { ActorService } from '../../src/main/actors/service.ts';
import { bytesPayload, textPayload } from '../../src/main/archive/payload.ts';
import { WaczWriter } from '../../src/main/archive/wacz/writer.ts';
import { beginCase } from '../../src/main/custody/begin-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey, type OperatorKey } from '../../src/main/custody/operator-key.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { captureSchema, type Capture } from '../../src/shared/domain/capture.ts';
import { provenanceSchema, type Provenance } from '../../src/shared/domain/provenance.ts';
import { softwareName } from '../../src/shared/software.ts';

/** A page that was never on any network, as a capture of it would have been. */
export interface MadeUpPage {
  url: string;
  entered?: string;
  title: string;
  body: string;
  state?: Capture['state'];
  remarks?: string[];
  /** A browser profile that the person keeps. */
  profile?: 'named';
  /** What the browser was sent as a cookie. */
  cookie?: string;
}

/** A real case with sealed archives, made without a browser: vault, log and archive are the real parts. */
export class MadeUpCase {
  readonly folder: string;
  readonly file: CaseFile;
  readonly blobs: BlobStore;
  readonly key: OperatorKey;
  readonly log: CustodyLog;
  readonly actors: ActorService;
  readonly operatorName = 'Inès Carvalho';
  readonly #sealed: { capture: Capture; blob: number }[] = [];

  constructor(title = 'Basin Solidarity') {
    this.folder = mkdtempSync(join(tmpdir(), 'made-up-case-'));
    this.key = awkwardKey(join(this.folder, 'home'));
    const info = {
      title,
      reference: 'BS/2026/11',
      purpose: 'Research into copied posts, at the request of the editors',
    };
    this.file = CaseFile.create(join(this.folder, 'case.constat'), info, { application: 'test' });
    this.blobs = new BlobStore(this.file);
    this.log = new CustodyLog(this.file, this.key);
    this.actors = new ActorService({ file: this.file, log: this.log });
    beginCase(this.log, this.file.info, this.operatorName);
  }

  /** What `exportBundle` takes. */
  get deps() {
    const captures = { list: () => this.list(), wacz: (id: string) => this.wacz(id) };
    const { file, blobs, log, key, operatorName } = this;
    return { file, blobs, log, key, operatorName, captures };
  }

  list(): Capture[] {
    return this.#sealed.map(({ capture }) => capture);
  }

  wacz(id: string) {
    return this.blobs.open(this.#sealed.find(({ capture }) => capture.id === id)?.blob ?? -1);
  }

  /** Seals an archive of the page as the capture room does: blob, row and log entry in one transaction. */
  async seal(page: MadeUpPage): Promise<Capture> {
    const [id, jobId] = [uuid(), uuid()];
    const entered = page.entered ?? page.url;
    const job = { kind: 'job', id: jobId } as const;
    this.log.append({ type: 'capture.requested', subject: job, detail: { url: entered, options: {} } });
    const provenance = this.#provenance(id, page);
    const writer = this.blobs.create('application/wacz+zip');
    await writeWacz(writer, page, provenance);
    return this.file.transaction(() => {
      const { size, sha256, id: blob } = writer.finish();
      const said = captureSchema.omit({ sealedSeq: true }).parse({
        id,
        exhibit: this.#sealed.length + 1,
        requestedUrl: entered,
        finalUrl: page.url,
        title: page.title,
        state: page.state ?? 'COMPLETE',
        httpStatus: 200,
        startedAt: provenance.time.start,
        finishedAt: provenance.time.end,
        sizeBytes: size,
        sha256,
        resourceCount: 1,
        remarkCount: page.remarks?.length ?? 0,
      });
      const subject = { kind: 'capture', id } as const;
      const { seq } = this.log.append({
        type: 'item.sealed',
        subject,
        evidence: { sha256, size },
        detail: { ...said, jobId },
      });
      const capture = { ...said, sealedSeq: seq };
      this.file
        .prepare(
          `INSERT INTO capture (id, exhibit, requested_url, final_url, title, state, http_status, started_at, finished_at,
             wacz_blob, resource_count, remark_count, sealed_seq)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          id,
          said.exhibit,
          said.requestedUrl,
          said.finalUrl,
          said.title,
          said.state,
          said.httpStatus,
          said.startedAt,
          said.finishedAt,
          blob,
          said.resourceCount,
          said.remarkCount,
          seq,
        );
      this.#sealed.push({ capture, blob });
      return capture;
    });
  }

  close(): void {
    this.file.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #provenance(captureId: string, page: MadeUpPage): Provenance {
    const step = {
      outcome: 'done',
      startedAt: '2026-11-22T17:00:00.000Z',
      durationMs: 812.5,
      note: null,
    } as const;
    return provenanceSchema.parse({
      format: 'constat-provenance-1',
      captureId,
      caseId: this.file.info.id,
      software: softwareName,
      operator: { name: this.operatorName, keyFingerprint: this.key.fingerprint },
      url: { entered: page.entered ?? page.url, normalised: page.url, final: page.url, redirects: [] },
      page: { title: page.title, status: 200, mimeType: 'text/html' },
      time: {
        start: '2026-11-22T17:00:00.000Z',
        end: '2026-11-22T17:00:07.250Z',
        zone: 'Pacific/Noumea',
        offset: '+11:00',
        durationMs: 7250,
      },
      environment: {
        browser: {
          name: 'Chromium',
          version: '142.0.7444.59',
          sha256: 'ab'.repeat(32),
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
          headless: true,
        },
        browserSandbox: true,
        sandboxNote: null,
        browserArguments: ['--headless', '--proxy-server=socks5://127.0.0.1:0'],
        node: 'v24.21.0',
        playwright: '1.65.1',
        platform: 'linux x64',
        viewport: { width: 1280, height: 900, deviceScaleFactor: 1 },
        locale: 'en-US',
        timeZone: 'Pacific/Noumea',
        profile: page.profile ?? 'fresh',
      },
      options: {
        allowPrivateAddresses: true,
        viewport: { width: 1280, height: 900 },
        locale: 'en-US',
        timeZone: '',
        loadTimeout: 30_000,
        settleTimeout: 10_000,
        scrollTimeout: 20_000,
        maxBytes: 2_000_000_000,
        pdf: true,
      },
      witness: {
        kind: 'browser',
        shows: ['What the browser reported.'],
        doesNotShow: ['The bytes as they were on the wire.'],
      },
      network: {
        egressAddress: 'not recorded',
        resolved: [{ host: 'example.localhost', addresses: ['127.0.0.1'], used: '127.0.0.1' }],
        refused: [],
      },
      stepOutcomes: [
        { name: 'load', ...step },
        { name: 'scroll', ...step },
        { name: 'seal', ...step },
      ],
      exchanges: [
        {
          url: page.url,
          method: 'GET',
          type: 'Document',
          status: 200,
          mimeType: 'text/html',
          size: page.body.length,
          sha256: 'cd'.repeat(32),
          protocol: 'h2',
          serverAddress: '192.0.2.7:443',
          tls: {
            protocol: 'TLS 1.3',
            cipher: 'AES_128_GCM',
            issuer: 'R11',
            subjectName: 'example.test',
            validFrom: null,
            validTo: null,
          },
          requestedAt: '2026-11-22T17:00:00.100Z',
          fromCache: false,
          fromServiceWorker: false,
          truncated: null,
          failure: null,
          blocked: false,
        },
      ],
      verdict: { state: page.state ?? 'COMPLETE', remarks: page.remarks ?? [] },
    });
  }
}

/** A key whose base64 holds every sign that a careless command trips over. */
function awkwardKey(home: string): OperatorKey {
  mkdirSync(home, { mode: 0o700 });
  for (;;) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    if (!/\+.*\/|\/.*\+/.test(Buffer.concat([Uint8Array.of(1), raw]).toString('base64'))) continue;
    writeFileSync(join(home, 'operator-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
    });
    return loadOrCreateOperatorKey(home);
  }
}

async function writeWacz(
  sink: ConstructorParameters<typeof WaczWriter>[0],
  page: MadeUpPage,
  provenance: Provenance,
): Promise<void> {
  const time = new Date(provenance.time.start);
  const wacz = new WaczWriter(sink, { software: softwareName, now: () => time });
  const html = `<!doctype html><title>${page.title}</title><p>${page.body}</p>`;
  await wacz.begin({});
  await wacz.exchange({
    url: page.url,
    method: 'GET',
    requestTime: time,
    requestHeaders: [['accept', 'text/html']],
    status: 200,
    statusText: 'OK',
    responseHeaders: [
      ['content-type', 'text/html; charset=utf-8'],
      ...(page.cookie === undefined ? [] : [['set-cookie', page.cookie] satisfies [string, string]]),
    ],
    httpVersion: 'h2',
    payload: textPayload(html),
    bodyDecoded: false,
  });
  const picture = await drawn(page);
  const resources: [string, string, Uint8Array][] = [
    ['view', 'image/png', picture],
    ['fullPage', 'image/png', picture],
    ['dom', 'text/html', Buffer.from(html)],
    ['pdf', 'application/pdf', Buffer.from('%PDF-1.7\n%%EOF\n')],
    ['text', 'text/plain', Buffer.from(page.body)],
  ];
  for (const [kind, contentType, bytes] of resources) {
    await wacz.resource({ uri: `urn:${kind}:${page.url}`, contentType, payload: bytesPayload(bytes), time });
  }
  wacz.page({ id: provenance.captureId, url: page.url, ts: time, title: page.title });
  wacz.extra('evidence/provenance.json', Buffer.from(JSON.stringify(provenance)));
  wacz.extra('evidence/provenance.html', Buffer.from('<!doctype html><p>How the capture was made'));
  await wacz.finish({ title: page.title, mainPageUrl: page.url, mainPageDate: time });
}

/** A picture of the page that a person would take for one. */
async function drawn({ title, body }: MadeUpPage): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="900"><rect width="1280" height="900" fill="#fbfaf6"/>
    <rect width="1280" height="84" fill="#22334d"/><text x="60" y="54" font-size="30" fill="#fff" font-family="serif">The Lagoon Courier</text>
    <text x="60" y="190" font-size="44" font-family="serif">${words(title)}</text><text x="60" y="260" font-size="24" font-family="serif">${words(body)}</text>
    <rect x="60" y="310" width="760" height="420" fill="#9db4c0"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function words(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:–’]/gu, ' ').slice(0, 90);
}

/** The first part of the sample case, with the texts that have deceived other tools among its titles. */
export async function sampleCase(): Promise<MadeUpCase> {
  const made = new MadeUpCase();
  const article = await made.seal({
    url: 'https://courier.example/2026/11/riots',
    entered: 'courier.example/2026/11/riots',
    title: 'Montage of two true photographs spreads at 12:21',
    body: 'The picture joins two places that are 3.2 km apart.',
  });
  await made.seal({
    url: 'https://xn--80ak6aa92e.example/@basin/1',
    title: 'Thread \u202Egnp.exe <script>alert(1)</script> & "quotes"',
    body: 'Copied by hundreds of accounts.',
    state: 'PARTIAL',
    remarks: ['2 pictures below the fold were never asked for.', 'The page asked for <b>consent</b>.'],
  });
  await made.seal({ url: 'https://video.example/v/7', title: '', body: 'A video, the day after.' });
  const initiative = made.actors.add({
    kind: 'organisation',
    name: 'Basin Solidarity Initiative',
    note: 'Presents itself as independent.',
    handles: [{ platform: 'microblog', handle: '@basin', url: 'https://microblog.example/@basin' }],
  });
  const director = made.actors.add({ kind: 'person', name: 'Émile Rakoto', note: '', handles: [] });
  made.actors.link([article.id], initiative.id, 'subject', 'Named in the third paragraph.');
  made.actors.link(
    made
      .list()
      .slice(0, 2)
      .map(({ id }) => id),
    director.id,
    'mentioned',
    '',
  );
  made.log.append({ type: 'item.viewed', subject: { kind: 'capture', id: article.id }, detail: {} });
  return made;
}
