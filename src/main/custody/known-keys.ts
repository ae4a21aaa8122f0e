import { z } from 'zod';
import type { Findings } from './findings.ts';
import { eventOf, logOrigin } from './log.ts';
import { fingerprintOf } from './operator-key.ts';
import { formatVkey, parseVkey, type NoteVerifier } from './signed-note.ts';
import type { FullEventRow } from './store.ts';

/** Detail of `operator.enrolled`. */
const enrolmentSchema = z.object({
  name: z.string(),
  publicKey: z.string(),
  vkey: z.string(),
  fingerprint: z.string(),
});

/** A key that the log itself names, and the first entry it may answer for. */
export interface KnownKey extends NoteVerifier {
  fingerprint: string;
  from: number;
}

/** The keys that a log's `operator.enrolled` entries name. Reports those that do not match themselves. */
export function readKnownKeys(
  caseId: string,
  enrolments: readonly FullEventRow[],
  findings: Findings,
): KnownKey[] {
  const keys: KnownKey[] = [];
  for (const row of enrolments) {
    const item = `entry ${row.seq} of the log`;
    try {
      const { leaf, detail } = eventOf(row);
      const said = enrolmentSchema.parse(detail);
      const raw = Buffer.from(said.publicKey, 'base64');
      const fingerprint = fingerprintOf(raw);
      const vkey = formatVkey(logOrigin(caseId), raw);
      if (
        [said.fingerprint, leaf.operator, leaf.subject.id].some((given) => given !== fingerprint) ||
        said.vkey !== vkey
      ) {
        findings.fail(
          item,
          'The key that is enrolled here is not the one its fingerprint and verifier key speak of.',
        );
        continue;
      }
      // The first two entries are made together: the first operator answers for the creation of the case as well.
      keys.push({
        ...parseVkey(vkey),
        fingerprint,
        from: keys.length === 0 ? Math.min(leaf.seq, 0) : leaf.seq,
      });
    } catch (error) {
      findings.fail(
        item,
        `The key that is enrolled here cannot be read (${error instanceof Error ? error.message : 'unknown'}).`,
      );
    }
  }
  if (keys.length === 0)
    findings.fail(
      'the operator’s key',
      'The log enrols no usable key, so none of its signatures can be checked.',
    );
  return keys;
}
