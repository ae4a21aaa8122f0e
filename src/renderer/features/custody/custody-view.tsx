import { useQuery } from '@tanstack/react-query';
import {
  BadgeCheck,
  Ban,
  Camera,
  CirclePlay,
  Clock,
  Eye,
  FolderPlus,
  KeyRound,
  Package,
  PenLine,
  Stamp,
  UserRoundMinus,
  UserRoundPlus,
  type LucideIcon,
} from 'lucide-react';
import type { CustodyEvent, EventType } from '../../../shared/domain/custody.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Digest } from '../../ui/digest.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice, useProblemText } from '../../ui/failure-notice.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Instant } from '../../ui/instant.tsx';
import { eventText } from './event-text.ts';

const icons: Record<EventType, LucideIcon> = {
  'case.created': FolderPlus,
  'operator.enrolled': KeyRound,
  'capture.requested': Camera,
  'capture.postponed': Clock,
  'capture.resumed': Camera,
  'capture.failed': Ban,
  'capture.cancelled': Ban,
  'capture.interrupted': Ban,
  'item.sealed': Stamp,
  'item.viewed': Eye,
  'item.replayed': CirclePlay,
  'case.verified': BadgeCheck,
  'actor.added': UserRoundPlus,
  'actor.changed': PenLine,
  'actor.withdrawn': UserRoundMinus,
  'actor.linked': UserRoundPlus,
  'actor.unlinked': UserRoundMinus,
  'export.created': Package,
};

/** What happened to a capture, or to the whole case, from the first event to the newest. */
export function CustodyView({ caseId, captureId }: { caseId: string; captureId: string | null }) {
  const t = useText();
  const timeline = useQuery({
    ...rpc.custody.timeline.queryOptions({ input: { caseId, captureId } }),
    // Every deed adds an event; what is read when one looks is what is true then.
    refetchOnMount: 'always',
  });
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="max-w-[72ch] text-sm text-soft">
        {t(captureId ? 'custody.leadCapture' : 'custody.leadCase')}
      </p>
      {timeline.isPending && <Waiting text={t('custody.reading')} />}
      {timeline.isError && <FailureNotice error={timeline.error} />}
      {timeline.data && (
        <ol aria-label={t('custody.timeline')} className="flex flex-col">
          {timeline.data.map((event) => (
            <Event key={event.leaf.seq} event={event} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Event({ event }: { event: CustodyEvent }) {
  const t = useText();
  const sayProblem = useProblemText();
  const { leaf, leafHash, detail } = event;
  const Icon = icons[leaf.type];
  return (
    <li className="relative flex gap-3 pb-1 before:absolute before:inset-y-0 before:start-[13px] before:w-px before:bg-line first:before:top-3 last:before:h-3">
      <span className="relative z-1 mt-1 grid size-7 shrink-0 place-items-center rounded-full border bg-surface text-soft">
        <Icon aria-hidden className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1.5">
        <p className="text-sm text-ink wrap-anywhere">
          <bdi>{eventText(event, t, sayProblem)}</bdi>
        </p>
        <p className="text-xs text-faint">
          <Instant value={leaf.time} form="long" />
        </p>
        <div className="[&>div]:border-t-0 [&_button]:min-h-7 [&_button]:py-0.5 [&_button]:text-xs [&_button]:font-normal [&_button]:text-faint">
          <Disclosure title={t('custody.technical', { seq: leaf.seq })} level={3}>
            <Facts>
              <Fact name={t('custody.type')}>
                <span className="data">{leaf.type}</span>
              </Fact>
              <Fact name={t('custody.leafHash')}>
                <Digest value={leafHash} label={t('custody.leafHash')} />
              </Fact>
              <Fact name={t('fact.key')}>
                <span className="data">{leaf.operator}</span>
              </Fact>
              <Fact name={t('fact.software')}>{leaf.software}</Fact>
              {leaf.evidence && (
                <Fact name={t('custody.evidence')}>
                  <Digest value={leaf.evidence.sha256} label={t('custody.evidence')} />
                </Fact>
              )}
              {detail && (
                <Fact name={t('custody.detail')}>
                  <pre
                    dir="ltr"
                    tabIndex={0}
                    className="max-h-64 overflow-auto rounded-md bg-sunken p-2 font-mono text-[0.7rem] leading-4.5 whitespace-pre-wrap wrap-anywhere"
                  >
                    {JSON.stringify(detail, null, 2)}
                  </pre>
                </Fact>
              )}
            </Facts>
          </Disclosure>
        </div>
      </div>
    </li>
  );
}
