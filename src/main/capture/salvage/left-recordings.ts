import { isDeepStrictEqual } from 'node:util';
import type { Job } from '../../vault/jobs.ts';
import type { CaptureDeps } from '../deps.ts';
import { captureJobOf, jobKind } from '../queue/capture-job.ts';
import { wasRequested } from '../queue/was-requested.ts';
import type { RecordingNote } from './recording-notes.ts';

/** A recording of this installation that was cut short. */
export interface LeftRecording {
  note: RecordingNote;
  job: Job;
}

type Deps = Pick<CaptureDeps, 'file' | 'jobs' | 'log' | 'blobs' | 'key' | 'recordings'>;

/**
 * What a crash left of recordings that this installation was making in this case: the note in the operator's folder, the job of the case
 * and the log must say the same, and the blob must still be open. Whether its bytes are those that were noted is not looked at here.
 * Notes of jobs that are over go; those of jobs the case does not have are left to the copy of the case that has them.
 */
export function leftRecordings(deps: Deps): LeftRecording[] {
  const { file, jobs, recordings } = deps;
  return recordings.of(file.info.id).flatMap((note) => {
    const job = jobs.get(note.jobId);
    if (!job) return [];
    if (isLeft(deps, note, job)) return { note, job };
    recordings.remove(note);
    return [];
  });
}

function isLeft({ log, blobs, key }: Deps, note: RecordingNote, job: Job): boolean {
  const { account } = note;
  if (job.kind !== jobKind || (job.state !== 'running' && job.state !== 'interrupted')) return false;
  if (account.caseId !== note.caseId || account.captureId !== note.captureId) return false;
  if (account.operator.keyFingerprint !== key.fingerprint) return false;
  const { id, url, options } = captureJobOf(job);
  if (account.url.entered !== url || !isDeepStrictEqual(account.options, options)) return false;
  return blobs.openUnfinished(note.blob, 0) !== null && wasRequested(log, { id, url, options });
}
