import { fingerprintOf } from '../../custody/operator-key.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import type { VerifyContext } from './context.ts';
import type { BundleKey } from './key-checks.ts';

/**
 * Whose entries these are: the key that signs is entered in the log as an operator's, each entry was made with such a key,
 * and what another key than the signing one made is named. Anyone with the case file could have entered a key of their own;
 * whoever signs the head afterwards signs that too, so a person has to look at it.
 */
export function checkOperators(
  context: VerifyContext,
  events: readonly CustodyEvent[],
  key: BundleKey,
): void {
  const enrolled = enrolledKeys(events);
  if (enrolled.get(key.fingerprint) === key.vkey)
    context.pass('operator', 'The key is entered in the log as the operator’s.');
  else context.fail('operator', 'The key that signed is not entered in the log as an operator’s.');
  const others = new Map<string, number[]>();
  for (const { leaf } of events) {
    if (leaf.operator === key.fingerprint) continue;
    others.set(leaf.operator, [...(others.get(leaf.operator) ?? []), leaf.seq]);
    if (!enrolled.has(leaf.operator))
      context.fail(
        `log entry ${leaf.seq} (${leaf.type})`,
        `It was entered with the key ${leaf.operator}, which no entry shown here enters as an operator’s.`,
      );
  }
  for (const [fingerprint, entries] of others)
    context.warn(
      `log ${entries.length === 1 ? 'entry' : 'entries'} ${ranges(entries)}`,
      `Entered with the key ${fingerprint}, not with the one that signs this bundle.`,
    );
  if (enrolled.size > 1)
    context.warn(
      'operator',
      `${enrolled.size} keys are entered in the log as an operator’s: ${[...enrolled.keys()].join(', ')}. Ask the operator whose they are.`,
    );
}

/** Fingerprint to verifier key; an enrolment whose detail is withheld or is not of its own key enrols none. */
function enrolledKeys(events: readonly CustodyEvent[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const { leaf, detail } of events) {
    if (leaf.type !== 'operator.enrolled' || leaf.subject.kind !== 'operator') continue;
    const [publicKey, vkey] = [detail?.['publicKey'], detail?.['vkey']];
    if (typeof publicKey !== 'string' || typeof vkey !== 'string') continue;
    const raw = Buffer.from(publicKey, 'base64');
    if (raw.length === 32 && fingerprintOf(raw) === leaf.subject.id) keys.set(leaf.subject.id, vkey);
  }
  return keys;
}

/** `3, 5–7`: a case that changed hands has thousands of such entries. */
function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
