import type { CaptureService } from '../../capture/service.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import type { ListRemark } from '../../../shared/domain/capture-queue.ts';
import type { Problem } from '../../../shared/problems.ts';
import { exitCodes } from './exit-codes.ts';
import { plain, size } from './output.ts';

/** Tells of a list of captures while it is done: a line for people, or one JSON object a line, each with its `type`. */
export class ListReport {
  readonly #captures: CaptureService;
  readonly #json: boolean;
  readonly #counts = { complete: 0, partial: 0, failed: 0, cancelled: 0, interrupted: 0, bad: 0, skipped: 0 };

  constructor(captures: CaptureService, json: boolean) {
    this.#captures = captures;
    this.#json = json;
  }

  /** A line of the list that is not captured, or is captured although it is known. */
  remark(remark: ListRemark, again: boolean): void {
    if (remark.type === 'bad') this.#counts.bad += 1;
    else if (!again) this.#counts.skipped += 1;
    if (this.#json) return print(remark);
    const what = remark.type === 'bad' ? plain(remark.problem.message) : plain(remark.url);
    process.stderr.write(`line ${remark.line}: ${inWords(remark)}${what}\n`);
  }

  ended(job: CaptureJob): void {
    if (job.captureId === null) {
      this.#counts[job.state === 'cancelled' || job.state === 'interrupted' ? job.state : 'failed'] += 1;
      if (this.#json) print({ type: 'ended', url: job.url, state: job.state, problem: job.problem });
      else
        process.stderr.write(
          `${job.state.toUpperCase()} ${plain(job.url)}: ${plain(job.problem?.message ?? '')}\n`,
        );
      return;
    }
    const capture = this.#captures.find(job.captureId);
    this.#counts[capture.state === 'COMPLETE' ? 'complete' : 'partial'] += 1;
    if (this.#json) return print({ type: 'sealed', url: job.url, capture });
    const remarks = capture.remarkCount === 0 ? '' : `, ${capture.remarkCount} remarks`;
    process.stdout.write(
      `${capture.state} exhibit ${capture.exhibit}: ${plain(capture.finalUrl)} (${size(capture.sizeBytes)}${remarks})\n`,
    );
  }

  /** The numbers at the end, and the exit status they stand for. `stopped`: why not all of it was done. */
  end(stopped: Problem | null): number {
    const { complete, partial, failed, cancelled, interrupted, bad, skipped } = this.#counts;
    const { queued } = this.#captures.summary();
    if (this.#json) print({ type: 'summary', ...this.#counts, left: queued, problem: stopped });
    else {
      if (stopped) process.stderr.write(`The queue stopped: ${plain(stopped.message)}\n`);
      process.stdout.write(
        `${complete} complete, ${partial} partial, ${failed} failed, ${cancelled} cancelled, ${skipped} skipped, ${bad} not understood; ${queued + interrupted} left\n`,
      );
    }
    if (failed + cancelled + interrupted + bad + queued > 0) return exitCodes.failed;
    return partial > 0 ? exitCodes.partial : exitCodes.done;
  }
}

function inWords(remark: ListRemark): string {
  if (remark.type === 'bad') return '';
  if (remark.type === 'repeated') return `as line ${remark.firstLine}: `;
  if (remark.type === 'queued') return 'already asked for: ';
  return `already captured, exhibit ${remark.exhibit} of ${remark.capturedAt}: `;
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
