import { z } from 'zod';
import { canonicalJson } from '../../custody/canonical.ts';
import { parseCheckpoint, type CheckpointBody } from '../../custody/checkpoint.ts';
import { detailDigest, logOrigin } from '../../custody/log.ts';
import { leafHash } from '../../custody/merkle.ts';
import { verifyInclusion } from '../../custody/merkle-verify.ts';
import { openNote, parseVkey } from '../../custody/signed-note.ts';
import { formatTlogProof, parseTlogProof } from '../../custody/tlog-proof.ts';
import { jsonObjectSchema } from '../../../shared/domain/common.ts';
import { leafSchema, type CustodyEvent } from '../../../shared/domain/custody.ts';
import { detailLine, places } from '../layout.ts';
import { arrayOfLines } from '../text-lines.ts';
import { reasonOf, type VerifyContext } from './context.ts';
import type { BundleKey } from './key-checks.ts';

const [checkpointPath, eventsPath, detailsPath] = [
  `data/${places.checkpoint}`,
  `data/${places.events}`,
  `data/${places.details}`,
];

export interface CheckedHead extends CheckpointBody {
  note: string;
}

/** The head of the log is signed with the bundle's key and is written in the one way there is. */
export function checkHead(context: VerifyContext, key: BundleKey): CheckedHead | null {
  const note = context.text(checkpointPath);
  if (note === null || key.vkey === '') return null;
  const head = context.attempt(checkpointPath, () => {
    const { text } = openNote(note, [parseVkey(key.vkey)]);
    return { ...parseCheckpoint(text), note };
  });
  if (!head) return null;
  if (!key.vkey.startsWith(`${head.origin}+`))
    context.fail(checkpointPath, 'Its log is not the one of the key.');
  else
    context.pass(checkpointPath, `The head of the log (${head.size} entries) is signed with the same key.`);
  return head;
}

/** Each entry is written as it was hashed, of this case, in order, and in the log at its place, by its own proof. */
export function checkEvents(context: VerifyContext, head: CheckedHead | null): CustodyEvent[] {
  const text = context.text(eventsPath);
  const events: CustodyEvent[] = [];
  const before = context.failures;
  for (const [index, line] of arrayOfLines(text ?? '').entries()) {
    const item = `${eventsPath}, line ${index + 1}`;
    const leaf = context.attempt(item, () => leafSchema.parse(JSON.parse(line)));
    if (!leaf) continue;
    const entry = `log entry ${leaf.seq} (${leaf.type})`;
    if (canonicalJson(leaf) !== line) context.fail(item, 'It is not in canonical form (RFC 8785).');
    if (leaf.seq <= (events.at(-1)?.leaf.seq ?? -1)) context.fail(item, 'The entries are not in order.');
    if (head && logOrigin(leaf.case) !== head.origin) context.fail(entry, 'It is of another case.');
    const hash = leafHash(Buffer.from(line));
    if (head) checkProof(context, entry, leaf.seq, hash, head);
    events.push({ leaf, leafHash: Buffer.from(hash).toString('hex'), detail: null, salt: null });
  }
  if (text !== null && !text.endsWith('\n')) context.fail(eventsPath, 'Its last line is cut off.');
  if (context.failures === before && head) {
    context.pass(
      eventsPath,
      `${events.length} of the ${head.size} entries of the log are shown; each is in it at its place, by its proof.`,
    );
  }
  return events;
}

function checkProof(
  context: VerifyContext,
  entry: string,
  seq: number,
  hash: Uint8Array,
  head: CheckedHead,
): void {
  const path = `data/${places.proof(seq)}`;
  const text = context.text(path);
  const proof = text === null ? null : context.attempt(path, () => parseTlogProof(text));
  if (!proof) return;
  if (formatTlogProof(proof) !== text || proof.index !== seq || proof.extra)
    context.fail(path, 'It is not the proof of this entry.');
  else if (proof.checkpoint !== head.note) context.fail(path, 'It is a proof against another head.');
  else if (!verifyInclusion(hash, seq, head.size, proof.proof, head.root)) {
    context.fail(entry, 'It is not in the log: its proof does not lead to the root.');
  }
}

const detailSchema = z.strictObject({ seq: z.int(), salt: z.string(), detail: jsonObjectSchema });

/** Each detail that is shown has the digest that its entry holds. Gives the events with their details. */
export function checkDetails(context: VerifyContext, events: readonly CustodyEvent[]): CustodyEvent[] {
  const text = context.text(detailsPath);
  const before = context.failures;
  const found = new Map<number, { detail: CustodyEvent['detail']; salt: string }>();
  const leaves = new Map(events.map(({ leaf }) => [leaf.seq, leaf]));
  let last = -1;
  for (const [index, line] of arrayOfLines(text ?? '').entries()) {
    const item = `${detailsPath}, line ${index + 1}`;
    try {
      const { seq, salt, detail } = detailSchema.parse(JSON.parse(line));
      const canonical = canonicalJson(detail);
      const leaf = leaves.get(seq);
      const bytes = Buffer.from(salt, 'base64');
      if (`${line}\n` !== detailLine(seq, bytes.toString('base64'), canonical))
        context.fail(item, 'It is not in its one form.');
      else if (seq <= last) context.fail(item, 'The details are not in order.');
      else if (!leaf) context.fail(item, `There is no entry ${seq} here.`);
      else if (bytes.length !== 32 || detailDigest(bytes, canonical) !== leaf.detail) {
        context.fail(`log entry ${seq} (${leaf.type})`, 'Its detail is not the one that was entered.');
      } else found.set(seq, { detail, salt });
      last = seq;
    } catch (error) {
      context.fail(item, `It cannot be read: ${reasonOf(error)}.`);
    }
  }
  if (context.failures === before) context.pass(detailsPath, `${found.size} details are as entered.`);
  return events.map((event) => ({ ...event, ...found.get(event.leaf.seq) }));
}

/**
 * What the bundle leaves out, in numbers. The proofs hold all the same; but what is not shown might change how the rest is to
 * be read (a link taken away, an actor corrected), and a reader has to know that there is more to ask for.
 */
export function checkShown(
  context: VerifyContext,
  events: readonly CustodyEvent[],
  head: CheckedHead | null,
): void {
  const missing = head ? Math.max(head.size - events.length, 0) : 0;
  const withheld = events.filter(({ detail }) => detail === null).length;
  if (missing > 0)
    context.warn(
      eventsPath,
      `${missing} of the ${head?.size} entries of the log are not shown here, and nothing is known of them.`,
    );
  if (withheld > 0)
    context.warn(
      detailsPath,
      `The details of ${withheld} of the ${events.length} entries shown are not shown here.`,
    );
}
