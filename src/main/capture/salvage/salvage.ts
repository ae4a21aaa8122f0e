import type { CaptureJob, ListedCapture } from '../../../shared/domain/capture.ts';
import { ConstatError, problem, problemOf } from '../../../shared/problems.ts';
import type { CaptureDeps } from '../deps.ts';
import { logInterrupted } from '../queue/after-crash.ts';
import type { CaptureStore } from '../store.ts';
import type { LeftRecording } from './left-recordings.ts';
import { salvageRecording } from './salvage-recording.ts';

/** How long (milliseconds) a case that is closed again waits for it; what is not done by then is done at the next opening. */
const PATIENCE = 5000;

/** Seals what a crash left of recordings, one after the other, beside whatever else is done with the case. */
export class Salvage {
  readonly #abort = new AbortController();
  readonly #done: Promise<CaptureJob[]>;

  constructor(
    deps: CaptureDeps,
    store: CaptureStore,
    left: readonly LeftRecording[],
    onSealed: (sealed: { capture: ListedCapture; job: CaptureJob }) => void,
  ) {
    this.#done = this.#run(deps, store, left, onSealed);
  }

  /** Resolves once all of it is over, with the jobs that were sealed. Never throws. */
  get done(): Promise<CaptureJob[]> {
    return this.#done;
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#abort.abort(new ConstatError('CAPTURE_INTERRUPTED')), PATIENCE);
    await this.#done;
    clearTimeout(timer);
  }

  async #run(
    deps: CaptureDeps,
    store: CaptureStore,
    left: readonly LeftRecording[],
    onSealed: (sealed: { capture: ListedCapture; job: CaptureJob }) => void,
  ): Promise<CaptureJob[]> {
    const { signal } = this.#abort;
    const jobs: CaptureJob[] = [];
    // A job that was looked at twice left two recordings; the later comes first.
    for (const [jobId, recordings] of Map.groupBy(left, ({ note }) => note.jobId)) {
      let why = problem('CAPTURE_INTERRUPTED');
      let isLeft = false;
      for (const recording of recordings) {
        const { note } = recording;
        try {
          const isDone = jobs.some(({ id }) => id === jobId);
          const sealed = isDone ? null : await salvageRecording(deps, store, recording, signal);
          if (sealed) {
            jobs.push(sealed.job);
            onSealed(sealed);
          }
        } catch (error) {
          if (signal.aborted) return jobs;
          why = problemOf(error);
          // What a full disk, for one, prevents now may be possible at the next opening.
          if (why.code !== 'RECORDING_UNSOUND') {
            isLeft = true;
            continue;
          }
        }
        deps.blobs.discard(note.blob);
        deps.recordings.remove(note);
      }
      if (!isLeft && !jobs.some(({ id }) => id === jobId)) attempt(() => logInterrupted(deps, jobId, why));
    }
    return jobs;
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The case takes nothing now; the job is marked as interrupted in any case.
  }
}
