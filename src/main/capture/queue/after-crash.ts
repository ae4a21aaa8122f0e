import { problem, type Problem } from '../../../shared/problems.ts';
import type { CaptureDeps } from '../deps.ts';
import { removeStaleProfiles } from '../profile-folder.ts';
import { leftRecordings, type LeftRecording } from '../salvage/left-recordings.ts';
import { captureJobOf, jobKind } from './capture-job.ts';
import { wasRequested } from './was-requested.ts';

type Deps = Pick<CaptureDeps, 'file' | 'jobs' | 'log' | 'blobs' | 'key' | 'recordings'>;

/**
 * A crash leaves jobs that say they run or wait, blobs without an end, and browser profiles. None of the jobs goes on by itself: a
 * case file may come from anybody, and opening it must send nothing. The log speaks only of jobs that it knows were asked for.
 *
 * What this installation itself was recording is given back, to be sealed as far as it came; the log speaks of those jobs when that is
 * over. Any other half-written recording is thrown away here.
 */
export function afterCrash(deps: Deps): LeftRecording[] {
  const { file, jobs, blobs } = deps;
  removeStaleProfiles();
  const left = leftRecordings(deps);
  const later = new Set(left.map(({ job }) => job.id));
  file.transaction(() => {
    const why = problem('CAPTURE_INTERRUPTED');
    for (const { id } of jobs.interruptUnfinished(jobKind, why))
      if (!later.has(id)) logInterrupted(deps, id, why);
  });
  blobs.discardUnfinished(new Set(left.map(({ note }) => note.blob)));
  return left;
}

/** Writes down that a job was interrupted and nothing sealed, unless it went on meanwhile. */
export function logInterrupted(
  { file, jobs, log }: Pick<Deps, 'file' | 'jobs' | 'log'>,
  id: string,
  why: Problem,
): void {
  file.transaction(() => {
    const job = jobs.get(id);
    if (job?.state !== 'interrupted') return;
    const { url, options } = captureJobOf(jobs.update(id, { problem: why }));
    if (!wasRequested(log, { id, url, options })) return;
    log.append({
      type: 'capture.interrupted',
      subject: { kind: 'job', id },
      detail: { url, options, problem: why },
    });
  });
}
