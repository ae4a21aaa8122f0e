import { v7 as uuid } from 'uuid';
import type { CaptureJob, ListedCapture } from '../../../shared/domain/capture.ts';
import { ConstatError, problemOf, type Problem } from '../../../shared/problems.ts';
import { softwareName } from '../../../shared/software.ts';
import { WaczWriter } from '../../archive/wacz/writer.ts';
import { destination } from '../guard/load-problem.ts';
import { checkUrl } from '../guard/url-rules.ts';
import { captureJobOf, type CaptureProgress } from './capture-job.ts';
import { recordPage } from '../record-page.ts';
import type { SessionControl } from '../interactive/session-control.ts';
import { seal } from '../seal.ts';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import type { BlobWriter } from '../../vault/blobs.ts';
import { isBusy } from './setback.ts';
import { whySecondLook } from './second-look.ts';
import type { CaptureDeps } from '../deps.ts';
import type { CaptureStore } from '../store.ts';

export type JobOutcome = { capture: ListedCapture } | { problem: Problem; retryAfter: string | null };

/** Watchers are told at most this often (milliseconds) of mere progress; steps are told at once. */
const PROGRESS_EVERY = 400;

export interface RunOptions {
  signal: AbortSignal;
  /** Seal also the answer of a server that is too busy: nothing better is to be had. */
  keepBusy: boolean;
  onChange: (job: CaptureJob) => void;
  /** Given where a person drives the window. */
  session?: SessionControl;
}

/**
 * Runs one job from the browser's start to the seal. Never throws: what went wrong is the outcome, and then nothing of the capture is
 * left in the case.
 */
export async function runJob(
  deps: CaptureDeps,
  store: CaptureStore,
  job: CaptureJob,
  { signal, keepBusy, onChange, session }: RunOptions,
): Promise<JobOutcome> {
  const { file, blobs, jobs, log, key } = deps;
  const progress: CaptureProgress = {
    step: null,
    resources: 0,
    bytes: 0,
    attempts: job.attempts,
    retryAt: null,
    startedAt: new Date().toISOString(),
  };
  let retryAfter: string | null = null;
  let toldAt = 0;
  const tell = (now: boolean): void => {
    if (signal.aborted || (!now && performance.now() - toldAt < PROGRESS_EVERY)) return;
    toldAt = performance.now();
    const current = captureJobOf(
      jobs.update(job.id, { state: 'running', progress: { ...progress }, problem: null }),
    );
    onChange({ ...current, session: session?.state ?? null });
  };
  session?.onChange(() => tell(true));
  try {
    tell(true);
    const found = await deps.findBrowser();
    signal.throwIfAborted();
    const { profile } = job.options;
    const held = profile === null ? null : deps.profiles.hold(profile, file.info.id);
    const attempt = async (instead: string | null): Promise<Recorded> => {
      const blob = blobs.create('application/wacz');
      const ids = { caseId: file.info.id, jobId: job.id, captureId: uuid() };
      const discard = (): void => {
        discardQuietly(blob);
        deps.recordings.remove(ids);
      };
      try {
        const archive = new WaczWriter(blob, {
          software: softwareName,
          operatorNote: deps.operatorName(),
          ...(deps.waczSigner ? { signer: deps.waczSigner } : {}),
        });
        const provenance = await recordPage({
          captureId: ids.captureId,
          caseId: ids.caseId,
          entered: job.url,
          url: checkUrl(job.url),
          options: job.options,
          browserInstead: instead,
          operator: { name: deps.operatorName(), keyFingerprint: key.fingerprint },
          found,
          kept: held?.path ?? null,
          session: session ?? null,
          archive,
          signal,
          ...(deps.resolver ? { resolver: deps.resolver } : {}),
          ...(deps.publicToo ? { publicToo: deps.publicToo } : {}),
          ...(deps.trustedToo ? { trustedToo: deps.trustedToo } : {}),
          onNote: (soFar) => {
            blob.flush();
            deps.recordings.write({ ...ids, blob: blob.id, warc: archive.warcSoFar, ...soFar });
          },
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
        return { blob, provenance, discard };
      } catch (error) {
        discard();
        throw error;
      }
    };
    try {
      const { blob, provenance, discard } = await (session ? attempt(null) : bestOf(job.options, attempt));
      try {
        const { status } = provenance.page;
        if (!keepBusy && isBusy(status)) {
          const { host } = destination(provenance.url.final);
          throw new ConstatError('SERVER_BUSY', { host, status: String(status) });
        }
        const capture = seal({ file, log, store }, blob, provenance, job.id, ({ id }) =>
          jobs.update(job.id, { state: 'done', progress: { ...progress }, resultId: id }),
        );
        deps.recordings.remove({ caseId: file.info.id, captureId: capture.id });
        return { capture };
      } catch (error) {
        discard();
        throw error;
      }
    } finally {
      held?.release();
    }
  } catch (error) {
    return { problem: problemOf(signal.aborted ? signal.reason : error), retryAfter };
  }
}

/** What one attempt left: an archive that is complete and not sealed. */
interface Recorded {
  blob: BlobWriter;
  provenance: Provenance;
  /** Throws it away. */
  discard: () => void;
}

/** Records, and once more with the browser alone where that promises more; what the second attempt cannot better stays. */
async function bestOf(
  options: CaptureOptions,
  attempt: (instead: string | null) => Promise<Recorded>,
): Promise<Recorded> {
  let first: Recorded | null = null;
  let why: string | null;
  try {
    first = await attempt(null);
    why = whySecondLook(options, first.provenance);
  } catch (error) {
    why = error instanceof ConstatError ? whySecondLook(options, error) : null;
    if (why === null) throw error;
  }
  if (first && why === null) return first;
  try {
    const second = await attempt(why);
    if (first) first.discard();
    return second;
  } catch (error) {
    if (first && !(error instanceof ConstatError && error.code === 'CAPTURE_CANCELLED')) return first;
    if (first) first.discard();
    throw error;
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
