import { useNavigate } from '@tanstack/react-router';
import { ArrowDownNarrowWide, ArrowUpNarrowWide, Search, UserRound, X } from 'lucide-react';
import { Button as AriaButton, Input, SearchField } from 'react-aria-components';
import type { Actor } from '../../../shared/domain/actor.ts';
import { captureStateSchema } from '../../../shared/domain/provenance.ts';
import type { CaptureFilter } from '../../app/routes.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/choice.tsx';

const states = captureStateSchema.options;

/** What narrows and orders the list. It stands in the address, so that back and reload keep it. */
export function ListTools({ filter, actor }: { filter: CaptureFilter; actor: Actor | undefined }) {
  const t = useText();
  const navigate = useNavigate();
  const set = (change: Partial<CaptureFilter>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...change }), replace: true });
  const Order = filter.order === 'oldest' ? ArrowUpNarrowWide : ArrowDownNarrowWide;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-3 pb-2">
      <SearchField
        id="capture-filter"
        aria-label={t('filter.label')}
        value={filter.q ?? ''}
        onChange={(q) => set({ q: q || undefined })}
        className="group relative flex min-w-32 flex-1 items-center"
      >
        <Search aria-hidden className="pointer-events-none absolute start-2.5 size-3.5 text-faint" />
        <Input
          data-filter
          placeholder={t('filter.placeholder')}
          className="min-h-8 w-full rounded-md border border-edge bg-surface ps-8 pe-7 text-sm text-ink focus:outline-2 focus:outline-offset-0 focus:outline-focus [&::-webkit-search-cancel-button]:hidden"
        />
        <AriaButton
          aria-label={t('filter.clear')}
          className="absolute end-1 grid size-6 place-items-center rounded-sm text-faint group-empty:hidden hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </AriaButton>
      </SearchField>
      <Select
        bare
        label={t('filter.state')}
        value={filter.state ?? 'all'}
        options={[
          { id: 'all', label: t('filter.anyState') },
          ...states.map((id) => ({ id, label: t(`state.${id}`) })),
        ]}
        onChange={(state) => set({ state: state === 'all' ? undefined : state })}
      />
      <IconButton
        icon={Order}
        kind="secondary"
        className="size-8!"
        label={t(filter.order === 'oldest' ? 'filter.oldestFirst' : 'filter.newestFirst')}
        onPress={() => set({ order: filter.order === 'oldest' ? undefined : 'oldest' })}
      />
      {filter.actor && (
        <span className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-md bg-accent-wash ps-2 pe-0.5 text-xs text-accent">
          <UserRound aria-hidden className="size-3.5 shrink-0" />
          <bdi className="truncate">{actor?.name ?? t('filter.unknownActor')}</bdi>
          <IconButton
            icon={X}
            label={t('filter.noActor')}
            className="size-6"
            onPress={() => set({ actor: undefined })}
          />
        </span>
      )}
    </div>
  );
}
