import { ConstatError } from '../../shared/problems.ts';
import type { CaseFile } from '../vault/case-file.ts';
import { auditLog } from './audit-log.ts';
import { Findings } from './findings.ts';

/**
 * Recomputes the whole log of a case, as it is now, before something that rests on it is signed and leaves the house. Takes about
 * as long as the log part of a verification. Throws EVIDENCE_DAMAGED with the first thing that does not hold.
 */
export async function assertSoundLog(file: CaseFile): Promise<void> {
  const findings = new Findings();
  const view = file.snapshot();
  try {
    await auditLog(view, findings, () => {});
  } finally {
    view.close();
  }
  const failed = findings.checks.find((check) => check.status === 'fail');
  if (failed)
    throw new ConstatError('EVIDENCE_DAMAGED', {
      item: failed.item,
      reason: failed.message.replace(/\.$/, ''),
    });
}
