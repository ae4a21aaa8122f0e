import type { Capture, ListedCapture } from '../../shared/domain/capture.ts';
import type { JsonObject } from '../../shared/domain/common.ts';
import type { PageKind } from '../../shared/domain/page-finding.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import type { CustodyLog } from '../custody/log.ts';
import type { BlobWriter } from '../vault/blobs.ts';
import type { CaseFile } from '../vault/case-file.ts';
import type { CaptureStore } from './store.ts';

/** What the log says of a sealed capture: the capture without its place in the log, and the job it came from. */
export function sealedDetail(capture: Omit<Capture, 'sealedSeq'>, jobId: string): JsonObject {
  const { id, exhibit, requestedUrl, finalUrl, title, state, httpStatus, startedAt, finishedAt } = capture;
  const { sizeBytes, sha256, resourceCount, remarkCount } = capture;
  return {
    id,
    exhibit,
    requestedUrl,
    finalUrl,
    title,
    state,
    httpStatus,
    startedAt,
    finishedAt,
    sizeBytes,
    sha256,
    resourceCount,
    remarkCount,
    jobId,
  };
}

/**
 * Seals a recorded archive: the blob is closed (and hashed from what the database holds), the row is written and the event is logged
 * in one transaction, so that there is never one without the others. `also` runs in it. Throws what the transaction throws.
 */
export function seal(
  parts: { file: CaseFile; log: CustodyLog; store: CaptureStore },
  blob: BlobWriter,
  provenance: Provenance,
  jobId: string,
  also: (capture: Capture) => void,
): ListedCapture {
  const { file, log, store } = parts;
  return file.transaction(() => {
    const { size, sha256 } = blob.finish();
    const sealed: Omit<Capture, 'sealedSeq'> = {
      id: provenance.captureId,
      exhibit: store.nextExhibit(),
      requestedUrl: provenance.url.normalised,
      finalUrl: provenance.url.final,
      title: provenance.page.title,
      state: provenance.verdict.state,
      httpStatus: provenance.page.status,
      startedAt: provenance.time.start,
      finishedAt: provenance.time.end,
      sizeBytes: size,
      sha256,
      resourceCount: provenance.exchanges.filter(({ status }) => status !== null).length,
      remarkCount: provenance.verdict.remarks.length,
    };
    const { seq } = log.append({
      type: 'item.sealed',
      subject: { kind: 'capture', id: sealed.id },
      evidence: { sha256, size },
      detail: sealedDetail(sealed, jobId),
    });
    const pageKind = pageKindOf(provenance);
    const capture: ListedCapture = { ...sealed, sealedSeq: seq, pageKind };
    store.insert({ ...capture, waczBlob: blob.id });
    store.putPageKind(capture.id, pageKind);
    also(capture);
    return capture;
  });
}

/** What lists say a page was: the first of what was found. */
export function pageKindOf({ page }: Provenance): PageKind | null {
  return page.findings[0]?.kind ?? null;
}
