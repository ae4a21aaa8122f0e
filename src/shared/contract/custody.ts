import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { checkpointSchema, custodyEventSchema, verificationSchema } from '../domain/custody.ts';
import { idSchema } from '../domain/common.ts';
import { base, inCase, progressSchema } from './base.ts';

/** A verification reports as it goes and ends with its result. */
export const verifyNewsSchema = z.discriminatedUnion('type', [
  progressSchema,
  z.object({ type: z.literal('result'), verification: verificationSchema }),
]);
export type VerifyNews = z.infer<typeof verifyNewsSchema>;

export const custodyContract = {
  /** Newest last; with `captureId`, only what happened to that capture. */
  timeline: base
    .input(inCase.extend({ captureId: idSchema.nullable().default(null) }))
    .output(z.array(custodyEventSchema)),
  checkpoint: base.input(inCase).output(checkpointSchema),
  verify: base.input(inCase).output(eventIterator(verifyNewsSchema)),
};
