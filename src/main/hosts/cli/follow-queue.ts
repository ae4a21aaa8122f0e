import type { CaptureService } from '../../capture/service.ts';
import type { QueueSummary } from '../../../shared/domain/capture-queue.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import type { Problem } from '../../../shared/problems.ts';
import { plain, progressLine, size } from './output.ts';

/**
 * Waits until jobs are over, telling of each as it ends, and on the terminal of what happens meanwhile. Gives why the queue stopped before
 * all were over; null where they are.
 */
export async function followQueue(
  captures: CaptureService,
  jobIds: readonly string[],
  onEnd: (job: CaptureJob) => void | Promise<void>,
): Promise<Problem | null> {
  const stop = new AbortController();
  let before: QueueSummary | null = null;
  const stopped = new Promise<Problem>((resolve) => {
    void (async () => {
      for await (const news of captures.watch(stop.signal)) {
        if (news.type === 'job') tellJob(news.job);
        if (news.type !== 'queue') continue;
        tellQueue(news.queue, before);
        before = news.queue;
        if (news.queue.held?.problem && news.queue.running === 0) resolve(news.queue.held.problem);
      }
    })();
  });
  const ends = jobIds.map(async (id) => onEnd(await captures.settled(id)));
  const why = await Promise.race([Promise.all(ends).then(() => null), stopped]);
  stop.abort();
  progressLine('', process.stderr.isTTY);
  return why;
}

function tellJob(job: CaptureJob): void {
  const { step, url, resources, bytes, problem, attempts, tries, retryAt } = job;
  if (job.state === 'running')
    progressLine(`${plain(url)}: ${step ?? 'starting'}, ${resources} answers, ${size(bytes)}`);
  else if (job.state === 'waiting' && retryAt !== null)
    line(
      `WAITING ${plain(url)}: ${plain(problem?.message ?? '')} Try ${attempts} of ${tries}; the next at ${retryAt}.`,
    );
}

function tellQueue({ offline }: QueueSummary, before: QueueSummary | null): void {
  if (offline && !before?.offline)
    line(
      `There is no network. The captures wait, looking again at ${offline.looksAt} and whenever the network changes. What waits stays in the case: end with Ctrl-C, go on with “constat resume”.`,
    );
  else if (!offline && before?.offline) line('There is a network again.');
}

function line(text: string): void {
  progressLine('', process.stderr.isTTY);
  process.stderr.write(`${text}\n`);
}

/** Waits until what a crash left of recordings is sealed as far as it came, and tells of each. */
export async function tellSalvaged(captures: CaptureService): Promise<void> {
  for (const { url, captureId } of await captures.salvaged()) {
    const { exhibit } = captures.find(captureId ?? '');
    line(
      `SALVAGED ${plain(url)}: Constat ended while capturing it; what it had is sealed as exhibit ${exhibit}.`,
    );
  }
}

/** A reminder of what an earlier session left in the case; nothing where it left nothing. */
export function tellLeft(captures: CaptureService): void {
  const { interrupted, queued } = captures.summary();
  const left = interrupted + queued;
  if (left > 0)
    process.stderr.write(
      `${left} ${left === 1 ? 'capture is' : 'captures are'} left in this case to be done: constat resume\n`,
    );
}
