import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CirclePause, CirclePlay, RotateCw, WifiOff, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { QueueSummary } from '../../../shared/domain/capture-queue.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice, useProblemText } from '../../ui/failure-notice.tsx';
import { Instant } from '../../ui/instant.tsx';

/** Cases whose leftovers a person chose to leave alone, for as long as this window stands. */
const leftAlone = new Set<string>();

/** How the queue stands, where that is more than the cards below say, and what can be done about it. */
export function QueueBar({ caseId, isReadOnly }: { caseId: string; isReadOnly: boolean }) {
  const queue = useQuery(rpc.captures.queue.queryOptions({ input: { caseId } }));
  const acts = useQueueActs(caseId);
  if (!queue.data || isReadOnly) return null;
  const { offline, held, queued, waiting, interrupted } = queue.data;
  return (
    <div className="flex flex-col empty:hidden">
      {interrupted > 0 && <Leftovers caseId={caseId} count={interrupted} acts={acts} />}
      {offline && <Offline offline={offline} onLook={() => acts.tryNow.mutate()} />}
      {held && <Held held={held} onGoOn={() => acts.hold.mutate(false)} />}
      {(queued > 1 || waiting > 0) && <Numbers queue={queue.data} acts={acts} />}
      {Object.values(acts).map(
        (act, index) => act.isError && <FailureNotice key={index} error={act.error} />,
      )}
    </div>
  );
}

function useQueueActs(caseId: string) {
  const queries = useQueryClient();
  const input = { caseId };
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: rpc.captures.queue.queryKey({ input }) }),
      queries.invalidateQueries({ queryKey: rpc.captures.jobs.queryKey({ input }) }),
    ]);
  return {
    resume: useMutation({
      mutationFn: (foreign: boolean) => client.captures.resume({ caseId, foreign }),
      onSettled,
    }),
    hold: useMutation({ mutationFn: (held: boolean) => client.captures.hold({ caseId, held }), onSettled }),
    tryNow: useMutation({ mutationFn: () => client.captures.tryNow({ caseId }), onSettled }),
    cancel: useMutation({ mutationFn: () => client.captures.cancelWaiting({ caseId }), onSettled }),
  };
}
type Acts = ReturnType<typeof useQueueActs>;

/** What an earlier session left goes on only when a person says so: it sends something. */
function Leftovers({ caseId, count, acts }: { caseId: string; count: number; acts: Acts }) {
  const t = useText();
  const [isLeft, setLeft] = useState(leftAlone.has(caseId));
  // What does not go on even then, the log knows nothing of, or a person drove it.
  const isAllTried = acts.resume.isSuccess && acts.resume.variables;
  if (isLeft || isAllTried) return null;
  // The first attempt goes on with what was asked for here; what remains after it was asked for elsewhere.
  const isForeign = acts.resume.isSuccess && acts.resume.data.left > 0;
  return (
    <Notice icon={CirclePause} tone="bg-warn-wash text-warn">
      <p>{t(isForeign ? 'queue.foreign' : 'queue.left', { count })}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          icon={CirclePlay}
          isDisabled={acts.resume.isPending}
          onPress={() => acts.resume.mutate(isForeign)}
        >
          {t('queue.goOn')}
        </Button>
        <Button
          size="small"
          kind="quiet"
          onPress={() => {
            leftAlone.add(caseId);
            setLeft(true);
          }}
        >
          {t('queue.leave')}
        </Button>
      </div>
    </Notice>
  );
}

function Offline({ offline, onLook }: { offline: NonNullable<QueueSummary['offline']>; onLook: () => void }) {
  const t = useText();
  return (
    <Notice icon={WifiOff} tone="bg-warn-wash text-warn">
      <p>
        {t('queue.offline')} <Instant value={offline.looksAt} />
      </p>
      <Button size="small" icon={RotateCw} onPress={onLook}>
        {t('queue.lookNow')}
      </Button>
    </Notice>
  );
}

function Held({ held, onGoOn }: { held: NonNullable<QueueSummary['held']>; onGoOn: () => void }) {
  const t = useText();
  const say = useProblemText();
  return (
    <Notice icon={CirclePause} tone={held.problem ? 'bg-bad-wash text-bad' : 'bg-sunken text-soft'}>
      <p>{held.problem ? t('queue.stopped', { why: say(held.problem) }) : t('queue.paused')}</p>
      <Button size="small" icon={CirclePlay} onPress={onGoOn}>
        {t('queue.goOn')}
      </Button>
    </Notice>
  );
}

function Numbers({ queue, acts }: { queue: QueueSummary; acts: Acts }) {
  const t = useText();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-3 py-1.5 text-xs text-soft">
      <p className="tnum min-w-0 flex-1">
        {t('queue.numbers', { running: queue.running, queued: queue.queued, failed: queue.failed })}
        {queue.nextTryAt && (
          <>
            {' '}
            {t('queue.waiting', { count: queue.waiting })} <Instant value={queue.nextTryAt} />
          </>
        )}
      </p>
      {queue.waiting > 0 && (
        <Button size="small" kind="quiet" icon={RotateCw} onPress={() => acts.tryNow.mutate()}>
          {t('queue.tryAllNow')}
        </Button>
      )}
      {!queue.held && (
        <Button size="small" kind="quiet" icon={CirclePause} onPress={() => acts.hold.mutate(true)}>
          {t('queue.pause')}
        </Button>
      )}
      <Button
        size="small"
        kind="quiet"
        icon={X}
        isDisabled={acts.cancel.isPending}
        onPress={() => acts.cancel.mutate()}
      >
        {t('queue.cancelAll')}
      </Button>
    </div>
  );
}

function Notice({ icon: Icon, tone, children }: { icon: typeof X; tone: string; children: ReactNode }) {
  return (
    <div role="status" className={`flex items-start gap-2 border-t px-3 py-2 text-sm ${tone}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-2">{children}</div>
    </div>
  );
}
