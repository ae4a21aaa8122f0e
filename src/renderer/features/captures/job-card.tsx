import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  RotateCcw,
  X,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type { CaptureJob, ShownJobState } from '../../../shared/domain/capture.ts';
import { stepNames, type CaptureOptions } from '../../../shared/domain/capture-options.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText, durationText } from '../../ui/amounts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { FailureNotice, useProblemText } from '../../ui/failure-notice.tsx';
import { Instant } from '../../ui/instant.tsx';

const looks: Record<ShownJobState, { icon: LucideIcon; style: string }> = {
  queued: { icon: Clock, style: 'text-faint' },
  waiting: { icon: Clock, style: 'text-warn' },
  running: { icon: LoaderCircle, style: 'text-accent motion-safe:animate-spin' },
  done: { icon: CircleDashed, style: 'text-faint' },
  failed: { icon: CircleX, style: 'text-bad' },
  cancelled: { icon: CircleSlash, style: 'text-faint' },
  interrupted: { icon: CircleDashed, style: 'text-warn' },
};

/** One capture that was asked for: how far it is, or why it came to nothing and what can be done. */
export function JobCard({ caseId, job }: { caseId: string; job: CaptureJob }) {
  const t = useText();
  const { icon: Icon, style } = looks[job.state];
  const isOver = job.state !== 'running' && job.state !== 'queued' && job.state !== 'waiting';
  const acts = useJobActs(caseId, job);
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5" aria-label={t('job.of', { url: job.url })}>
      <div className="flex items-center gap-2">
        <Icon aria-hidden className={`size-4 shrink-0 ${style}`} />
        <bdi dir="ltr" className="min-w-0 flex-1 truncate text-start text-sm text-ink" title={job.url}>
          {job.url}
        </bdi>
        {!isOver && (
          <Button size="small" isDisabled={acts.cancel.isPending} onPress={() => acts.cancel.mutate()}>
            {t('cancel')}
          </Button>
        )}
        {isOver && (
          <>
            <Button size="small" icon={RotateCcw} onPress={() => acts.retry.mutate(job.options)}>
              {t('job.retry')}
            </Button>
            <IconButton
              icon={X}
              label={t('job.dismiss')}
              className="size-6.5"
              onPress={() => acts.dismiss.mutate()}
            />
          </>
        )}
      </div>
      {job.state === 'running' && <Steps job={job} />}
      {job.state === 'waiting' && <Waiting job={job} onTry={() => acts.tryNow.mutate()} />}
      {job.state === 'queued' && <p className="ps-6 text-xs text-faint">{t('jobState.queued')}</p>}
      {isOver && <Outcome job={job} onAllow={(options) => acts.retry.mutate(options)} />}
      {[acts.cancel, acts.retry, acts.dismiss, acts.tryNow].map(
        (act, index) => act.isError && <FailureNotice key={index} error={act.error} />,
      )}
    </li>
  );
}

function useJobActs(caseId: string, job: CaptureJob) {
  const queries = useQueryClient();
  const refresh = () =>
    queries.invalidateQueries({ queryKey: rpc.captures.jobs.queryKey({ input: { caseId } }) });
  const dismiss = useMutation({
    mutationFn: () => client.captures.dismissJob({ caseId, jobId: job.id }),
    onSuccess: refresh,
  });
  const cancel = useMutation({
    mutationFn: () => client.captures.cancel({ caseId, jobId: job.id }),
    onSuccess: refresh,
  });
  const retry = useMutation({
    mutationFn: async (options: CaptureOptions) => {
      if (job.interactive)
        await client.captures.startInteractive({ caseId, url: job.url, options, whenClosed: 'ask' });
      else await client.captures.start({ caseId, urls: [job.url], options });
      await client.captures.dismissJob({ caseId, jobId: job.id });
    },
    onSettled: refresh,
  });
  const tryNow = useMutation({
    mutationFn: () => client.captures.tryNow({ caseId, jobId: job.id }),
    onSuccess: refresh,
  });
  return { dismiss, cancel, retry, tryNow };
}

/** The steps in their order: those behind, the one at work by name, those to come. */
function Steps({ job }: { job: CaptureJob }) {
  const t = useText();
  const intl = useIntl();
  const now = useNow(1000);
  const at = job.step === null ? 0 : stepNames.indexOf(job.step);
  const step = t(`step.${job.step ?? 'load'}`);
  return (
    <div className="flex flex-col gap-1 ps-6">
      <div
        role="progressbar"
        aria-label={t('job.of', { url: job.url })}
        aria-valuemin={0}
        aria-valuemax={stepNames.length}
        aria-valuenow={at}
        aria-valuetext={step}
        className="grid grid-flow-col gap-0.5"
      >
        {stepNames.map((name, index) => (
          <span
            key={name}
            className={`h-1 rounded-full ${index < at ? 'bg-accent' : index === at ? 'bg-accent/60 motion-safe:animate-pulse' : 'bg-line'}`}
          />
        ))}
      </div>
      <p className="tnum flex justify-between gap-3 text-xs text-faint">
        <span className="text-soft">{t('job.step', { step, number: at + 1, total: stepNames.length })}</span>
        <span>
          {t('job.amount', { count: job.resources, size: bytesText(intl, job.bytes) })} ·{' '}
          {durationText(
            intl,
            Math.max(0, Math.floor((now - Date.parse(job.startedAt ?? job.createdAt)) / 1000) * 1000),
          )}
        </span>
      </p>
    </div>
  );
}

/** Why it was put off, and until when. */
function Waiting({ job, onTry }: { job: CaptureJob; onTry: () => void }) {
  const t = useText();
  const say = useProblemText();
  return (
    <div className="flex flex-col items-start gap-1.5 ps-6 text-xs text-soft">
      {job.problem && (
        <p className="wrap-anywhere">
          <bdi>{say(job.problem)}</bdi>
        </p>
      )}
      <p className="tnum">
        {t('job.nextTry', { number: job.attempts + 1, total: job.tries })}{' '}
        {job.retryAt && <Instant value={job.retryAt} />}
      </p>
      <Button size="small" icon={RotateCcw} onPress={onTry}>
        {t('job.tryNow')}
      </Button>
    </div>
  );
}

function Outcome({ job, onAllow }: { job: CaptureJob; onAllow: (options: CaptureOptions) => void }) {
  const t = useText();
  const say = useProblemText();
  const text = job.problem ? say(job.problem) : t(`jobState.${job.state}`);
  return (
    <div className="flex flex-col items-start gap-1.5 ps-6">
      <p className={`text-xs wrap-anywhere ${job.state === 'failed' ? 'text-bad' : 'text-soft'}`}>
        <bdi>{text}</bdi>
      </p>
      {job.problem?.code === 'ADDRESS_PRIVATE' && (
        <Button size="small" onPress={() => onAllow({ ...job.options, allowPrivateAddresses: true })}>
          {t('job.allowPrivate')}
        </Button>
      )}
    </div>
  );
}

function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
