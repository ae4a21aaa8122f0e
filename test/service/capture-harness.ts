import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload } from '../../src/main/archive/bytes.ts';
import { bytesPayload } from '../../src/main/archive/payload.ts';
import { auditCaptures } from '../../src/main/capture/audit.ts';
import { codingsOf } from '../../src/main/capture/witness/browser-witness/headers.ts';
import { decodedDigest } from '../../src/main/capture/witness/decoded-digest.ts';
import { findBrowser } from '../../src/main/capture/find-browser.ts';
import type { CaptureDeps } from '../../src/main/capture/deps.ts';
import { Profiles } from '../../src/main/capture/profiles/profiles.ts';
import { RecordingNotes } from '../../src/main/capture/salvage/recording-notes.ts';
import { CaptureService } from '../../src/main/capture/service.ts';
import { checkWacz } from '../../src/main/archive/wacz/check.ts';
import { openWacz } from '../../src/main/archive/wacz/reader.ts';
import { readHttpMessage } from '../../src/main/archive/warc/http-message.ts';
import { beginCase } from '../../src/main/custody/begin-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { OwnQueue } from '../../src/main/vault/own-queue.ts';
import { JobStore } from '../../src/main/vault/jobs.ts';
import type { CaptureJob, ListedCapture } from '../../src/shared/domain/capture.ts';
import { queueSettingsSchema } from '../../src/shared/domain/capture-queue.ts';
import { captureOptionsSchema, type CaptureOptions } from '../../src/shared/domain/capture-options.ts';
import { type HeaderList, type Provenance } from '../../src/shared/domain/provenance.ts';

async function spooled(body: AsyncIterable<Uint8Array>): Promise<Payload> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of body) pieces.push(Uint8Array.from(chunk));
  return bytesPayload(Buffer.concat(pieces));
}

/** Options as a test wants them: loopback allowed, and no more patience than a fixture needs. */
export function options(some: Partial<CaptureOptions> = {}): CaptureOptions {
  return captureOptionsSchema.parse({ allowPrivateAddresses: true, pdf: false, ...some });
}

/** A response of a sealed archive, and what was sent for it. */
export interface KeptAnswer {
  url: string;
  method: string;
  status: number;
  headers: HeaderList;
  size: number;
  /** Of the body as the page got it: after content coding, where it is kept as sent. */
  sha256: string;
  truncated: string | null;
  requestHeaders: HeaderList;
  requestSha256: string | null;
}

/** A real case with a real capture service, in a folder of its own. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'constat-test-'));
  readonly path = join(this.folder, 'case.constat');
  file: CaseFile;
  blobs: BlobStore;
  log: CustodyLog;
  service: CaptureService;
  readonly #more: Partial<CaptureDeps>;

  constructor(more: Partial<CaptureDeps> = {}) {
    this.#more = more;
    const info = { title: 'Test', reference: '', purpose: '' };
    this.file = CaseFile.create(this.path, info, { application: 'test' });
    ({ blobs: this.blobs, log: this.log, service: this.service } = this.#open());
    beginCase(this.log, this.file.info, 'Tester');
  }

  #open(): { blobs: BlobStore; log: CustodyLog; service: CaptureService } {
    const { file } = this;
    const key = loadOrCreateOperatorKey(join(this.folder, 'home'));
    const blobs = new BlobStore(file);
    const log = new CustodyLog(file, key);
    const deps = {
      file,
      blobs,
      jobs: new JobStore(file),
      log,
      key,
      operatorName: () => 'Tester',
      findBrowser,
      profiles: new Profiles(join(this.folder, 'home')),
      own: new OwnQueue(join(this.folder, 'home'), file.info.id),
      recordings: new RecordingNotes(join(this.folder, 'home')),
      queueSettings: () => queueSettingsSchema.parse({ concurrency: 1, hostPause: 0 }),
      ...this.#more,
    };
    return { blobs, log, service: new CaptureService(deps) };
  }

  /** Lets go of the case without a word, as a crash does, and opens it again. */
  reopen(): void {
    this.file.close();
    this.file = CaseFile.open(this.path, { application: 'test' });
    ({ blobs: this.blobs, log: this.log, service: this.service } = this.#open());
  }

  async run(url: string, some: Partial<CaptureOptions> = {}): Promise<CaptureJob> {
    const [job] = this.service.start([url], options(some));
    if (!job) throw new Error('no job');
    return this.service.settled(job.id);
  }

  /** Captures an address and gives what was sealed; a job that fails is an error here. */
  async capture(
    url: string,
    some: Partial<CaptureOptions> = {},
  ): Promise<{ capture: ListedCapture; provenance: Provenance; answers: KeptAnswer[] }> {
    const job = await this.run(url, some);
    if (job.captureId === null) throw new Error(`${url}: ${job.problem?.message ?? job.state}`);
    const { capture, provenance } = await this.service.get(job.captureId);
    const check = await checkWacz(this.service.wacz(capture.id));
    if (!check.ok) throw new Error(`the archive is not sound: ${JSON.stringify(check.problems)}`);
    return { capture, provenance, answers: await this.answers(capture.id) };
  }

  /** Every response record of a sealed archive, with its request. */
  async answers(captureId: string): Promise<KeptAnswer[]> {
    const reader = await openWacz(this.service.wacz(captureId));
    const answers: KeptAnswer[] = [];
    for await (const record of reader.records()) {
      if (record.type !== 'response' && record.type !== 'request') continue;
      const message = await readHttpMessage(record, record.uri ?? '');
      const payload = await spooled(message.body());
      const sha256 = (await decodedDigest(payload, codingsOf(message.headers), 1e9)) ?? payload.sha256;
      if (record.type === 'response') {
        answers.push({
          url: record.uri ?? '',
          method: '',
          status: message.status ?? 0,
          headers: message.headers,
          size: message.bodyLength,
          sha256,
          truncated: record.fields.get('WARC-Truncated') ?? null,
          requestHeaders: [],
          requestSha256: null,
        });
        continue;
      }
      const answer = answers.at(-1);
      if (!answer) throw new Error('a request before its response');
      answer.method = message.startLine.split(' ', 1)[0] ?? '';
      answer.requestHeaders = message.headers;
      answer.requestSha256 = message.bodyLength === 0 ? null : sha256;
    }
    return answers;
  }

  /** What `verify` says is wrong. */
  async failures(): Promise<string[]> {
    const { checks } = await verifyCase(this.file, [auditCaptures]);
    return checks.filter(({ status }) => status === 'fail').map(({ item, message }) => `${item}: ${message}`);
  }

  eventTypes(): string[] {
    return this.log.events().map(({ leaf }) => leaf.type);
  }

  async close(): Promise<void> {
    await this.service.close();
    this.file.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
