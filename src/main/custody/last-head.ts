import { jsonObjectSchema } from '../../shared/domain/common.ts';
import { leafSchema } from '../../shared/domain/custody.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { treeRoot, type NodeSource } from './merkle.ts';
import { sameBytes } from './merkle-verify.ts';
import { fingerprintOf } from './operator-key.ts';
import { openNote, parseVkey, type NoteVerifier } from './signed-note.ts';
import type { LogTable } from './store.ts';

/** The log that a head is held against. */
export interface HeldLog {
  table: LogTable;
  nodes: NodeSource;
  origin: string;
  /** Verifier key of whoever is about to write; their enrolment need not be in the log yet. */
  vkey: string;
}

/**
 * Makes sure that the newest checkpoint is signed by the operator of the last entry and speaks of the tree as it is stored, in
 * O(log n) look-ups. A log that was rewritten must not be signed over: the new head would hide what the old one shows. Throws
 * RangeError, SyntaxError or ZodError where it does not fit.
 */
export function mustFitLastHead({ table, nodes, origin, vkey }: HeldLog): void {
  const size = table.size();
  const last = table.lastCheckpoint();
  if (size === 0 && !last) return;
  if (last?.size !== size) throw new RangeError('the newest checkpoint is not over all entries');
  const { operator } = leafSchema.parse(JSON.parse(Buffer.from(table.leaf(size - 1) ?? []).toString('utf8')));
  const { text } = openNote(last.note, [verifierOf(table, operator, vkey)]);
  const head = parseCheckpoint(text);
  if (head.origin !== origin || head.size !== size || !sameBytes(head.root, treeRoot(size, nodes)))
    throw new RangeError('the newest checkpoint is not of these entries');
}

function verifierOf(table: LogTable, operator: string, own: string): NoteVerifier {
  const vkeys = [own, ...enrolledVkeys(table, operator)];
  const found = vkeys.map(parseVkey).find((verifier) => fingerprintOf(verifier.raw) === operator);
  if (!found) throw new RangeError('the operator of the last entry is not enrolled');
  return found;
}

function enrolledVkeys(table: LogTable, operator: string): string[] {
  return table
    .eventsOf('operator', operator)
    .map((row) => jsonObjectSchema.parse(JSON.parse(row.json ?? '{}'))['vkey'])
    .filter((vkey) => typeof vkey === 'string');
}
