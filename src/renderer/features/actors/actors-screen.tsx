import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { UserRoundPlus, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { runCommand, runShortcut, useOffer, type Command } from '../../app/commands.ts';
import { matches } from '../../app/matches.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { Split } from '../../ui/split.tsx';
import { ActorDialog } from './actor-dialog.tsx';
import { KindIcon } from './kind-icon.tsx';

/** Everyone the case speaks of, and beside the list the one that is looked at. */
export function ActorsScreen() {
  const t = useText();
  const { caseId } = useParams({ from: '/case/$caseId/actors' });
  const { actorId } = useParams({ strict: false });
  const navigate = useNavigate();
  const actors = useQuery(rpc.actors.list.queryOptions({ input: { caseId } }));
  const [typed, setTyped] = useState('');
  const [isAdding, setAdding] = useState(false);
  const shown = useMemo(
    () =>
      (actors.data ?? [])
        .filter((actor) => matches(typed, actor.name, ...actor.handles.map((handle) => handle.handle)))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [actors.data, typed],
  );
  const commands = useMemo<Command[]>(
    () => [
      { id: 'add-actor', title: 'command.addActor', scope: 'actors', keys: 'n', run: () => setAdding(true) },
      {
        id: 'help-actors',
        title: 'command.shortcuts',
        scope: 'actors',
        keys: '?',
        inPalette: false,
        run: () => runCommand('shortcuts'),
      },
    ],
    [],
  );
  useOffer(commands);

  const show = (id: string) =>
    void navigate({ to: '/case/$caseId/actors/$actorId', params: { caseId, actorId: id } });
  return (
    <>
      <Split
        shows={actorId ? 'detail' : 'list'}
        list={
          <section data-pane aria-label={t('nav.actors')} className="flex min-h-0 flex-1 flex-col">
            <div className="flex items-center justify-between gap-2 px-3 pt-3">
              <h1 className="text-base font-semibold text-ink">{t('nav.actors')}</h1>
              <Button icon={UserRoundPlus} onPress={() => setAdding(true)}>
                {t('actor.add')}
              </Button>
            </div>
            {shown.length + typed.length > 0 && (
              <div className="flex px-3 py-2">
                <FilterField label={t('actor.filter')} value={typed} onChange={setTyped} />
              </div>
            )}
            {actors.isPending && <Waiting text={t('actor.reading')} />}
            {actors.isError && <FailureNotice error={actors.error} />}
            {actors.data?.length === 0 && (
              <Empty icon={Users} title={t('actor.none')} text={t('actor.noneText')} />
            )}
            {typed && shown.length === 0 && <p className="px-3 text-sm text-faint">{t('tag.nobody')}</p>}
            {shown.length > 0 && (
              // The keys of this list beside those it has by itself.
              // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
              <div
                className="flex min-h-0 flex-1 flex-col overflow-y-auto border-t"
                onKeyDownCapture={(event) => {
                  if (!runShortcut(event, 'actors')) return;
                  event.preventDefault();
                  event.stopPropagation();
                }}
              >
                <GridList
                  aria-label={t('nav.actors')}
                  items={shown}
                  selectionMode="single"
                  selectionBehavior="replace"
                  selectedKeys={actorId ? [actorId] : []}
                  onSelectionChange={(keys) => {
                    const [key] = keys === 'all' ? [] : keys;
                    if (typeof key === 'string') show(key);
                  }}
                  onAction={(key) => show(String(key))}
                  className="divide-y outline-none"
                >
                  {(actor) => (
                    <GridListItem
                      id={actor.id}
                      textValue={actor.name}
                      className="flex min-h-12 items-center gap-3 px-3 py-1.5 -outline-offset-2 hover:bg-hover selected:bg-accent-wash/70 selected:shadow-[inset_3px_0_0_var(--color-accent)] rtl:selected:shadow-[inset_-3px_0_0_var(--color-accent)]"
                    >
                      <KindIcon kind={actor.kind} className="size-4 text-faint" />
                      <span className="flex min-w-0 flex-1 flex-col">
                        <bdi className="truncate text-sm font-medium text-ink">{actor.name}</bdi>
                        <span className="truncate text-xs text-faint">
                          {t(`actorKind.${actor.kind}`)}
                          {actor.handles.map((handle) => ` · ${handle.handle}`).join('')}
                        </span>
                      </span>
                      <span className="tnum shrink-0 text-xs text-faint">
                        {t('actor.captureCount', { count: actor.captureCount })}
                      </span>
                    </GridListItem>
                  )}
                </GridList>
              </div>
            )}
          </section>
        }
        detail={<Outlet />}
      />
      <ActorDialog
        caseId={caseId}
        actor={null}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onSaved={show}
      />
    </>
  );
}
