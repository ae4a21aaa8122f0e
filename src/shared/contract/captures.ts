import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { linkSchema } from '../domain/actor.ts';
import { artefactKindSchema, captureJobSchema, captureSchema } from '../domain/capture.ts';
import { idSchema } from '../domain/common.ts';
import { captureOptionsSchema } from '../domain/capture-options.ts';
import { provenanceSchema } from '../domain/provenance.ts';
import { base, inCase } from './base.ts';

const inCapture = inCase.extend({ captureId: idSchema });

/** What a watcher of a case is told: a job changed, or a capture was sealed. */
export const captureNewsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job: captureJobSchema }),
  z.object({ type: z.literal('sealed'), capture: captureSchema }),
]);
export type CaptureNews = z.infer<typeof captureNewsSchema>;

export const capturesContract = {
  /** Queues one job per address; each address is checked before anything is opened. */
  start: base
    .input(
      inCase.extend({
        urls: z.array(z.string().min(1)).min(1).max(1000),
        options: captureOptionsSchema.prefault({}),
      }),
    )
    .output(z.array(captureJobSchema)),
  cancel: base.input(inCase.extend({ jobId: idSchema })).output(captureJobSchema),
  /** Jobs that wait or run, and those that ended without a capture since the case was opened. */
  jobs: base.input(inCase).output(z.array(captureJobSchema)),
  /** Takes an ended job off the list; the log keeps it. */
  dismissJob: base.input(inCase.extend({ jobId: idSchema })).output(z.void()),
  list: base.input(inCase).output(z.array(captureSchema)),
  get: base
    .input(inCapture)
    .output(z.object({ capture: captureSchema, provenance: provenanceSchema, links: z.array(linkSchema) })),
  artefact: base.input(inCapture.extend({ kind: artefactKindSchema })).output(z.file()),
  /** Address of a page in another origin that replays the capture, good for this session only. */
  replay: base.input(inCapture).output(z.object({ url: z.string() })),
  watch: base.input(inCase).output(eventIterator(captureNewsSchema)),
};
