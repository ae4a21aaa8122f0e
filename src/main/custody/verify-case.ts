import type { Check, CustodyEvent, Verification } from '../../shared/domain/custody.ts';
import { BlobStore } from '../vault/blobs.ts';
import type { CaseFile } from '../vault/case-file.ts';
import { BlobTable } from '../vault/store.ts';
import { auditBlobs } from './audit-blobs.ts';
import { auditLog, type AuditedLog } from './audit-log.ts';
import { Findings } from './findings.ts';
import { LogTable } from './store.ts';

/** What one entry of the log weighs against a byte of evidence in the progress shown: its checks take about that long. */
const entryWeight = 20_000;

export interface AuditContext {
  /** The case as it was when the verification began, for reading. */
  file: CaseFile;
  blobs: BlobStore;
  events: CustodyEvent[];
  report: (check: Check) => void;
  /** Says what is being looked at and how many bytes of it were read since last said. */
  progress: (item: string, bytes: number) => void;
}

/** A room that compares what it keeps, tables and bytes, with what the log says. */
export type Auditor = (context: AuditContext) => void | Promise<void>;

export interface VerifyOptions {
  /** `done` and `total` are in the same arbitrary unit. */
  onProgress?: (progress: { done: number; total: number; item: string }) => void;
  /** A checkpoint note kept outside the case; the log must still contain what it covers. */
  against?: string;
}

/**
 * Recomputes everything in a case and names every item that fails: the file as a file, the log, the stored bytes, and what the
 * auditors add. Looks at the case as it is at the start; writing may go on meanwhile. Expected failures are checks, not errors.
 */
export async function verifyCase(
  file: CaseFile,
  auditors: readonly Auditor[],
  options: VerifyOptions = {},
): Promise<Verification> {
  const startedAt = new Date().toISOString();
  const findings = new Findings();
  const view = file.snapshot();
  try {
    const audit = await inspectAll(view, auditors, findings, options);
    const { events, head } = audit.log;
    return {
      ok: findings.failures === 0,
      subject: `case “${view.info.title}”`,
      startedAt,
      finishedAt: new Date().toISOString(),
      checks: findings.checks,
      signers: [...new Set(events.map((event) => event.leaf.operator))],
      counts: {
        captures: events.filter((event) => event.leaf.type === 'item.sealed').length,
        events: events.length,
        bytes: audit.bytes,
      },
      checkpoint: head,
    };
  } finally {
    view.close();
  }
}

async function inspectAll(
  view: CaseFile,
  auditors: readonly Auditor[],
  findings: Findings,
  options: VerifyOptions,
) {
  const bytes =
    attempt(findings, () => new BlobTable(view).all().reduce((sum, row) => sum + (row.size ?? 0), 0)) ?? 0;
  const entries = attempt(findings, () => new LogTable(view).size()) ?? 0;
  // The bytes are read twice: as stored bytes, and by the auditor who knows what they mean.
  const total = entries * entryWeight + 2 * bytes;
  let done = 0;
  const progress = (item: string, amount: number) => {
    done = Math.min(total, done + amount);
    options.onProgress?.({ done, total, item });
  };

  progress('the case file', 0);
  const problems = view.integrityProblems();
  for (const problem of problems) findings.fail('the case file', `${problem}.`);
  if (problems.length === 0)
    findings.pass('the case file', 'Its pages, tables, references and append-only rules are sound.');

  let log: AuditedLog = { events: [], head: null };
  await step(findings, 'the custody log', async () => {
    log = await auditLog(
      view,
      findings,
      (count) => progress('the custody log', count * entryWeight),
      options.against,
    );
  });
  await step(findings, 'the stored bytes', () => auditBlobs(view, log.events, findings, progress));
  const report = (check: Check) => findings.report(check);
  for (const auditor of auditors) {
    const context = { file: view, blobs: new BlobStore(view), events: log.events, report, progress };
    await step(findings, 'the working tables', async () => auditor(context));
  }
  options.onProgress?.({ done: total, total, item: '' });
  return { log, bytes };
}

/** A part that cannot be gone through to its end is a finding; the other parts are looked at all the same. */
async function step(findings: Findings, item: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    findings.fail(
      item,
      `The check could not be finished: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function attempt<T>(findings: Findings, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    findings.fail(
      'the case file',
      `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
    return null;
  }
}
