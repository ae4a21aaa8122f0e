import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check, Checkpoint } from '../../shared/domain/custody.ts';
import { idSchema } from '../../shared/domain/common.ts';
import { ensurePrivateFolder, writePrivately } from '../vault/home.ts';
import { parseCheckpoint, type CheckpointBody } from './checkpoint.ts';
import type { CustodyLog } from './log.ts';
import { sameBytes } from './merkle-verify.ts';

/** Heads kept of one case. */
const headLimit = 20;

/** A head that was seen: its note and what the note says. */
interface SeenHead extends CheckpointBody {
  note: string;
}

/**
 * How far this operator has seen each log go: some of its checkpoints, the newest among them, kept in the operator's folder and apart
 * from the case, so that a case put back to an older state is noticed on the same machine, also once it went on another way (threat T6).
 */
export class SeenHeads {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'seen');
  }

  /** The newest note seen of a case, to be given to `verifyCase` as `against`; null where there is none. */
  last(caseId: string): string | null {
    return this.#heads(caseId).at(-1)?.note ?? null;
  }

  /**
   * How a log that now has `size` entries stands to what was seen of it: the newest note seen that it must contain, and, where more was
   * seen than it has now, a warning. A shorter log may be an honest older copy, so that alone is no failure; a log that went another
   * way is one.
   */
  standing(caseId: string, size: number): { against?: string; warning?: Check } {
    const heads = this.#heads(caseId);
    const against = heads.findLast((head) => head.size <= size)?.note;
    const newest = heads.at(-1)?.size ?? 0;
    const message = `This computer has seen this log with ${newest} entries, and here it ends after ${size}: this is an older copy, or its end was cut off.`;
    return {
      ...(against === undefined ? {} : { against }),
      ...(newest <= size ? {} : { warning: { item: 'the custody log', status: 'warning', message } }),
    };
  }

  /** Keeps the head of a log from now on, as it is and after every commit. Gives the way to stop. */
  follow(log: CustodyLog, caseId: string): () => void {
    const head = log.head();
    if (head) this.#remember(log, caseId, head);
    return log.onHead((next) => this.#remember(log, caseId, next));
  }

  /** A head that does not contain what was seen before is not taken: the older notes are what shows the difference. */
  #remember(log: CustodyLog, caseId: string, { note }: Checkpoint): void {
    const head = headOf(note);
    const heads = this.#heads(caseId);
    const seen = heads.at(-1);
    if (!head || (seen && !(seen.size <= head.size && contains(log, seen)))) return;
    const kept = thinned([...heads.filter((known) => known.size !== head.size), head]);
    ensurePrivateFolder(this.#folder);
    writePrivately(this.#path(caseId), JSON.stringify(kept.map((each) => each.note)));
  }

  /** Smallest first. A file that cannot be read is none. */
  #heads(caseId: string): SeenHead[] {
    try {
      const notes = z.array(z.string()).parse(JSON.parse(readFileSync(this.#path(caseId), 'utf8')));
      return notes.flatMap((note) => headOf(note) ?? []).toSorted((one, other) => one.size - other.size);
    } catch {
      return [];
    }
  }

  #path(caseId: string): string {
    return join(this.#folder, `${idSchema.parse(caseId)}.json`);
  }
}

/** Whether the log begins with what was seen. One whose tree cannot be read does not. */
function contains(log: CustodyLog, seen: SeenHead): boolean {
  try {
    return sameBytes(log.rootAt(seen.size), seen.root);
  } catch {
    return false;
  }
}

/**
 * Leaves out heads until no more than the limit are kept: each time the one whose neighbours are closest for their age, so that the
 * newest lie close together and the older ones further and further apart. The first and the newest always stay.
 */
function thinned(heads: SeenHead[]): SeenHead[] {
  const kept = [...heads];
  while (kept.length > headLimit) {
    const newest = kept.at(-1)?.size ?? 0;
    let [closest, place] = [Number.POSITIVE_INFINITY, 1];
    for (let i = 1; i < kept.length - 1; i += 1) {
      const [before, after] = [kept[i - 1]?.size ?? 0, kept[i + 1]?.size ?? 0];
      const apart = (after - before) / (newest - before);
      if (apart < closest) [closest, place] = [apart, i];
    }
    kept.splice(place, 1);
  }
  return kept;
}

function headOf(note: string): SeenHead | null {
  try {
    return { note, ...parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1)) };
  } catch {
    return null;
  }
}
