import { useMutation, useQuery } from '@tanstack/react-query';
import { Bookmark, CircleDot, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import { useOffer, type Command } from '../../app/commands.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText, durationText } from '../../ui/amounts.ts';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { notify } from '../../ui/toasts.tsx';

/** The recordings by hand that run in a case, over everything else of it: nobody is to forget that one runs. */
export function RecordingBars({ caseId }: { caseId: string }) {
  const jobs = useQuery(rpc.captures.jobs.queryOptions({ input: { caseId } }));
  return (jobs.data ?? [])
    .filter(({ interactive, state }) => interactive && state === 'running')
    .map((job) => <RecordingBar key={job.id} caseId={caseId} job={job} />);
}

function RecordingBar({ caseId, job }: { caseId: string; job: CaptureJob }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const { mark, finish, discard } = useRecordingActs(caseId, job.id);
  const session = job.session;
  const isEnding = (session?.ending ?? false) || finish.isPending;
  const isClosed = (session?.windowClosed ?? false) && !isEnding;
  useEffect(() => {
    if (isClosed) announce(t('recording.closed'));
  }, [isClosed, t]);
  const { mutate: markNow } = mark;
  const { mutate: finishNow } = finish;
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'mark-page',
        title: 'command.markPage',
        scope: 'everywhere',
        keys: 'Alt+M',
        run: () => markNow(),
      },
      {
        id: 'finish-recording',
        title: 'command.finishRecording',
        scope: 'everywhere',
        run: () => finishNow(),
      },
    ],
    [markNow, finishNow],
  );
  useOffer(commands);
  return (
    <section
      aria-label={t('recording.of')}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b-2 border-bad bg-bad-wash px-3 py-2 text-sm"
    >
      <span className="flex items-center gap-1.5 font-semibold text-bad">
        <CircleDot aria-hidden className="size-4 motion-safe:animate-pulse" />
        {isEnding ? t('recording.ending') : t('recording.on')}
      </span>
      <span className="min-w-40 flex-1 truncate text-ink">
        {isClosed ? t('recording.closed') : session === null ? t('recording.starting') : <Where job={job} />}
      </span>
      <Numbers job={job} />
      <span className="flex flex-wrap gap-1.5">
        {!isClosed && (
          <Button
            size="small"
            icon={Bookmark}
            isDisabled={mark.isPending || isEnding || !session?.address}
            onPress={() => markNow()}
          >
            {t('recording.mark')}
          </Button>
        )}
        <Button kind="primary" size="small" isDisabled={isEnding} onPress={() => finishNow()}>
          {t('recording.finish')}
        </Button>
        <Button
          kind="danger"
          size="small"
          icon={Trash2}
          isDisabled={isEnding}
          onPress={() => setAsking(true)}
        >
          {t('recording.discard')}
        </Button>
      </span>
      {[mark, finish, discard].map(
        (act, index) => act.isError && <FailureNotice key={index} error={act.error} />,
      )}
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('recording.discardTitle')}>
        <p className="text-sm text-soft">{t('recording.discardText')}</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onPress={() => setAsking(false)}>{t('recording.keep')}</Button>
          <Button kind="danger" onPress={() => discard.mutate()}>
            {t('recording.discard')}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

function useRecordingActs(caseId: string, jobId: string) {
  const t = useText();
  const which = { caseId, jobId };
  const mark = useMutation({
    mutationFn: () => client.captures.markPage(which),
    onSuccess: () => notify(t('recording.marked')),
  });
  const finish = useMutation({ mutationFn: () => client.captures.finishInteractive(which) });
  const discard = useMutation({ mutationFn: () => client.captures.cancel(which) });
  return { mark, finish, discard };
}

function Where({ job: { session } }: { job: CaptureJob }) {
  const t = useText();
  if (!session?.address) return <>{t('recording.empty')}</>;
  return (
    <bdi dir="ltr" title={session.address}>
      {session.address}
    </bdi>
  );
}

function Numbers({ job }: { job: CaptureJob }) {
  const t = useText();
  const intl = useIntl();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const { session, resources, bytes } = job;
  if (!session) return null;
  const seconds = Math.max(0, Math.floor((now - Date.parse(session.startedAt)) / 1000));
  return (
    <span className="tnum text-xs text-soft">
      {t('recording.numbers', {
        tabs: session.tabs.length,
        pages: session.pages,
        marked: session.marked,
      })}{' '}
      · {t('job.amount', { count: resources, size: bytesText(intl, bytes) })} ·{' '}
      {durationText(intl, seconds * 1000)}
    </span>
  );
}
