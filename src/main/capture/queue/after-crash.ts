import { problem } from '../../../shared/problems.ts';
import type { CaptureDeps } from '../deps.ts';
import { removeStaleProfiles } from '../profile-folder.ts';
import { captureJobOf, jobKind } from './capture-job.ts';
import { wasRequested } from './was-requested.ts';

/**
 * A crash leaves jobs that say they run or wait, blobs without an end, and browser profiles. None of the jobs goes on by itself: a
 * case file may come from anybody, and opening it must send nothing. The log speaks only of jobs that it knows were asked for.
 *
 * What a crash left half-recorded is thrown away here, after the jobs were marked: whoever wants to keep some of it does so before
 * `discardUnfinished`.
 */
export function afterCrash(deps: Pick<CaptureDeps, 'file' | 'jobs' | 'log' | 'blobs'>): void {
  const { file, jobs, log, blobs } = deps;
  removeStaleProfiles();
  file.transaction(() => {
    const why = problem('CAPTURE_INTERRUPTED');
    for (const job of jobs.interruptUnfinished(jobKind, why)) {
      const { id, url, options } = captureJobOf(job);
      if (!wasRequested(log, { id, url, options })) continue;
      log.append({
        type: 'capture.interrupted',
        subject: { kind: 'job', id },
        detail: { url, options, problem: why },
      });
    }
  });
  blobs.discardUnfinished();
}
