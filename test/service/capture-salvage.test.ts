import { hash } from 'node:crypto';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { expect, it, onTestFinished } from 'vitest';
import { sampleExchange, sampleTime } from '../conformance/sample-wacz.ts';
import { textPayload } from '../../src/main/archive/payload.ts';
import { WaczWriter } from '../../src/main/archive/wacz/writer.ts';
import { JobBook } from '../../src/main/capture/queue/job-book.ts';
import { RecordingNotes, type RecordingNote } from '../../src/main/capture/salvage/recording-notes.ts';
import { JobStore } from '../../src/main/vault/jobs.ts';
import { OwnQueue } from '../../src/main/vault/own-queue.ts';
import { Bench, options } from './capture-harness.ts';

const url = 'https://www.example.org/';

interface Left {
  bench: Bench;
  notes: RecordingNotes;
  note: Omit<RecordingNote, 'v' | 'writtenAt'>;
}

/** A case as a crash leaves it: a job that runs, and an open blob with the page, a script that was posted, and a picture in it. */
async function leave(): Promise<Left> {
  const bench = new Bench();
  onTestFinished(() => bench.close());
  const { file, log, blobs } = bench;
  const home = join(bench.folder, 'home');
  const jobs = new JobStore(file);
  const book = new JobBook({ file, log, jobs, own: new OwnQueue(home, file.info.id) });
  const asked = options();
  const [job] = book.add([{ url, options: asked, tries: 1 }]);
  jobs.update(job?.id ?? '', { state: 'running' });
  const blob = blobs.create('application/wacz');
  const archive = new WaczWriter(blob, { software: 'test' });
  await archive.begin({});
  await archive.exchange(sampleExchange());
  await archive.exchange(
    sampleExchange({
      url: `${url}ask`,
      method: 'POST',
      requestBody: textPayload('a=1'),
      resourceType: 'Fetch',
    }),
  );
  const picture = { uri: `urn:view:${url}`, contentType: 'image/png', payload: textPayload('a picture') };
  await archive.resource({ ...picture, time: sampleTime });
  blob.flush();
  const captureId = uuid();
  const [fingerprint = ''] = log.events().map(({ leaf }) => leaf.operator);
  const note: Left['note'] = {
    caseId: file.info.id,
    jobId: job?.id ?? '',
    captureId,
    blob: blob.id,
    warc: archive.warcSoFar,
    document: { url, status: 200, isDownload: false },
    begun: ['screenshot'],
    ahead: ['dom', 'pdf'],
    noticed: [],
    account: {
      format: 'constat-provenance-1',
      captureId,
      caseId: file.info.id,
      software: 'Constat/test',
      operator: { name: 'Tester', keyFingerprint: fingerprint },
      url: { entered: url, normalised: url, final: url, redirects: [] },
      page: { title: 'A page', status: 200, mimeType: 'text/html', findings: [], scriptChanges: null },
      time: {
        start: sampleTime.toISOString(),
        end: sampleTime.toISOString(),
        zone: 'UTC',
        offset: '+00:00',
        durationMs: 900,
      },
      environment: {
        browser: { name: 'Chromium', version: '1', sha256: '0'.repeat(64), userAgent: 'x', headless: true },
        browserSandbox: true,
        sandboxNote: null,
        browserArguments: [],
        node: '24',
        playwright: '1',
        platform: 'Linux',
        viewport: { width: 1280, height: 900, deviceScaleFactor: 1 },
        locale: 'en-US',
        timeZone: 'UTC',
        profile: 'fresh',
      },
      options: asked,
      witness: { kind: 'wire', why: '', shows: [], doesNotShow: [], comparison: null },
      network: { egressAddress: 'not looked up', resolved: [], refused: [], via: null, clock: null },
      events: [],
      interactive: null,
      artefacts: [],
      stepOutcomes: [],
    },
  };
  return { bench, notes: new RecordingNotes(home), note };
}

/** Opens the case again and gives what was made of it. */
async function reopen({ bench, notes, note }: Left) {
  bench.reopen();
  const salvaged = await bench.service.salvaged();
  const [capture] = bench.service.list();
  const [job] = bench.service.jobs();
  const provenance = capture ? (await bench.service.get(capture.id)).provenance : null;
  expect(await bench.failures()).toEqual([]);
  expect(notes.of(note.caseId)).toEqual([]);
  expect(bench.blobs.discardUnfinished()).toBe(0);
  return { salvaged: salvaged.length, capture, job, provenance, events: bench.eventTypes() };
}

it('seals what was noted as a PARTIAL capture that says what happened and what is missing', async () => {
  const left = await leave();
  left.notes.write(left.note);
  const { salvaged, capture, job, provenance, events } = await reopen(left);
  expect({ salvaged, job, events: events.slice(-2) }).toEqual({
    salvaged: 1,
    job: undefined,
    events: ['capture.requested', 'item.sealed'],
  });
  expect(capture).toMatchObject({ state: 'PARTIAL', title: 'A page', requestedUrl: url, resourceCount: 2 });
  expect(provenance?.salvage).toMatchObject({
    records: 6,
    leftOut: [],
    noted: { bytes: left.note.warc.length },
  });
  expect(provenance?.exchanges).toMatchObject([
    {
      url,
      method: 'GET',
      type: 'Document',
      status: 200,
      protocol: 'h2',
      serverAddress: '203.0.113.7',
      failure: null,
    },
    { url: `${url}ask`, method: 'POST', seenBy: 'wire' },
  ]);
  expect(provenance?.artefacts).toMatchObject([{ uri: `urn:view:${url}`, size: 9 }]);
  expect(provenance?.stepOutcomes.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    'screenshot skipped',
    'dom skipped',
    'pdf skipped',
  ]);
  expect(provenance?.verdict.remarks.join(' ')).toMatch(
    /cut short.*nothing vouched.*the screenshots, .*the pdf/is,
  );
  expect(
    (await left.bench.answers(capture?.id ?? '')).map(({ method, status }) => `${method} ${status}`),
  ).toEqual(['GET 200', 'POST 200']);
});

it('leaves out what was still being written, and says so', async () => {
  const left = await leave();
  left.notes.write({ ...left.note, warc: cutBy(left, 30) });
  const { provenance } = await reopen(left);
  expect(provenance?.salvage).toMatchObject({ records: 5, leftOut: [{ bytes: expect.any(Number) }] });
  expect(provenance?.artefacts).toEqual([]);
  expect(provenance?.verdict.remarks.join(' ')).toMatch(/was being written at that moment and is left out/);
});

it.each([
  ['nothing was noted here: it may come from anybody', (): null => null, 'CAPTURE_INTERRUPTED'],
  [
    'the bytes are not those that were noted',
    ({ note }: Left) => ({ ...note, warc: { ...note.warc, sha256: 'a'.repeat(64) } }),
    'RECORDING_UNSOUND',
  ],
  [
    'there are fewer bytes than were noted',
    ({ note }: Left) => ({ ...note, warc: { ...note.warc, length: 9e6 } }),
    'RECORDING_UNSOUND',
  ],
  [
    'the note is of another address than the job',
    ({ note }: Left) => ({
      ...note,
      account: { ...note.account, url: { ...note.account.url, entered: 'https://other.example/' } },
    }),
    'CAPTURE_INTERRUPTED',
  ],
  ['the page itself had not come', ({ note }: Left) => ({ ...note, document: null }), 'CAPTURE_INTERRUPTED'],
  [
    'the server was too busy to give it',
    ({ note }: Left) => ({ ...note, document: { url, status: 503, isDownload: false } }),
    'CAPTURE_INTERRUPTED',
  ],
])('throws it away and leaves the job to be resumed where %s', async (_, noteOf, code) => {
  const left = await leave();
  const note = noteOf(left);
  if (note) left.notes.write(note);
  const { salvaged, capture, job, events } = await reopen(left);
  expect({ salvaged, capture, state: job?.state, code: job?.problem?.code }).toEqual({
    salvaged: 0,
    capture: undefined,
    state: 'interrupted',
    code,
  });
  expect(events.at(-1)).toBe('capture.interrupted');
});

/** The WARC as it would have been noted a few bytes earlier. */
function cutBy({ bench: { blobs }, note }: Left, bytes: number): RecordingNote['warc'] {
  const { start, length } = note.warc;
  const kept = blobs.openUnfinished(note.blob, start + length - bytes)?.read(start, length - bytes);
  return { start, length: length - bytes, sha256: hash('sha256', kept ?? '', 'hex') };
}
