import { auditActors } from '../actors/audit.ts';
import { auditCaptures } from '../capture/audit.ts';
import type { CustodyLog } from '../custody/log.ts';
import { verifyCase } from '../custody/verify-case.ts';
import type { Verification } from '../../shared/domain/custody.ts';
import type { VerifyNews } from '../../shared/contract/custody.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { OpenedCase } from './workspace.ts';

/** Every room that keeps something of a case has its say in a verification. */
const auditors = [auditCaptures, auditActors];

/**
 * Recomputes everything in a case. Where the case is open for writing, the outcome becomes an entry in the log.
 * @param against a checkpoint note kept outside the case, which the log must still contain
 */
export async function verifyOpenCase(
  { file, log, seen }: OpenedCase,
  emit: (news: VerifyNews) => void,
  against?: string,
): Promise<Verification> {
  const standing = against === undefined ? seen.standing(file.info.id, log.size) : { against };
  const verification = await verifyCase(file, auditors, {
    onProgress: (progress) => emit({ type: 'progress', ...progress }),
    ...(standing.against === undefined ? {} : { against: standing.against }),
  });
  if (standing.warning) verification.checks.push(standing.warning);
  if (!file.readOnly) enterOutcome(log, file.info.id, verification);
  return verification;
}

/** A log that does not fit its last head takes no entry, and says so; what was found is reported all the same. */
function enterOutcome(log: CustodyLog, caseId: string, verification: Verification): void {
  try {
    const failures = verification.checks
      .filter((check) => check.status === 'fail')
      .map((check) => `${check.item}: ${check.message}`);
    log.append({
      type: 'case.verified',
      subject: { kind: 'case', id: caseId },
      detail: { ok: verification.ok, failures },
    });
  } catch (error) {
    if (!(error instanceof ConstatError && error.code === 'CASE_DAMAGED')) throw error;
    verification.checks.push({
      item: 'the custody log',
      status: 'warning',
      message: 'This verification was not entered in it: it does not fit the head that was signed last.',
    });
  }
}
