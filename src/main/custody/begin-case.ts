import type { CaseInfo } from '../../shared/domain/case.ts';
import type { CustodyLog } from './log.ts';
import { parseVkey } from './signed-note.ts';
import { fingerprintOf } from './operator-key.ts';

/** Makes the first two entries of a case: what it is, and who keeps it. */
export function beginCase(log: CustodyLog, info: CaseInfo, operatorName: string): void {
  log.append({ type: 'case.created', subject: { kind: 'case', id: info.id }, detail: { ...info } });
  enrolOperator(log, operatorName);
}

/** Says whose key signs from now on. The key is asserted by whoever has it; a name is never taken from the machine. */
function enrolOperator(log: CustodyLog, name: string): void {
  const raw = parseVkey(log.vkey).raw;
  const fingerprint = fingerprintOf(raw);
  log.append({
    type: 'operator.enrolled',
    subject: { kind: 'operator', id: fingerprint },
    detail: { name, publicKey: Buffer.from(raw).toString('base64'), vkey: log.vkey, fingerprint },
  });
}

/** Enrols the operator unless the log knows this key already: for a case that another operator began. */
export function ensureEnrolled(log: CustodyLog, name: string): void {
  const fingerprint = fingerprintOf(parseVkey(log.vkey).raw);
  const known = log.events({ subjects: [{ kind: 'operator', id: fingerprint }] });
  if (!known.some((event) => event.leaf.type === 'operator.enrolled')) enrolOperator(log, name);
}
