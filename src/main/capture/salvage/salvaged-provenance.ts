import type { CutRecord } from '../../archive/warc/unfinished.ts';
import {
  provenanceSchema,
  type Provenance,
  type ResourceAccount,
} from '../../../shared/domain/provenance.ts';
import { judge, stepWords } from '../verdict.ts';
import type { RecordingNote } from './recording-notes.ts';

export interface SalvagedParts {
  exchanges: ResourceAccount[];
  artefacts: Provenance['artefacts'];
  /** Records taken over. */
  records: number;
  leftOut: readonly CutRecord[];
  sealedAt: Date;
}

/** The account of a recording that was cut short: what was noted while it ran, what its records say, and what is missing. Always PARTIAL. */
export function salvagedProvenance(note: RecordingNote, parts: SalvagedParts): Provenance {
  const { account, begun, ahead, document, writtenAt } = note;
  const { exchanges, artefacts, records, leftOut, sealedAt } = parts;
  const undone = [...begun, ...ahead];
  const { remarks } = judge({
    steps: account.stepOutcomes,
    resources: exchanges,
    page: { status: document?.status ?? null, findings: [] },
    received: true,
    noticed: note.noticed,
  });
  const at = sealedAt.toISOString();
  const words = `Constat or the computer ended without warning, at about ${writtenAt}.`;
  return provenanceSchema.parse({
    ...account,
    time: { ...account.time, end: writtenAt },
    witness: {
      ...account.witness,
      shows: account.witness.shows.filter((sentence) => !/compared/.test(sentence)),
    },
    events: [
      ...account.events,
      { at: writtenAt, kind: 'interrupted', words },
      { at, kind: 'salvaged', words: 'What had been recorded was sealed when the case was opened again.' },
    ],
    artefacts,
    stepOutcomes: [
      ...account.stepOutcomes,
      ...undone.map((name) => ({
        name,
        outcome: 'skipped',
        startedAt: writtenAt,
        durationMs: 0,
        note: begun.includes(name)
          ? 'Constat ended in the middle of it; what it had left by then is in the record.'
          : 'Constat had ended before it.',
      })),
    ],
    exchanges,
    salvage: {
      recordedUntil: writtenAt,
      sealedAt: at,
      noted: { bytes: note.warc.length, sha256: note.warc.sha256 },
      records,
      leftOut: leftOut.map(({ type, uri, bytes }) => ({ type, url: uri, bytes })),
    },
    verdict: {
      state: 'PARTIAL',
      remarks: [
        `The recording was cut short: ${words} What it had recorded until then was sealed at ${at}, when the case was opened again.`,
        'Between the two, nothing vouched for these bytes but a note (their number and SHA-256) in the operator’s own folder.',
        ...(undone.length > 0
          ? [
              `Not done, or not to the end: ${undone.map((name) => stepWords[name].toLowerCase()).join(', ')}.`,
            ]
          : []),
        'Answers that were still arriving or not yet written are missing, and requests without an answer are not listed. Whether the browser reported what is recorded was not compared, and what kind of page it was was not looked at.',
        ...leftOut.map(cutWords),
        ...remarks,
      ],
    },
  } satisfies Record<keyof Provenance, unknown>);
}

function cutWords({ type, uri, bytes }: CutRecord): string {
  const what = uri === '' ? 'A record' : `The ${type} record of ${uri.slice(0, 200)}`;
  return `${what} was being written at that moment and is left out (${bytes} bytes of it were there).`;
}
