import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../domain/common.ts';
import { problemSchema } from '../problems.ts';

/** Every procedure may fail with a problem a person can act on. */
export const base = oc.errors({ PROBLEM: { status: 422, data: problemSchema } });

/** What every procedure about one case takes. */
export const inCase = z.object({ caseId: idSchema });

/** Progress of something long: how much is done, of how much, and at what. */
export const progressSchema = z.object({
  type: z.literal('progress'),
  done: z.number(),
  total: z.number(),
  item: z.string(),
});
export type Progress = z.infer<typeof progressSchema>;
