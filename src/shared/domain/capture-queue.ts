import { z } from 'zod';
import { instantSchema } from './common.ts';
import { problemSchema } from '../problems.ts';

/** How a queue of captures behaves: kept in the operator's own folder. A value not known here falls back. */
export const queueSettingsSchema = z.object({
  /** Captures at the same time in one case; 0 means as many as suit this machine. */
  concurrency: z.int().min(0).max(8).catch(0).default(0),
  /** Milliseconds between the starts of two captures from one host. */
  hostPause: z.int().min(0).max(600_000).catch(2000).default(2000),
  /** How often an address of a list is tried where its server does not answer or is too busy. */
  tries: z.int().min(1).max(20).catch(4).default(4),
  /** Whether opening a case goes on by itself with what this installation queued in it. */
  resumeOwn: z.boolean().catch(false).default(false),
});
export type QueueSettings = z.infer<typeof queueSettingsSchema>;

/** How a queue stands, without its jobs. */
export const queueSummarySchema = z.object({
  /** Asked for and not begun; `waiting` of them were tried before and wait for their next try. */
  queued: z.int(),
  waiting: z.int(),
  running: z.int(),
  /** Left by an earlier session; they go on only when a person says so. */
  interrupted: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  /** When the next try of a waiting job is due; null where none waits. */
  nextTryAt: instantSchema.nullable(),
  /** Set while no capture is begun: by a person (`problem` null), or because of what every further capture would meet. */
  held: z.object({ problem: problemSchema.nullable() }).nullable(),
  /** Set while this computer has no network. */
  offline: z.object({ since: instantSchema, looksAt: instantSchema }).nullable(),
});
export type QueueSummary = z.infer<typeof queueSummarySchema>;

/** Why a line of a list is not captured, or was not to be without asking. */
export const listRemarkSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bad'), line: z.int(), text: z.string(), problem: problemSchema }),
  /** The same address stands in an earlier line. */
  z.object({ type: z.literal('repeated'), line: z.int(), url: z.string(), firstLine: z.int() }),
  /** The same address is asked for already and not yet done. */
  z.object({ type: z.literal('queued'), line: z.int(), url: z.string() }),
  z.object({
    type: z.literal('captured'),
    line: z.int(),
    url: z.string(),
    /** The latest capture of the address. */
    exhibit: z.int(),
    capturedAt: instantSchema,
  }),
]);
export type ListRemark = z.infer<typeof listRemarkSchema>;

/** What a list holds, before anything of it is captured. */
export const listPreviewSchema = z.object({
  /** Addresses that would be captured; without those repeated, queued or captured already. */
  fresh: z.int(),
  /** Addresses of interrupted jobs of this installation, which would go on. */
  resumable: z.int(),
  bad: z.int(),
  repeated: z.int(),
  queued: z.int(),
  captured: z.int(),
  /** The first of what was noticed, in the order of the lines. */
  remarks: z.array(listRemarkSchema),
});
export type ListPreview = z.infer<typeof listPreviewSchema>;

/** What was made of a list. */
export const listOutcomeSchema = z.object({
  added: z.int(),
  resumed: z.int(),
  skipped: z.int(),
  bad: z.int(),
});
export type ListOutcome = z.infer<typeof listOutcomeSchema>;

/** Lines read of one list at most. */
export const longestList = 100_000;
