import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useOffer, type Command } from '../../app/commands.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useGoTo } from '../../app/use-go-to.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { linkStyle } from '../../ui/link-style.ts';
import { queryClient } from '../../app/query.ts';
import { RecordingBars } from '../recording/recording-bars.tsx';
import { useWatch } from '../captures/use-watch.ts';

/** Stands before everything that is in a case: it must be open, and its news are followed while one is in it. */
export function CaseGate() {
  const t = useText();
  const { caseId } = useParams({ from: '/case/$caseId' });
  const found = useQuery(rpc.cases.get.queryOptions({ input: { caseId } }));
  const goTo = useGoTo();
  useWatch(caseId, found.isSuccess);

  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'captures',
        title: 'command.captures',
        scope: 'everywhere',
        keys: 'Alt+1',
        run: () => goTo.captures(caseId),
      },
      {
        id: 'actors',
        title: 'command.actors',
        scope: 'everywhere',
        keys: 'Alt+2',
        run: () => goTo.actors(caseId),
      },
      {
        id: 'verify',
        title: 'command.verify',
        scope: 'everywhere',
        keys: 'Alt+3',
        run: () => goTo.verify(caseId),
      },
      {
        id: 'export',
        title: 'command.export',
        scope: 'everywhere',
        keys: 'Alt+4',
        run: () => goTo.export(caseId),
      },
      {
        id: 'close-case',
        title: 'command.closeCase',
        scope: 'everywhere',
        run: () => {
          goTo.cases();
          void client.cases
            .close({ caseId })
            .finally(() =>
              queryClient.removeQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) }),
            );
        },
      },
    ],
    [caseId, goTo],
  );
  useOffer(commands);

  if (found.isPending) return <Waiting text={t('case.opening')} />;
  if (found.isError) {
    return (
      <div className="mx-auto flex w-full max-w-2xl flex-col gap-3 p-8">
        <FailureNotice error={found.error} />
        <Link to="/" className={linkStyle}>
          {t('case.backToCases')}
        </Link>
      </div>
    );
  }
  return (
    <>
      <RecordingBars caseId={caseId} />
      <Outlet />
    </>
  );
}
