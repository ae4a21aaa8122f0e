import { captureJobSchema, type CaptureJob } from '../../../shared/domain/capture.ts';
import { captureOptionsSchema, stepNameSchema } from '../../../shared/domain/capture-options.ts';
import { z } from 'zod';
import type { Job } from '../../vault/jobs.ts';
import { destination } from '../guard/load-problem.ts';

export const jobKind = 'capture';

const requestSchema = z.object({
  url: z.string(),
  options: captureOptionsSchema,
  tries: z.int().min(1).default(1),
  interactive: z.boolean().default(false),
});

const progressSchema = z.object({
  step: stepNameSchema.nullable().default(null),
  resources: z.int().default(0),
  bytes: z.int().default(0),
  /** Tries that came to nothing so far. */
  attempts: z.int().default(0),
  retryAt: z.string().nullable().default(null),
  startedAt: z.string().nullable().default(null),
});
export type CaptureProgress = z.infer<typeof progressSchema>;

/** A stored job as the interface shows it. */
export function captureJobOf(job: Job): CaptureJob {
  const { url, options, tries, interactive } = requestSchema.parse(job.request);
  const progress = progressSchema.parse(job.progress);
  return captureJobSchema.parse({
    id: job.id,
    url,
    options,
    state: job.state === 'queued' && progress.retryAt !== null ? 'waiting' : job.state,
    tries,
    interactive,
    ...progress,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    captureId: job.resultId,
    problem: job.problem,
  });
}

/**
 * What a job is queued under: jobs of one lane go one after another. The host; behind a proxy a lane of its own, because only the host's own
 * lane may be asked for at the name server of this computer; and one for each profile, which only one browser can open.
 */
export function laneOf({ url, options }: Pick<CaptureJob, 'url' | 'options'>): string {
  const { host } = destination(url);
  if (options.profile !== null) return `profile ${options.profile}`;
  return options.proxy === '' ? host : `${options.proxy} ${host}`;
}

/** Hosts of lanes whose names may be looked up here. */
export function openHosts(lanes: readonly string[]): string[] {
  return lanes.filter((lane) => !lane.includes(' '));
}
