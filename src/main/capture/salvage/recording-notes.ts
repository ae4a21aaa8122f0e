import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { stepNameSchema } from '../../../shared/domain/capture-options.ts';
import { idSchema, instantSchema, sha256Schema } from '../../../shared/domain/common.ts';
import { ensurePrivateFolder, writePrivately } from '../../vault/home.ts';
import { accountSoFarSchema } from '../provenance.ts';

/** What the recorder knows of its own recording while it runs. */
export const soFarSchema = z.object({
  account: accountSoFarSchema,
  /** The main document, once its answer has begun. */
  document: z.object({ url: z.string(), status: z.int(), isDownload: z.boolean() }).nullable(),
  /** What it is at, and what it was to do after that. */
  begun: z.array(stepNameSchema),
  ahead: z.array(stepNameSchema),
  /** Remarks it would have made. */
  noticed: z.array(z.string()),
});
export type SoFar = z.infer<typeof soFarSchema>;

const noteSchema = soFarSchema.extend({
  v: z.literal(1),
  caseId: idSchema,
  jobId: idSchema,
  captureId: idSchema,
  /** Number of the blob it writes to. */
  blob: z.int(),
  writtenAt: instantSchema,
  /** The WARC within that blob, as far as it was stored at this moment. */
  warc: z.object({ start: z.int().min(0), length: z.int().min(0), sha256: sha256Schema }),
});
/** A recording that runs, or was cut short. */
export type RecordingNote = z.infer<typeof noteSchema>;

/**
 * Notes of the recordings that run, in the operator's own folder: what alone makes bytes that a crash left in a case believable, for a case
 * file may come from anybody. A note is there from the first bytes of a recording until it is sealed or thrown away.
 */
export class RecordingNotes {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'recording');
  }

  /** Writes or replaces a note; on disk when it returns. A folder that cannot be written costs the salvage, not the capture. */
  write(note: Omit<RecordingNote, 'v' | 'writtenAt'>): void {
    try {
      ensurePrivateFolder(this.#folder);
      const text = JSON.stringify({ v: 1, writtenAt: new Date().toISOString(), ...note });
      writePrivately(this.#path(note), text);
    } catch {
      // Without a note the recording is thrown away after a crash, as anybody else's.
    }
  }

  remove(of: Pick<RecordingNote, 'caseId' | 'captureId'>): void {
    try {
      rmSync(this.#path(of), { force: true });
    } catch {
      // It names a blob that is sealed or gone, and is passed over.
    }
  }

  /** Those of one case, the latest recording first. What cannot be read is no note. */
  of(caseId: string): RecordingNote[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return [];
    }
    return names
      .filter((name) => name.startsWith(`${caseId}.`))
      .flatMap((name) => {
        const path = join(this.#folder, name);
        const note = name.endsWith('.json') ? read(path) : null;
        if (note?.caseId === caseId && this.#path(note) === path) return note;
        // A crash in the middle of writing one leaves it under its passing name.
        rmSync(path, { force: true });
        return [];
      })
      .toSorted((one, other) => (one.account.time.start < other.account.time.start ? 1 : -1));
  }

  #path({ caseId, captureId }: Pick<RecordingNote, 'caseId' | 'captureId'>): string {
    return join(this.#folder, `${idSchema.parse(caseId)}.${idSchema.parse(captureId)}.json`);
  }
}

function read(path: string): RecordingNote | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
