import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CaptureNews } from '../../../shared/contract/captures.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import type { QueueSummary } from '../../../shared/domain/capture-queue.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText, type Say } from '../../i18n/use-text.tsx';
import { announce } from '../../ui/announcer.tsx';

const pause = 1500;

/** Follows what happens to the captures of a case and keeps the lists true, for as long as the case is on screen. */
export function useWatch(caseId: string, isOpen: boolean): void {
  const queries = useQueryClient();
  const t = useText();
  useEffect(() => {
    if (!isOpen) return undefined;
    const stop = new AbortController();
    void follow(
      caseId,
      stop.signal,
      (news) => apply(queries, caseId, news, t),
      () => refresh(queries, caseId),
    );
    return () => stop.abort();
  }, [caseId, isOpen, queries, t]);
}

async function follow(
  caseId: string,
  signal: AbortSignal,
  onNews: (news: CaptureNews) => void,
  onGap: () => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const stream = await client.captures.watch({ caseId }, { signal });
      // Read once more now that nothing can be missed between the reading and the watching.
      onGap();
      for await (const news of stream) onNews(news);
    } catch {
      // The stream ends with the connection or the case; the frame says so. What is missed meanwhile is read below.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
    onGap();
  }
}

function refresh(queries: QueryClient, caseId: string): void {
  const input = { caseId };
  void queries.invalidateQueries({ queryKey: rpc.captures.jobs.queryKey({ input }) });
  void queries.invalidateQueries({ queryKey: rpc.captures.queue.queryKey({ input }) });
  void queries.invalidateQueries({ queryKey: rpc.captures.list.queryKey({ input }) });
}

/** Steps are said when they change, not with every request. */
function sayStep(job: CaptureJob, before: CaptureJob | undefined, t: Say): void {
  if (job.state === 'running' && job.step && job.step !== before?.step) {
    announce(t('job.said', { step: t(`step.${job.step}`), url: job.url }));
  } else if (job.state === 'failed' && before?.state !== 'failed')
    announce(t('job.saidFailed', { url: job.url }));
}

function apply(queries: QueryClient, caseId: string, news: CaptureNews, t: Say): void {
  const input = { caseId };
  if (news.type === 'job') {
    const { job } = news;
    const key = rpc.captures.jobs.queryKey({ input });
    sayStep(
      job,
      queries.getQueryData(key)?.find((known) => known.id === job.id),
      t,
    );
    queries.setQueryData(key, (jobs) => jobs && withJob(jobs, job));
    if (job.state === 'failed' || job.state === 'cancelled') {
      void queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input }) });
    }
    return;
  }
  if (news.type === 'queue') {
    queries.setQueryData(rpc.captures.queue.queryKey({ input }), news.queue);
    if (lacksJobs(queries.getQueryData(rpc.captures.jobs.queryKey({ input })), news.queue))
      void queries.invalidateQueries({ queryKey: rpc.captures.jobs.queryKey({ input }) });
    return;
  }
  const { capture } = news;
  announce(t('job.saidSealed', { exhibit: capture.exhibit, title: capture.title || capture.finalUrl }));
  queries.setQueryData(
    rpc.captures.list.queryKey({ input }),
    (captures) =>
      captures &&
      [...captures.filter((known) => known.id !== capture.id), capture].sort((a, b) => a.exhibit - b.exhibit),
  );
  void queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input }) });
  // The thumbnail is made after sealing: one that was asked for too early is asked for again.
  void queries.invalidateQueries({
    queryKey: rpc.captures.artefact.queryKey({ input: { caseId, captureId: capture.id, kind: 'thumbnail' } }),
  });
}

/** Of many jobs only the first are read, and not each is told of: whether there are some to be shown that are not known here. */
function lacksJobs(jobs: readonly CaptureJob[] | undefined, queue: QueueSummary): boolean {
  const known = (...states: CaptureJob['state'][]) =>
    (jobs ?? []).filter(({ state }) => states.includes(state)).length;
  const few = 20;
  return (
    known('queued', 'waiting') < Math.min(few, queue.queued) ||
    known('interrupted') > 0 !== queue.interrupted > 0 ||
    (queue.queued === 0 && known('queued', 'waiting') > 0)
  );
}

function withJob(jobs: readonly CaptureJob[], job: CaptureJob): CaptureJob[] {
  if (job.state === 'done') return jobs.filter((known) => known.id !== job.id);
  if (!jobs.some((known) => known.id === job.id)) return [...jobs, job];
  return jobs.map((known) => (known.id === job.id ? job : known));
}
