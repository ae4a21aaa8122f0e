import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, ListFilter, Pencil, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { client, rpc } from '../../app/rpc.ts';
import { useGoTo } from '../../app/use-go-to.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Instant } from '../../ui/instant.tsx';
import { linkButtonStyle, linkStyle } from '../../ui/link-style.ts';
import { notify } from '../../ui/toasts.tsx';
import { ActorCaptures } from './actor-captures.tsx';
import { ActorDialog } from './actor-dialog.tsx';
import { KindIcon } from './kind-icon.tsx';

/** One actor: who they are said to be, by what names, and where they appear. */
export function ActorPane() {
  const t = useText();
  const { caseId, actorId } = useParams({ from: '/case/$caseId/actors/$actorId' });
  const goTo = useGoTo();
  const queries = useQueryClient();
  const [isChanging, setChanging] = useState(false);
  const actors = useQuery(rpc.actors.list.queryOptions({ input: { caseId } }));
  const actor = actors.data?.find((known) => known.id === actorId);
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: rpc.actors.key() });
    await queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) });
  };
  const withdraw = useMutation({
    mutationFn: () => client.actors.withdraw({ caseId, actorId }),
    onSuccess: async () => {
      const name = actor?.name ?? '';
      goTo.actors(caseId);
      await refresh();
      notify(t('actor.withdrawn', { name }), () => {
        void client.actors
          .restore({ caseId, actorId })
          .then(refresh)
          .then(() => goTo.actor(caseId, actorId))
          .catch(() => notify(t('undo.failed')));
      });
    },
  });

  if (actors.isPending) return <Waiting text={t('actor.reading')} />;
  if (!actor) return <Empty icon={UserRoundX} title={t('actor.gone')} text={t('actor.goneText')} />;
  return (
    <section data-pane aria-label={t('actor.pane')} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <Link
        to="/case/$caseId/actors"
        params={{ caseId }}
        className={`${linkStyle} flex items-center gap-1.5 border-b px-4 py-2 lg:hidden`}
      >
        <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('actor.back')}
      </Link>
      <div className="flex max-w-3xl flex-col gap-5 p-5">
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-1.5 text-xs text-soft">
              <KindIcon kind={actor.kind} className="size-3.5" />
              {t(`actorKind.${actor.kind}`)}
            </p>
            <h2 tabIndex={-1} data-pane-focus className="text-lg font-semibold text-ink wrap-anywhere">
              <bdi>{actor.name}</bdi>
            </h2>
          </div>
          <div className="flex flex-wrap gap-2">
            <Button icon={Pencil} onPress={() => setChanging(true)}>
              {t('actor.change')}
            </Button>
            <Button
              kind="danger"
              icon={UserRoundX}
              isDisabled={withdraw.isPending}
              onPress={() => withdraw.mutate()}
            >
              {t('actor.withdraw')}
            </Button>
          </div>
        </header>
        {withdraw.isError && <FailureNotice error={withdraw.error} />}
        {actor.note && (
          <p dir="auto" className="max-w-[72ch] text-sm whitespace-pre-wrap text-ink wrap-anywhere">
            {actor.note}
          </p>
        )}
        <Facts>
          {actor.handles.map((handle) => (
            <Fact key={`${handle.platform} ${handle.handle}`} name={handle.platform}>
              <bdi className="font-medium">{handle.handle}</bdi>
              {handle.url && <span className="data ms-2 text-xs text-soft">{handle.url}</span>}
            </Fact>
          ))}
          <Fact name={t('actor.since')}>
            <Instant value={actor.createdAt} form="long" />
          </Fact>
        </Facts>
        <section className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="text-sm font-semibold text-ink">{t('actor.captures')}</h3>
            {actor.captureCount > 0 && (
              <Link
                to="/case/$caseId/captures"
                params={{ caseId }}
                search={{ actor: actor.id }}
                className={`${linkButtonStyle} min-h-6.5! px-2! text-xs!`}
              >
                <ListFilter aria-hidden className="size-3.5" />
                {t('actor.showInList')}
              </Link>
            )}
          </div>
          <ActorCaptures caseId={caseId} actorId={actor.id} />
        </section>
      </div>
      <ActorDialog caseId={caseId} actor={actor} isOpen={isChanging} onClose={() => setChanging(false)} />
    </section>
  );
}
