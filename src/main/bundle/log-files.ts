import { canonicalJson } from '../custody/canonical.ts';
import { parseCheckpoint } from '../custody/checkpoint.ts';
import { detailDigest } from '../custody/log.ts';
import { leafHash } from '../custody/merkle.ts';
import { verifyInclusion } from '../custody/merkle-verify.ts';
import { openNote, parseVkey } from '../custody/signed-note.ts';
import { parseTlogProof } from '../custody/tlog-proof.ts';
import type { Checkpoint, CustodyEvent } from '../../shared/domain/custody.ts';
import { ConstatError } from '../../shared/problems.ts';
import { detailLine, places } from './layout.ts';

/** What of the custody log the bundle needs. */
export interface LogSource {
  readonly vkey: string;
  leafBytes(seq: number): Uint8Array;
  inclusion(seq: number, size: number): string;
}

/**
 * The files of `data/log`: exact leaves, details that are shown, the head, and a proof for each leaf against that head. Each
 * is checked on the way out, because the report says so. Throws EVIDENCE_DAMAGED naming the entry.
 */
export function* logFiles(
  log: LogSource,
  events: readonly CustodyEvent[],
  head: Checkpoint,
): Generator<[path: string, text: string]> {
  const { root } = attempt('the head of the log', () =>
    parseCheckpoint(openNote(head.note, [parseVkey(log.vkey)]).text),
  );
  let leaves = '';
  let details = '';
  for (const { leaf, detail, salt } of events) {
    const item = `log entry ${leaf.seq}`;
    const bytes = log.leafBytes(leaf.seq);
    leaves += `${Buffer.from(bytes).toString('utf8')}\n`;
    const proof = attempt(item, () => log.inclusion(leaf.seq, head.size));
    const { index, proof: path } = parseTlogProof(proof);
    if (index !== leaf.seq || !verifyInclusion(leafHash(bytes), leaf.seq, head.size, path, root)) {
      throw damaged(item, 'it is not in the log that the head was signed over');
    }
    yield [places.proof(leaf.seq), proof];
    if (detail === null || salt === null) continue;
    const json = canonicalJson(detail);
    if (detailDigest(Buffer.from(salt, 'base64'), json) !== leaf.detail)
      throw damaged(item, 'its detail was changed');
    details += detailLine(leaf.seq, salt, json);
  }
  yield [places.events, leaves];
  yield [places.details, details];
  yield [places.checkpoint, head.note];
}

function attempt<T>(item: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw damaged(item, error instanceof Error ? error.message : String(error));
  }
}

function damaged(item: string, reason: string): ConstatError {
  return new ConstatError('EVIDENCE_DAMAGED', { item, reason });
}
