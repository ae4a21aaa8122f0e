import { captureJobSchema, type CaptureJob } from '../../../shared/domain/capture.ts';
import { captureOptionsSchema, stepNameSchema } from '../../../shared/domain/capture-options.ts';
import { z } from 'zod';
import type { Job } from '../../vault/jobs.ts';

export const jobKind = 'capture';

const requestSchema = z.object({ url: z.string(), options: captureOptionsSchema });

const progressSchema = z.object({
  step: stepNameSchema.nullable().default(null),
  resources: z.int().default(0),
  bytes: z.int().default(0),
});
export type CaptureProgress = z.infer<typeof progressSchema>;

/** A stored job as the interface shows it. */
export function captureJobOf(job: Job): CaptureJob {
  const { url, options } = requestSchema.parse(job.request);
  const progress = progressSchema.parse(job.progress);
  return captureJobSchema.parse({
    id: job.id,
    url,
    options,
    state: job.state,
    ...progress,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    captureId: job.resultId,
    problem: job.problem,
  });
}
