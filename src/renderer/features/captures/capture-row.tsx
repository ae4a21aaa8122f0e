import type { ListedCapture } from '../../../shared/domain/capture.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageKindBadge } from '../../ui/page-kind-badge.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Thumbnail } from './thumbnail.tsx';
import type { NamedLink } from './use-filtered.ts';

const namesShown = 1;

/** One capture in the list: what it shows, where it was, how it ended, who is behind it. */
export function CaptureRow({
  caseId,
  capture,
  links,
}: {
  caseId: string;
  capture: ListedCapture;
  links: NamedLink[];
}) {
  const t = useText();
  const title = capture.title || capture.finalUrl;
  return (
    <>
      <Thumbnail caseId={caseId} captureId={capture.id} />
      <span className="flex min-w-0 flex-1 flex-col gap-px">
        <span className="flex min-w-0 items-baseline gap-2">
          <bdi className="min-w-0 flex-1 truncate text-sm font-medium text-ink" title={title}>
            {title}
          </bdi>
          <span className="tnum shrink-0 text-xs text-faint">
            {t('exhibit', { exhibit: capture.exhibit })}
          </span>
        </span>
        <bdi dir="ltr" className="truncate text-start text-xs text-soft" title={capture.finalUrl}>
          {capture.finalUrl.replace(/^https?:\/\//, '')}
        </bdi>
        <span className="mt-0.5 flex min-w-0 items-center gap-2 text-2xs text-faint">
          <StateBadge state={capture.state} />
          {capture.pageKind !== null && <PageKindBadge kind={capture.pageKind} />}
          <Instant value={capture.startedAt} />
          <span className="flex min-w-0 items-center justify-end gap-1 ms-auto">
            {links.slice(0, namesShown).map((link) => (
              <bdi
                key={link.id}
                className="min-w-0 truncate rounded-sm bg-accent-wash px-1.5 py-px text-accent"
              >
                {link.actor.name}
              </bdi>
            ))}
            {links.length > namesShown && (
              <span className="tnum shrink-0">{t('moreActors', { count: links.length - namesShown })}</span>
            )}
          </span>
        </span>
      </span>
    </>
  );
}
