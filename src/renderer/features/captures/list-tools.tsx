import { useNavigate } from '@tanstack/react-router';
import { ArrowDownNarrowWide, ArrowUpNarrowWide, UserRound, X } from 'lucide-react';
import type { Actor } from '../../../shared/domain/actor.ts';
import { captureStateSchema } from '../../../shared/domain/provenance.ts';
import type { CaptureFilter } from '../../app/routes.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/choice.tsx';
import { FilterField } from '../../ui/filter-field.tsx';

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
      <FilterField
        label={t('filter.label')}
        value={filter.q ?? ''}
        onChange={(q) => set({ q: q || undefined })}
      />
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
