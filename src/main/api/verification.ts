import { auditActors } from '../actors/audit.ts';
import { auditCaptures } from '../capture/audit.ts';
import { verifyCase } from '../custody/verify-case.ts';
import type { Verification } from '../../shared/domain/custody.ts';
import type { VerifyNews } from '../../shared/contract/custody.ts';
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
  if (!file.readOnly) {
    const failures = verification.checks
      .filter((check) => check.status === 'fail')
      .map((check) => `${check.item}: ${check.message}`);
    log.append({
      type: 'case.verified',
      subject: { kind: 'case', id: file.info.id },
      detail: { ok: verification.ok, failures },
    });
  }
  return verification;
}
