import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Thumbnail } from '../captures/thumbnail.tsx';

/** The captures an actor is linked to, with what they have to do with each. */
export function ActorCaptures({ caseId, actorId }: { caseId: string; actorId: string }) {
  const t = useText();
  const links = useQuery(rpc.actors.links.queryOptions({ input: { caseId } }));
  const captures = useQuery(rpc.captures.list.queryOptions({ input: { caseId } }));
  const known = new Map((captures.data ?? []).map((capture) => [capture.id, capture]));
  const own = (links.data ?? []).filter((link) => link.actorId === actorId);
  if (links.isSuccess && own.length === 0)
    return <p className="text-sm text-faint">{t('actor.noCaptures')}</p>;
  return (
    <ul className="divide-y rounded-md border">
      {own.map((link) => {
        const capture = known.get(link.captureId);
        if (!capture) return null;
        return (
          <li key={link.id}>
            <Link
              to="/case/$caseId/captures/$captureId"
              params={{ caseId, captureId: capture.id }}
              className="flex items-center gap-3 px-3 py-2 -outline-offset-2 hover:bg-hover"
            >
              <Thumbnail caseId={caseId} captureId={capture.id} />
              <span className="flex min-w-0 flex-1 flex-col">
                <bdi className="truncate text-sm font-medium text-ink">
                  {capture.title || capture.finalUrl}
                </bdi>
                <span className="text-xs text-faint">
                  {t('exhibit', { exhibit: capture.exhibit })} · <Instant value={capture.startedAt} />
                </span>
                {link.note && (
                  <span dir="auto" className="text-xs text-soft wrap-anywhere">
                    {link.note}
                  </span>
                )}
              </span>
              <span className="shrink-0 rounded-full bg-accent-wash px-2 py-px text-xs text-accent">
                {t(`role.${link.role}`)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
