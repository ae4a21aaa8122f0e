import { useQuery } from '@tanstack/react-query';
import { Ban, Copy, TriangleAlert, UserRoundPlus } from 'lucide-react';
import type { ListedCapture } from '../../../shared/domain/capture.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { runCommand } from '../../app/commands.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { English } from '../../ui/english.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageKindBadge } from '../../ui/page-kind-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { ActorChips } from '../actors/actor-chips.tsx';
import { choose } from './selection.ts';
import { useLinksByCapture } from './use-filtered.ts';

interface Props {
  caseId: string;
  capture: ListedCapture;
  provenance: Provenance;
}

/** Which capture this is, how it ended and who is behind it. */
export function CaptureHeader({ caseId, capture, provenance }: Props) {
  const t = useText();
  const links = useQuery(rpc.actors.links.queryOptions({ input: { caseId } }));
  const actors = useQuery(rpc.actors.list.queryOptions({ input: { caseId } }));
  const own = useLinksByCapture(links.data, actors.data).get(capture.id) ?? [];
  const { findings } = provenance.page;
  // The verdict begins with what the page was: said above, and not twice.
  const remarks = provenance.verdict.remarks.filter(
    (remark) => !findings.some(({ reason }) => remark.includes(reason)),
  );
  // The buttons here mean this capture, whatever else is chosen in the list.
  const only = (id: string) => {
    choose(caseId, [capture.id], capture.id);
    setTimeout(() => runCommand(id));
  };
  return (
    <header className="flex flex-col gap-2 px-4 pt-3.5 pb-2.5">
      <div className="flex items-center gap-2 text-xs text-soft">
        <span className="tnum font-semibold">{t('exhibit', { exhibit: capture.exhibit })}</span>
        <StateBadge state={capture.state} />
        {findings.map(({ kind }) => (
          <PageKindBadge key={kind} kind={kind} />
        ))}
        {capture.httpStatus !== null && <span className="tnum">HTTP {capture.httpStatus}</span>}
        <span className="ms-auto flex flex-wrap justify-end gap-1.5">
          <Button size="small" icon={UserRoundPlus} onPress={() => only('tag')}>
            {t('tag.open')}
          </Button>
          <Button size="small" icon={Copy} onPress={() => only('copy')}>
            {t('reference.copy')}
          </Button>
        </span>
      </div>
      <div className="min-w-0">
        <h2
          tabIndex={-1}
          data-capture-heading
          data-pane-focus
          className="text-lg leading-6 font-semibold text-ink wrap-anywhere"
        >
          <bdi>{capture.title || capture.finalUrl}</bdi>
        </h2>
        <p className="data mt-0.5 text-xs text-soft">{capture.finalUrl}</p>
        <p className="mt-0.5 text-xs text-soft">
          {t('capture.captured')} <Instant value={capture.startedAt} form="long" />
        </p>
      </div>
      {own.length > 0 && <ActorChips caseId={caseId} links={own} label={t('capture.actors')} />}
      {findings.length > 0 && (
        <div role="note" className="flex gap-2 rounded-md bg-warn-wash px-3 py-2 text-xs text-warn">
          <Ban aria-hidden className="mt-px size-4 shrink-0" />
          <div className="min-w-0 wrap-anywhere">
            <p className="font-medium">{t('page.not')}</p>
            {findings.map(({ kind, reason, readable }) => (
              <p key={kind} className="mt-0.5">
                {t(`page.${kind}`)}: <English>{readable === null ? reason : `${reason} ${readable}`}</English>
              </p>
            ))}
          </div>
        </div>
      )}
      {remarks.length > 0 && (
        <div
          className={`flex gap-2 rounded-md px-3 py-2 text-xs ${capture.state === 'COMPLETE' ? 'bg-sunken text-soft' : capture.state === 'PARTIAL' ? 'bg-warn-wash text-warn' : 'bg-bad-wash text-bad'}`}
        >
          <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <div className="min-w-0">
            <p className="font-medium">{t(`verdict.${capture.state}`, { count: remarks.length })}</p>
            <ul
              // Long lists scroll, and what scrolls must be reachable by keyboard.
              tabIndex={remarks.length > 3 ? 0 : -1}
              className="mt-0.5 max-h-28 list-disc overflow-y-auto ps-4 wrap-anywhere"
            >
              {remarks.map((remark) => (
                <li key={remark}>
                  <English>{remark}</English>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </header>
  );
}
