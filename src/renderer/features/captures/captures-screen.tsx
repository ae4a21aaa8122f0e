import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Camera, FilterX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ListedCapture } from '../../../shared/domain/capture.ts';
import { runCommand, useOffer, type Command } from '../../app/commands.ts';
import { rpc } from '../../app/rpc.ts';
import { useGoTo } from '../../app/use-go-to.ts';
import { useText } from '../../i18n/use-text.tsx';
import { announce } from '../../ui/announcer.tsx';
import { copyText } from '../../ui/copy.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Split } from '../../ui/split.tsx';
import { notify } from '../../ui/toasts.tsx';
import { TagEditor } from '../actors/tag-editor.tsx';
import { CaptureBar } from './capture-bar.tsx';
import { CaptureList } from './capture-list.tsx';
import { Jobs } from './jobs.tsx';
import { ListTools } from './list-tools.tsx';
import { referenceText } from './reference.ts';
import { choose, useSelection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useFiltered, useLinksByCapture } from './use-filtered.ts';

const nothing: ListedCapture[] = [];

/** The captures of a case: what is running, what was sealed, and beside it the one that is looked at. */
export function CapturesScreen() {
  const t = useText();
  const { caseId } = useParams({ from: '/case/$caseId/captures' });
  const { captureId } = useParams({ strict: false });
  const filter = useSearch({ from: '/case/$caseId/captures' });
  const navigate = useNavigate();
  const goTo = useGoTo();
  const input = { caseId };
  const open = useQuery(rpc.cases.get.queryOptions({ input }));
  const list = useQuery(rpc.captures.list.queryOptions({ input }));
  const links = useQuery(rpc.actors.links.queryOptions({ input }));
  const actors = useQuery(rpc.actors.list.queryOptions({ input }));
  const linksOf = useLinksByCapture(links.data, actors.data);
  const captures = list.data ?? nothing;
  const shown = useFiltered(captures, linksOf, filter);
  const { chosen } = useSelection(caseId);
  const [isTagging, setTagging] = useState(false);

  // Who comes to a capture by another way than the list means that one, not what was chosen before.
  useEffect(() => {
    if (captureId !== undefined && !chosen.has(captureId)) choose(caseId, [captureId], captureId);
    // Taking the row that is shown out of the choice must stay possible: only coming to another one counts.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [caseId, captureId]);

  // What a command works on: all that is chosen, or the one that is looked at.
  const subject = useMemo(() => {
    const ids = chosen.size > 0 ? chosen : new Set(captureId ? [captureId] : []);
    return captures.filter((capture) => ids.has(capture.id));
  }, [captures, chosen, captureId]);

  const info = open.data;
  const commands = useMemo<Command[]>(() => {
    const copy = async () => {
      if (subject.length === 0 || !info) return;
      const done = await copyText(referenceText(subject, info, t));
      notify(t(done ? 'reference.copied' : 'reference.failed', { count: subject.length }));
    };
    const tag = () => (subject.length > 0 ? setTagging(true) : announce(t('tag.none')));
    const find = () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus();
    return [
      { id: 'tag', title: 'command.tag', scope: 'captures', keys: 't', run: tag },
      { id: 'copy', title: 'command.copyReference', scope: 'captures', keys: 'c', run: () => void copy() },
      {
        id: 'export-chosen',
        title: 'command.exportChosen',
        scope: 'captures',
        keys: 'e',
        run: () => goTo.export(caseId),
      },
      { id: 'find', title: 'command.filter', scope: 'captures', keys: '/', run: find },
      {
        id: 'help',
        title: 'command.shortcuts',
        scope: 'captures',
        keys: '?',
        inPalette: false,
        run: () => runCommand('shortcuts'),
      },
    ];
  }, [subject, info, t, goTo, caseId]);
  useOffer(commands);

  const show = async (id: string, enter: boolean) => {
    const isWide = window.matchMedia('(width >= 64rem)').matches;
    await navigate({
      to: '/case/$caseId/captures/$captureId',
      params: { caseId, captureId: id },
      search: (before) => before,
      replace: captureId !== undefined && isWide,
    });
    if (enter) document.querySelector<HTMLElement>('[data-capture-heading]')?.focus();
  };

  return (
    <>
      <Split
        shows={captureId ? 'detail' : 'list'}
        list={
          <section data-pane aria-label={t('nav.captures')} className="flex min-h-0 flex-1 flex-col">
            <h1 className="sr-only">{t('captures.title', { title: info?.title ?? '' })}</h1>
            {info?.readOnly ? (
              <p className="px-3 py-3 text-sm text-warn">{t('case.readOnly')}</p>
            ) : (
              <CaptureBar caseId={caseId} captures={captures} />
            )}
            {captures.length > 0 && (
              <ListTools filter={filter} actor={actors.data?.find((actor) => actor.id === filter.actor)} />
            )}
            <Jobs caseId={caseId} isReadOnly={info?.readOnly ?? true} />
            {list.isPending && <Waiting text={t('captures.reading')} />}
            {list.isError && <FailureNotice error={list.error} />}
            {list.isSuccess && captures.length === 0 && (
              <Empty icon={Camera} title={t('captures.none')} text={t('captures.noneText')} />
            )}
            {captures.length > 0 && shown.length === 0 && (
              <Empty icon={FilterX} title={t('filter.none')} text={t('filter.noneText')}>
                <Button onPress={() => void navigate({ to: '.', search: {} })}>{t('filter.reset')}</Button>
              </Empty>
            )}
            {shown.length > 0 && (
              <CaptureList
                caseId={caseId}
                captures={shown}
                linksOf={linksOf}
                activeId={captureId ?? null}
                onShow={(id, enter) => void show(id, enter)}
              />
            )}
            <SelectionBar
              caseId={caseId}
              captures={subject}
              onTag={() => setTagging(true)}
              onCopy={() => runCommand('copy')}
            />
          </section>
        }
        detail={<Outlet />}
      />
      <TagEditor
        caseId={caseId}
        captures={subject}
        linksOf={linksOf}
        isOpen={isTagging && subject.length > 0}
        onClose={() => setTagging(false)}
      />
    </>
  );
}
