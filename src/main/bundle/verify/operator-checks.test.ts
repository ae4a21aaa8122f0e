import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../custody/operator-key.ts';
import type { CustodyEvent, EventType } from '../../../shared/domain/custody.ts';
import { VerifyContext } from './context.ts';
import { checkOperators } from './operator-checks.ts';

const [signing, other] = [keyOf(1), keyOf(2)];

function keyOf(byte: number) {
  const raw = Buffer.alloc(32, byte);
  return { raw, vkey: `log+${byte}`, fingerprint: fingerprintOf(raw) };
}

type Key = ReturnType<typeof keyOf>;

function entry(seq: number, type: EventType, by: Key, detail: CustodyEvent['detail'] = {}): CustodyEvent {
  const leaf: CustodyEvent['leaf'] = {
    v: 1,
    case: '01939a3e-0000-7000-8000-000000000000',
    seq,
    time: '2026-11-22T17:00:00.000Z',
    type,
    subject: { kind: 'operator', id: by.fingerprint },
    operator: by.fingerprint,
    software: 'test',
    evidence: null,
    detail: 'ab'.repeat(32),
  };
  return { leaf, leafHash: 'cd'.repeat(32), detail, salt: null };
}

function enrolment(seq: number, of: Key, detail = { publicKey: of.raw.toString('base64'), vkey: of.vkey }) {
  return entry(seq, 'operator.enrolled', of, detail);
}

function found(...events: CustodyEvent[]): string[] {
  const context = new VerifyContext(
    { files: [], faults: [], emptyFolders: [], close: () => undefined },
    () => undefined,
  );
  checkOperators(context, events, signing);
  return context.checks.flatMap(({ item, status, message }) =>
    status === 'pass' ? [] : `${status} ${item}: ${message}`,
  );
}

describe('whose entries a bundle shows', () => {
  const begun = [entry(0, 'case.created', signing), enrolment(1, signing)];

  it('is in order where one key was entered and made them all', () => {
    expect(found(...begun, entry(2, 'item.viewed', signing))).toEqual([]);
  });

  it('fails an entry made with a key that nobody entered, by number and fingerprint', () => {
    expect(found(...begun, entry(2, 'item.viewed', other))).toContainEqual(
      expect.stringMatching(`^fail log entry 2 .*${other.fingerprint.slice(0, 20)}`),
    );
  });

  it('does not take an enrolment for that of a key it is not of, nor one whose detail is withheld', () => {
    const borrowed = { publicKey: signing.raw.toString('base64'), vkey: signing.vkey };
    for (const enrolled of [enrolment(2, other, borrowed), { ...enrolment(2, other), detail: null }])
      expect(found(...begun, enrolled)).toContainEqual(expect.stringMatching(/^fail log entry 2 /));
  });

  it('names what another entered key made, and that there is more than one', () => {
    const made = [2, 3, 5].map((seq) => (seq === 2 ? enrolment(2, other) : entry(seq, 'item.viewed', other)));
    expect(found(...begun, ...made)).toEqual([
      `warning log entries 2–3, 5: Entered with the key ${other.fingerprint}, not with the one that signs this bundle.`,
      `warning operator: 2 keys are entered in the log as an operator’s: ${signing.fingerprint}, ${other.fingerprint}. Ask the operator whose they are.`,
    ]);
  });

  it('fails where the signing key itself was not entered', () => {
    expect(found(enrolment(0, other))).toContainEqual(expect.stringMatching(/^fail operator: /));
  });
});
