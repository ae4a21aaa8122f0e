import { z } from 'zod';
import { idSchema, instantSchema, sha256Schema } from './common.ts';
import { captureOptionsSchema, stepNameSchema } from './capture-options.ts';
import { pageKindSchema } from './page-finding.ts';
import { sessionStateSchema } from './interactive.ts';
import { captureStateSchema } from './provenance.ts';
import { problemSchema } from '../problems.ts';

/** One sealed capture, as lists show it. */
export const captureSchema = z.object({
  id: idSchema,
  /** Exhibit number: 1, 2, 3 … within the case, in the order of sealing. */
  exhibit: z.int().min(1),
  requestedUrl: z.string(),
  finalUrl: z.string(),
  title: z.string(),
  state: captureStateSchema,
  httpStatus: z.int().nullable(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  /** Of the sealed WACZ. */
  sizeBytes: z.int(),
  sha256: sha256Schema,
  resourceCount: z.int(),
  remarkCount: z.int(),
  /** Place of the sealing event in the custody log. */
  sealedSeq: z.int(),
});
export type Capture = z.infer<typeof captureSchema>;

/** With what lists show beside it. */
export const listedCaptureSchema = captureSchema.extend({
  /** What the page was besides content: the first thing the sealed account found. A working copy; null where nothing was found or known. */
  pageKind: pageKindSchema.nullable(),
});
export type ListedCapture = z.infer<typeof listedCaptureSchema>;

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);
export type JobState = z.infer<typeof jobStateSchema>;

/** As a list shows it: `waiting` is queued, was tried before, and has its next try at `retryAt`. */
export const shownJobStateSchema = z.enum([...jobStateSchema.options, 'waiting']);
export type ShownJobState = z.infer<typeof shownJobStateSchema>;

/** A capture that was asked for: waiting, running, or over. */
export const captureJobSchema = z.object({
  id: idSchema,
  url: z.string(),
  options: captureOptionsSchema,
  state: shownJobStateSchema,
  /** Tries that came to nothing so far, of how many; what this computer's own lack of a network cost does not count. */
  attempts: z.int(),
  tries: z.int(),
  retryAt: instantSchema.nullable(),
  /** Of the present try, or of the last. */
  startedAt: instantSchema.nullable(),
  step: stepNameSchema.nullable(),
  /** Requests answered and bytes of bodies kept so far. */
  resources: z.int(),
  bytes: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  captureId: idSchema.nullable(),
  problem: problemSchema.nullable(),
  /** A recording by hand, and how it stands while it runs. */
  interactive: z.boolean().default(false),
  session: sessionStateSchema.nullable().default(null),
});
export type CaptureJob = z.infer<typeof captureJobSchema>;

/** Files that a capture holds beside the network exchanges, by the name they have in the sealed WACZ. */
export const artefactKindSchema = z.enum([
  'screenshot',
  'fullPage',
  'thumbnail',
  'beforeConsent',
  'dom',
  'pdf',
  'text',
  'mhtml',
  'accessibility',
  'console',
  'certificates',
]);
export type ArtefactKind = z.infer<typeof artefactKindSchema>;
