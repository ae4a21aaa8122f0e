import { dirname, resolve } from 'node:path';
import { v4 as uuid } from 'uuid';
import { ensureEnrolled } from '../custody/begin-case.ts';
import type { CustodyLog } from '../custody/log.ts';
import type { OperatorKey } from '../custody/operator-key.ts';
import { assertSoundLog } from '../custody/sound-log.ts';
import type { CaseFile } from '../vault/case-file.ts';
import type { BundleRequest, BundleResult } from '../../shared/domain/bundle.ts';
import type { Capture } from '../../shared/domain/capture.ts';
import { ConstatError } from '../../shared/problems.ts';
import { BagWriter } from './bagit/writer.ts';
import { chooseContents } from './contents.ts';
import { chooseCopies } from './copies/choose-copies.ts';
import { atDestination } from './destination.ts';
import { archiveNames, places } from './layout.ts';
import { signSsh } from './sshsig.ts';
import { writeContents, type SealedBytes } from './write-contents.ts';

/** What an export reads of the captures' room. */
export interface CaptureSource {
  list(): Capture[];
  wacz(id: string): SealedBytes;
}

export interface BundleDeps {
  file: CaseFile;
  log: CustodyLog;
  key: OperatorKey;
  operatorName: string;
  captures: CaptureSource;
}

export interface ExportOptions {
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number; item: string }) => void;
  /** The export's own time: the only clock in the bundle. */
  now?: Date;
}

/**
 * Writes a bundle (custody.md 3.9) beside its destination, gives it its name when it is whole, and enters it in the log; the
 * head inside is the one before that entry. On any failure nothing of it is left. Every archive is compared with its seal
 * while it is written, every entry with the head; the log itself is checked before anything is written.
 * Throws NOTHING_TO_EXPORT, CAPTURE_NOT_FOUND, DESTINATION_EXISTS, DESTINATION_UNWRITABLE, DISK_FULL, EVIDENCE_DAMAGED,
 * CASE_READ_ONLY, CREDENTIALS_NOT_CONFIRMED, and the signal's reason where it was stopped.
 */
export async function exportBundle(
  deps: BundleDeps,
  request: BundleRequest,
  options: ExportOptions = {},
): Promise<BundleResult> {
  const { file, log, key, operatorName } = deps;
  if (file.readOnly) throw new ConstatError('CASE_READ_ONLY', { path: file.path });
  // A head over a log that was tampered with would make it good again.
  await assertSoundLog(file);
  const captures = deps.captures.list();
  const now = options.now ?? new Date();
  const chosen = chooseContents(captures, request.captureIds, []).captures;
  const redacted = await chooseCopies(chosen, (id) => deps.captures.wacz(id), request);
  return atDestination(request, now, async (sink) => {
    ensureEnrolled(log, operatorName);
    const contents = chooseContents(captures, request.captureIds, log.events());
    const head = log.head();
    if (!head) throw new ConstatError('NOTHING_TO_EXPORT');
    const total = contents.captures.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let done = 0;
    const bag = new BagWriter(sink, {
      ...(options.signal ? { signal: options.signal } : {}),
      onBytes: (path, bytes) => {
        if (path.endsWith(`/${archiveNames.sealed}`)) done += bytes;
        options.onProgress?.({ done, total, item: path });
      },
    });
    const { tagManifest, written, copies } = await writeContents(bag, {
      wacz: (id) => deps.captures.wacz(id),
      copies: {
        redacted,
        folder: dirname(resolve(request.destination)),
        ...(options.signal ? { signal: options.signal } : {}),
        onRead: (bytes, item) => {
          // A copy is made in three passages.
          done += bytes / 3;
          options.onProgress?.({ done: Math.min(Math.round(done), total), total, item });
        },
      },
      caseInfo: file.info,
      log,
      key,
      operatorName,
      request,
      contents,
      head,
      now,
      capturesInCase: captures.length,
    });
    const signature = await bag.beyond(places.signature, Buffer.from(signSsh(key, tagManifest)));
    sink.finish();
    const totals = { files: bag.totals.files, bytes: bag.totals.bytes };
    options.onProgress?.({ done: total, total, item: signature.path });
    return {
      result: {
        path: request.destination,
        format: request.format,
        ...totals,
        captures: contents.captures.length,
        redacted: copies.length,
        tagManifestSha256: written.sha256,
        checkpoint: head,
      },
      afterwards: () => {
        log.append({
          type: 'export.created',
          subject: { kind: 'bundle', id: uuid() },
          evidence: { sha256: written.sha256, size: written.size },
          detail: {
            captures: contents.captures.map(({ id }) => id),
            // Which captures were handed over as working copies, each by its digest; the others as sealed.
            redacted: copies,
            format: request.format,
            recipient: request.recipient.toWellFormed(),
            purpose: request.purpose.toWellFormed(),
            ...totals,
          },
        });
      },
    };
  });
}
