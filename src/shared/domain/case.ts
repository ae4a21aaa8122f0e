import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

/** What a person says of a case when creating it. */
export const newCaseSchema = z.object({
  title: z.string().trim().min(1).max(200),
  /** The file or proceeding number of the organisation; may be empty. */
  reference: z.string().trim().max(200).default(''),
  /** On what authority or for what purpose material is collected (Berkeley Protocol, ISO/IEC 27037); may be empty. */
  purpose: z.string().trim().max(2000).default(''),
});
export type NewCase = z.infer<typeof newCaseSchema>;

export const caseInfoSchema = newCaseSchema.extend({
  id: idSchema,
  createdAt: instantSchema,
  createdWith: z.string(),
});
export type CaseInfo = z.infer<typeof caseInfoSchema>;

/** An open case as the interface shows it. */
export const openCaseSchema = caseInfoSchema.extend({
  path: z.string(),
  readOnly: z.boolean(),
  sizeBytes: z.number().int(),
  captureCount: z.number().int(),
  actorCount: z.number().int(),
  eventCount: z.number().int(),
});
export type OpenCase = z.infer<typeof openCaseSchema>;

/** A case this operator opened before; `exists` is whether the file is still there. */
export const recentCaseSchema = z.object({
  path: z.string(),
  title: z.string(),
  openedAt: instantSchema,
  exists: z.boolean(),
});
export type RecentCase = z.infer<typeof recentCaseSchema>;
