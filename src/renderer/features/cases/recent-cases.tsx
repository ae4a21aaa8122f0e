import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileX2, FolderOpen, X } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { RecentCase } from '../../../shared/domain/case.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/page.tsx';
import { useOpenCase } from './use-open-case.ts';

/** The cases opened before, newest first. */
export function RecentCases() {
  const t = useText();
  const recent = useQuery({ ...rpc.cases.recent.queryOptions(), refetchOnMount: 'always' });
  const open = useOpenCase();
  if (recent.isError) return <FailureNotice error={recent.error} />;
  if (!recent.data || recent.data.length === 0) return null;
  return (
    <Section title={t('cases.recent')}>
      <ul className="divide-y overflow-hidden rounded-lg border">
        {recent.data.map((entry) => (
          <Row
            key={entry.path}
            entry={entry}
            onOpen={() => open.mutate(entry.path)}
            isOpening={open.isPending}
          />
        ))}
      </ul>
      {open.isError && <FailureNotice error={open.error} />}
    </Section>
  );
}

function Row({ entry, onOpen, isOpening }: { entry: RecentCase; onOpen: () => void; isOpening: boolean }) {
  const t = useText();
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: () => client.cases.forget({ path: entry.path }),
    onSuccess: () => queries.invalidateQueries({ queryKey: rpc.cases.recent.key() }),
  });
  const Icon = entry.exists ? FolderOpen : FileX2;
  return (
    <li className="flex items-center bg-surface pe-2 hover:bg-hover">
      <Button
        onPress={onOpen}
        isDisabled={isOpening || !entry.exists}
        className="flex min-w-0 flex-1 items-center gap-3 px-3 py-2.5 text-start -outline-offset-2"
      >
        <Icon aria-hidden className={`size-4.5 shrink-0 ${entry.exists ? 'text-accent' : 'text-faint'}`} />
        <span className="flex min-w-0 flex-1 flex-col">
          <bdi className="truncate text-sm font-medium text-ink">{entry.title}</bdi>
          <span className="truncate text-xs text-faint">
            {entry.exists ? (
              <span className="data">{entry.path}</span>
            ) : (
              t('cases.gone', { path: entry.path })
            )}
          </span>
        </span>
        <span className="hidden shrink-0 text-xs text-faint sm:inline">
          <Instant value={entry.openedAt} />
        </span>
      </Button>
      <IconButton
        icon={X}
        label={t('cases.forget', { title: entry.title })}
        isDisabled={forget.isPending}
        onPress={() => forget.mutate()}
      />
    </li>
  );
}
