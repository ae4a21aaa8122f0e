import { isDeepStrictEqual } from 'node:util';
import { captureSchema } from '../../shared/domain/capture.ts';
import { idSchema } from '../../shared/domain/common.ts';
import type { CustodyEvent } from '../../shared/domain/custody.ts';
import { provenanceSchema } from '../../shared/domain/provenance.ts';
import { checkWacz } from '../archive/wacz/check.ts';
import { openWacz } from '../archive/wacz/reader.ts';
import type { AuditContext } from '../custody/verify-case.ts';
import type { BlobReader } from '../vault/blobs.ts';
import { sealedDetail } from './seal.ts';
import { CaptureStore } from './store.ts';

type Row = ReturnType<CaptureStore['forAudit']>[number];

const detailSchema = captureSchema.omit({ sealedSeq: true }).extend({ jobId: idSchema });

/**
 * Compares every capture with the event that sealed it, and checks its archive from the first byte to the last. Names each capture that
 * differs, each sealing event without its capture, and blobs that were never closed (a warning: a crash leaves them, sealing does not).
 */
export async function auditCaptures(context: AuditContext): Promise<void> {
  const { file, events, report } = context;
  const store = new CaptureStore(file);
  const sealed = new Map(
    events.filter(({ leaf }) => leaf.type === 'item.sealed').map((event) => [event.leaf.subject.id, event]),
  );
  const rows = store.forAudit();
  const requested = requestedAddresses(events);
  for (const row of rows) {
    const event = sealed.get(row.id);
    sealed.delete(row.id);
    const failures = [...compare(row, event, requested), ...(await inspectArchive(context, row, event))];
    const item = `exhibit ${row.exhibit}`;
    for (const message of failures) report({ item, status: 'fail', message });
    if (failures.length === 0)
      report({
        item,
        status: 'pass',
        message: 'The capture is what the log says was sealed, and its archive is sound.',
      });
  }
  for (const event of sealed.values()) {
    report({
      item: `capture ${event.leaf.subject.id}`,
      status: 'fail',
      message: `Entry ${event.leaf.seq} of the log sealed it, and it is missing from the case.`,
    });
  }
  reportOrder(rows, report);
  const unfinished = store.unfinishedBlobs();
  if (unfinished > 0) {
    report({
      item: 'unfinished recordings',
      status: 'warning',
      message: `${unfinished} recording${unfinished === 1 ? ' was' : 's were'} begun and not sealed, or ${unfinished === 1 ? 'is' : 'are'} being made now. They are no evidence.`,
    });
  }
}

function reportOrder(rows: Row[], report: AuditContext['report']): void {
  const gap = rows.find((row, index) => row.exhibit !== index + 1);
  if (gap)
    report({
      item: `exhibit ${gap.exhibit}`,
      status: 'fail',
      message: 'The exhibit numbers before it are not complete.',
    });
}

/** What the log says was asked for, by the job that was to do it. */
function requestedAddresses(events: readonly CustodyEvent[]): Map<string, unknown> {
  const requests = events.filter(({ leaf }) => leaf.type === 'capture.requested');
  return new Map(requests.map(({ leaf, detail }) => [leaf.subject.id, normalised(detail?.['url'])]));
}

/** As the capture's row has it; the log has it as it was entered. */
function normalised(url: unknown): unknown {
  return typeof url === 'string' && URL.canParse(url.trim()) ? new URL(url.trim()).href : url;
}

function compare(row: Row, event: CustodyEvent | undefined, requested: Map<string, unknown>): string[] {
  if (!event) return ['No entry of the log says that it was sealed.'];
  const failures: string[] = [];
  const { leaf, detail } = event;
  if (leaf.seq !== row.sealedSeq)
    failures.push(`It refers to entry ${row.sealedSeq} of the log, but entry ${leaf.seq} sealed it.`);
  if (row.sizeBytes === null || row.sha256 === null)
    failures.push('Its archive is missing or was never closed.');
  else if (leaf.evidence?.sha256 !== row.sha256 || leaf.evidence.size !== row.sizeBytes) {
    failures.push('Its archive is not the one the log says was sealed.');
  }
  if (detail === null) return failures;
  const said = detailSchema.safeParse(detail);
  if (!said.success) return [...failures, 'What the log says of it cannot be read.'];
  const { jobId } = said.data;
  if (requested.get(jobId) !== row.requestedUrl)
    failures.push('No entry of the log says that it was asked for.');
  const kept = sealedDetail({ ...row, sizeBytes: row.sizeBytes ?? -1, sha256: row.sha256 ?? '' }, jobId);
  for (const [name, value] of Object.entries(sealedDetail(said.data, jobId))) {
    if (!isDeepStrictEqual(kept[name], value))
      failures.push(`Its ${fieldWords[name] ?? name} differs from what the log says.`);
  }
  return failures;
}

const fieldWords: Record<string, string> = {
  exhibit: 'exhibit number',
  requestedUrl: 'requested address',
  finalUrl: 'final address',
  httpStatus: 'status',
  startedAt: 'start',
  finishedAt: 'end',
  sizeBytes: 'size',
  sha256: 'digest',
  resourceCount: 'number of resources',
  remarkCount: 'number of remarks',
};

async function inspectArchive(
  { blobs, progress }: AuditContext,
  row: Row,
  event: CustodyEvent | undefined,
): Promise<string[]> {
  let blob: BlobReader;
  try {
    blob = blobs.open(row.waczBlob);
  } catch (error) {
    return [`Its archive cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  const { problems } = await checkWacz(blob, {
    onProgress: (_, bytes) => progress(`exhibit ${row.exhibit}`, bytes),
  });
  const failures = problems.map(({ item, reason }) => `${item}: ${reason}`);
  if (failures.length === 0) failures.push(...(await compareProvenance(blob, row, event)));
  return failures;
}

/** The sealed account must be of this capture. */
async function compareProvenance(
  blob: BlobReader,
  row: Row,
  event: CustodyEvent | undefined,
): Promise<string[]> {
  try {
    const reader = await openWacz(blob);
    const bytes = await reader.bytes('evidence/provenance.json');
    const { captureId, url, verdict, operator } = provenanceSchema.parse(
      JSON.parse(Buffer.from(bytes).toString('utf8')),
    );
    if (captureId !== row.id || url.final !== row.finalUrl || verdict.state !== row.state) {
      return ['evidence/provenance.json: it is the account of another capture.'];
    }
    if (event && operator.keyFingerprint !== event.leaf.operator)
      return ['evidence/provenance.json: it names another key than the entry that sealed it.'];
    return [];
  } catch (error) {
    return [
      `evidence/provenance.json: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
    ];
  }
}
