import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { linkSchema } from '../domain/actor.ts';
import { artefactKindSchema, captureJobSchema, listedCaptureSchema } from '../domain/capture.ts';
import { idSchema } from '../domain/common.ts';
import { listOutcomeSchema, listPreviewSchema, queueSummarySchema } from '../domain/capture-queue.ts';
import { captureOptionsSchema } from '../domain/capture-options.ts';
import { provenanceSchema } from '../domain/provenance.ts';
import { base, inCase } from './base.ts';

/** Characters of one list: a hundred thousand long addresses. */
const longestText = 50_000_000;
const inList = inCase.extend({
  text: z.string().max(longestText),
  options: captureOptionsSchema.prefault({}),
  /** Also what the list repeats, what is queued, and what was captured already. */
  again: z.boolean().default(false),
  tries: z.int().min(1).max(20).optional(),
});

const inCapture = inCase.extend({ captureId: idSchema });

/** What a watcher of a case is told: how the queue stands, that a job changed, or that a capture was sealed. */
export const captureNewsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('queue'), queue: queueSummarySchema }),
  z.object({ type: z.literal('job'), job: captureJobSchema }),
  z.object({ type: z.literal('sealed'), capture: listedCaptureSchema }),
]);
export type CaptureNews = z.infer<typeof captureNewsSchema>;

export const capturesContract = {
  /** Queues one job per address; each address is checked before anything is opened. */
  start: base
    .input(
      inCase.extend({
        urls: z.array(z.string().min(1)).min(1).max(1000),
        options: captureOptionsSchema.prefault({}),
        /** How often each is tried; as the settings say where there are several, once where there is one. */
        tries: z.int().min(1).max(20).optional(),
      }),
    )
    .output(z.array(captureJobSchema)),
  /** Opens a window that the person drives; how it stands is in `session` of its job. `cancel` throws it away. */
  startInteractive: base
    .input(
      inCase.extend({
        url: z.string().min(1),
        options: captureOptionsSchema.prefault({}),
        /** What closing the window means: seal what there is, or wait for finishInteractive or cancel. */
        whenClosed: z.enum(['seal', 'ask']).default('seal'),
      }),
    )
    .output(captureJobSchema),
  /** Ends it; it is then sealed like any other. */
  finishInteractive: base.input(inCase.extend({ jobId: idSchema })).output(captureJobSchema),
  /** Keeps the page in front whole, as it looks now. Answers when that is done. */
  markPage: base.input(inCase.extend({ jobId: idSchema })).output(captureJobSchema),
  /** What is in a list of addresses: how many, what is wrong with which line, and what is known already. Changes nothing. */
  previewList: base.input(inList).output(listPreviewSchema),
  /** Queues what is in a list; a bad line stops no other. */
  startList: base.input(inList).output(listOutcomeSchema),
  /** How the queue stands, in numbers. */
  queue: base.input(inCase).output(queueSummarySchema),
  /** Goes on with what an earlier session left; `foreign` also with what was asked for by another installation. */
  resume: base
    .input(inCase.extend({ foreign: z.boolean().default(false) }))
    .output(z.object({ resumed: z.int(), left: z.int() })),
  /** Begins no further capture, or begins again. */
  hold: base.input(inCase.extend({ held: z.boolean() })).output(queueSummarySchema),
  /** Does not wait for the next try of a job, or of all. */
  tryNow: base.input(inCase.extend({ jobId: idSchema.nullable().default(null) })).output(z.void()),
  /** Withdraws everything that is not begun, what an earlier session left included. */
  cancelWaiting: base.input(inCase).output(z.object({ cancelled: z.int() })),
  cancel: base.input(inCase.extend({ jobId: idSchema })).output(captureJobSchema),
  /** Jobs that wait or run, and those that ended without a capture and were not put away; the oldest fifty of each state. */
  jobs: base.input(inCase).output(z.array(captureJobSchema)),
  /** Takes an ended job off the list; the log keeps it. */
  dismissJob: base.input(inCase.extend({ jobId: idSchema })).output(z.void()),
  list: base.input(inCase).output(z.array(listedCaptureSchema)),
  get: base
    .input(inCapture)
    .output(
      z.object({ capture: listedCaptureSchema, provenance: provenanceSchema, links: z.array(linkSchema) }),
    ),
  artefact: base.input(inCapture.extend({ kind: artefactKindSchema })).output(z.file()),
  /** Address of a page in another origin that replays the capture, good for this session only. */
  replay: base.input(inCapture).output(z.object({ url: z.string() })),
  watch: base.input(inCase).output(eventIterator(captureNewsSchema)),
};
