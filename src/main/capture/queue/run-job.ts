import { v7 as uuid } from 'uuid';
import type { Capture, CaptureJob } from '../../../shared/domain/capture.ts';
import { ConstatError, problemOf, type Problem } from '../../../shared/problems.ts';
import { softwareName } from '../../../shared/software.ts';
import { WaczWriter } from '../../archive/wacz/writer.ts';
import { destination } from '../guard/load-problem.ts';
import { checkUrl } from '../guard/url-rules.ts';
import { captureJobOf, type CaptureProgress } from './capture-job.ts';
import type { HeldProfile } from '../profiles/profiles.ts';
import { recordPage } from '../record-page.ts';
import { seal } from '../seal.ts';
import type { CaptureDeps } from '../deps.ts';
import type { CaptureStore } from '../store.ts';

export type JobOutcome = { capture: Capture } | { problem: Problem; retryAfter: string | null };

/** Watchers are told at most this often (milliseconds) of mere progress; steps are told at once. */
const PROGRESS_EVERY = 400;

/** Statuses with which a server says: later. */
const busy = new Set([429, 503]);

export interface RunOptions {
  signal: AbortSignal;
  /** Seal also the answer of a server that is too busy: nothing better is to be had. */
  keepBusy: boolean;
  onChange: (job: CaptureJob) => void;
}

/**
 * Runs one job from the browser's start to the seal. Never throws: what went wrong is the outcome, and then nothing of the capture is
 * left in the case.
 */
export async function runJob(
  deps: CaptureDeps,
  store: CaptureStore,
  job: CaptureJob,
  { signal, keepBusy, onChange }: RunOptions,
): Promise<JobOutcome> {
  const { file, blobs, jobs, log, key } = deps;
  const progress: CaptureProgress = {
    step: null,
    resources: 0,
    bytes: 0,
    attempts: job.attempts,
    retryAt: null,
  };
  let retryAfter: string | null = null;
  let toldAt = 0;
  const tell = (now: boolean): void => {
    if (signal.aborted || (!now && performance.now() - toldAt < PROGRESS_EVERY)) return;
    toldAt = performance.now();
    const current = captureJobOf(
      jobs.update(job.id, { state: 'running', progress: { ...progress }, problem: null }),
    );
    onChange(current);
  };
  try {
    tell(true);
    const found = await deps.findBrowser();
    signal.throwIfAborted();
    const blob = blobs.create('application/wacz');
    let held: HeldProfile | null = null;
    try {
      const { profile } = job.options;
      held = profile === null ? null : deps.profiles.hold(profile, file.info.id);
      const archive = new WaczWriter(blob, {
        software: softwareName,
        operatorNote: deps.operatorName(),
        ...(deps.waczSigner ? { signer: deps.waczSigner } : {}),
      });
      const provenance = await recordPage({
        captureId: uuid(),
        caseId: file.info.id,
        entered: job.url,
        url: checkUrl(job.url),
        options: job.options,
        operator: { name: deps.operatorName(), keyFingerprint: key.fingerprint },
        found,
        kept: held?.path ?? null,
        archive,
        signal,
        ...(deps.resolver ? { resolver: deps.resolver } : {}),
        ...(deps.publicToo ? { publicToo: deps.publicToo } : {}),
        ...(deps.trustedToo ? { trustedToo: deps.trustedToo } : {}),
        onDocument: (document) => {
          retryAfter = document.retryAfter;
        },
        onStep: (step) => {
          progress.step = step;
          tell(true);
        },
        onTraffic: (answered, bytes) => {
          if (answered === progress.resources && bytes === progress.bytes) return;
          progress.resources = answered;
          progress.bytes = bytes;
          tell(false);
        },
      });
      signal.throwIfAborted();
      const { status } = provenance.page;
      if (!keepBusy && status !== null && busy.has(status)) {
        const { host } = destination(provenance.url.final);
        throw new ConstatError('SERVER_BUSY', { host, status: String(status) });
      }
      const capture = seal({ file, log, store }, blob, provenance, job.id, ({ id }) =>
        jobs.update(job.id, { state: 'done', progress: { ...progress }, resultId: id }),
      );
      return { capture };
    } catch (error) {
      discardQuietly(blob);
      throw error;
    } finally {
      held?.release();
    }
  } catch (error) {
    return { problem: problemOf(signal.aborted ? signal.reason : error), retryAfter };
  }
}

/** On a full or broken disk even this may fail; what is left is removed at the next start. */
function discardQuietly(blob: { discard(): void }): void {
  try {
    blob.discard();
  } catch {
    // The first failure is the one to tell.
  }
}
