import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CaptureJob, ListedCapture } from '../../../shared/domain/capture.ts';
import { ConstatError } from '../../../shared/problems.ts';
import { softwareName } from '../../../shared/software.ts';
import type { RandomAccess } from '../../archive/bytes.ts';
import { chunksOf, sliceSource } from '../../archive/random-access.ts';
import { recordUri } from '../../archive/warc/safe-text.ts';
import { readUnfinished, type CutRecord, type WholeRecord } from '../../archive/warc/unfinished.ts';
import { WaczWriter } from '../../archive/wacz/writer.ts';
import type { CaptureDeps } from '../deps.ts';
import { finishArchive, pageOf } from '../finish-archive.ts';
import { captureJobOf } from '../queue/capture-job.ts';
import { isBusy } from '../queue/setback.ts';
import { seal } from '../seal.ts';
import type { CaptureStore } from '../store.ts';
import { artefactOf, exchangeOf } from './account-of-records.ts';
import type { LeftRecording } from './left-recordings.ts';
import type { RecordingNote } from './recording-notes.ts';
import { salvagedProvenance, type SalvagedParts } from './salvaged-provenance.ts';

/** Between two turns of the loop at most so many bytes are hashed. */
const STRETCH = 4 * 1024 * 1024;

/**
 * Seals what a recording that was cut short had left in the case, as a PARTIAL capture of the same job: the whole records, byte for byte,
 * in a new archive. Null where the page itself is not among them, or its server was too busy to give it. Sends nothing. Throws
 * RECORDING_UNSOUND where the bytes are not those that were noted, and what sealing throws; nothing new is then left in the case.
 */
export async function salvageRecording(
  deps: CaptureDeps,
  store: CaptureStore,
  { note }: LeftRecording,
  signal: AbortSignal,
): Promise<{ capture: ListedCapture; job: CaptureJob } | null> {
  const { file, blobs, log, jobs } = deps;
  const { document } = note;
  if (!document || isBusy(document.status)) return null;
  const source = await notedBytes(deps, note, signal);
  const blob = blobs.create('application/wacz');
  try {
    const archive = new WaczWriter(blob, {
      software: softwareName,
      ...(deps.waczSigner ? { signer: deps.waczSigner } : {}),
    });
    const parts = await copyRecords(note, source, archive, signal);
    if (!parts.page) {
      blob.discard();
      return null;
    }
    const provenance = salvagedProvenance(note, parts);
    const date = new Date(parts.page.date);
    await finishArchive(archive, provenance, date, [pageOf(provenance, date, { text: null })]);
    signal.throwIfAborted();
    return file.transaction(() => {
      // Somebody may have begun it anew meanwhile.
      if (jobs.get(note.jobId)?.state !== 'interrupted') throw new ConstatError('CAPTURE_INTERRUPTED');
      const capture = seal({ file, log, store }, blob, provenance, note.jobId, ({ id }) =>
        jobs.update(note.jobId, { state: 'done', problem: null, resultId: id }),
      );
      const job = jobs.get(note.jobId);
      if (!job) throw new ConstatError('JOB_NOT_FOUND', { id: note.jobId });
      return { capture, job: captureJobOf(job) };
    });
  } catch (error) {
    blob.discard();
    throw error;
  }
}

/** The WARC as it was noted, every byte of it checked. */
async function notedBytes(
  { blobs }: CaptureDeps,
  { blob, warc }: RecordingNote,
  signal: AbortSignal,
): Promise<RandomAccess> {
  try {
    const stored = blobs.openUnfinished(blob, warc.start + warc.length);
    if (!stored) throw new Error('it is not there any more');
    const hash = createHash('sha256');
    let since = 0;
    for (const bytes of chunksOf(stored, warc.start)) {
      hash.update(bytes);
      since += bytes.byteLength;
      if (since < STRETCH) continue;
      since = 0;
      await setImmediate();
      signal.throwIfAborted();
    }
    if (hash.digest('hex') !== warc.sha256) throw new Error('its bytes have another SHA-256');
    return sliceSource(stored, warc.start, warc.length);
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConstatError('RECORDING_UNSOUND', { reason }, { cause: error });
  }
}

/** Copies every whole record and keeps account; `page` is the answer that is the page itself. */
async function copyRecords(
  { document, account }: RecordingNote,
  source: RandomAccess,
  archive: WaczWriter,
  signal: AbortSignal,
): Promise<SalvagedParts & { page: WholeRecord | null }> {
  const leftOut: CutRecord[] = [];
  const exchanges: SalvagedParts['exchanges'] = [];
  const artefacts: SalvagedParts['artefacts'] = [];
  const seenBy = account.witness.kind;
  const uri = document && recordUri(document.url);
  let records = 0;
  let page: WholeRecord | null = null;
  for await (const group of readUnfinished(source, (cut) => leftOut.push(cut))) {
    signal.throwIfAborted();
    await archive.copy(source, group);
    records += group.length;
    const [first] = group;
    if (first?.type === 'response' && first.uri === uri && first.http?.status === document?.status)
      page ??= first;
    const exchange = exchangeOf(group, seenBy);
    if (exchange) exchanges.push(exchange);
    const artefact = artefactOf(group, account.artefacts);
    if (artefact) artefacts.push(artefact);
  }
  exchanges.sort((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1));
  return { exchanges, artefacts, records, leftOut, sealedAt: new Date(), page };
}
