import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { bundleRequestSchema, bundleResultSchema } from '../domain/bundle.ts';
import { base, inCase, progressSchema } from './base.ts';
import { verifyNewsSchema } from './custody.ts';

export const exportNewsSchema = z.discriminatedUnion('type', [
  progressSchema,
  z.object({ type: z.literal('result'), bundle: bundleResultSchema }),
]);
export type ExportNews = z.infer<typeof exportNewsSchema>;

export const bundlesContract = {
  /** What an export would hold, before anything is written. */
  preview: base.input(inCase.extend({ request: bundleRequestSchema.pick({ captureIds: true }) })).output(
    z.object({
      captures: z.int(),
      /** How many of them were made with a named profile or by hand, and may hold a login. */
      loggedIn: z.int(),
      events: z.int(),
      actors: z.int(),
      bytes: z.int(),
    }),
  ),
  export: base.input(inCase.extend({ request: bundleRequestSchema })).output(eventIterator(exportNewsSchema)),
  /** `originals`: sealed archives got in another way, to be compared with the working copies in the bundle. */
  verify: base
    .input(z.object({ path: z.string().min(1), originals: z.array(z.string().min(1)).default([]) }))
    .output(eventIterator(verifyNewsSchema)),
};
