import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Checkpoint } from '../../shared/domain/custody.ts';
import { idSchema } from '../../shared/domain/common.ts';
import { ensurePrivateFolder, writePrivately } from '../vault/home.ts';
import { parseCheckpoint, type CheckpointBody } from './checkpoint.ts';
import type { CustodyLog } from './log.ts';
import { sameBytes } from './merkle-verify.ts';

/**
 * How far this operator has seen each log go: its newest checkpoint, kept in the operator's folder and apart from the case, so
 * that a case put back to an older state is noticed on the same machine (threat T6).
 */
export class SeenHeads {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'seen');
  }

  /** The note last seen of a case, to be given to `verifyCase` as `against`; null where there is none. */
  last(caseId: string): string | null {
    try {
      return readFileSync(this.#path(caseId), 'utf8');
    } catch {
      return null;
    }
  }

  /**
   * How a log that now has `size` entries stands to what was seen of it: the note to verify it against, or, where it is shorter, a
   * warning. A shorter log may be an honest older copy, so that alone is no failure; a log that went another way is one.
   */
  standing(caseId: string, size: number): { against?: string; warning?: Check } {
    const note = this.last(caseId);
    const seen = bodyOf(note);
    if (note === null || !seen) return {};
    if (size >= seen.size) return { against: note };
    const message = `This computer has seen this log with ${seen.size} entries, and here it ends after ${size}: this is an older copy, or its end was cut off.`;
    return { warning: { item: 'the custody log', status: 'warning', message } };
  }

  /** Keeps the head of a log from now on, as it is and after every commit. Gives the way to stop. */
  follow(log: CustodyLog, caseId: string): () => void {
    const head = log.head();
    if (head) this.#remember(log, caseId, head);
    return log.onHead((next) => this.#remember(log, caseId, next));
  }

  /** A head that does not contain what was seen before is not taken: the older note is what shows the difference. */
  #remember(log: CustodyLog, caseId: string, head: Checkpoint): void {
    const seen = bodyOf(this.last(caseId));
    if (seen && !(seen.size <= head.size && sameBytes(log.rootAt(seen.size), seen.root))) return;
    ensurePrivateFolder(this.#folder);
    writePrivately(this.#path(caseId), head.note);
  }

  #path(caseId: string): string {
    return join(this.#folder, `${idSchema.parse(caseId)}.txt`);
  }
}

function bodyOf(note: string | null): CheckpointBody | null {
  try {
    return note === null ? null : parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
  } catch {
    return null;
  }
}
