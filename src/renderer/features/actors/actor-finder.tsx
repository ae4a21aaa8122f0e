import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Autocomplete, Input, Label, ListBox, ListBoxItem, TextField } from 'react-aria-components';
import { actorKindSchema, type Actor, type ActorKind } from '../../../shared/domain/actor.ts';
import { matches } from '../../app/matches.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { comboboxProps } from '../../ui/combobox-props.ts';
import { inputStyle, labelStyle } from '../../ui/field.tsx';
import { KindIcon } from './kind-icon.tsx';

interface Entry {
  id: string;
  text: string;
  kind: ActorKind;
  actor: Actor | { kind: ActorKind; name: string };
}

const mostShown = 50;
const kinds = actorKindSchema.options;

/** Finds an actor by what is typed, or offers to add one of that name. The field keeps the focus for the next. */
export function ActorFinder({ caseId, onPick }: { caseId: string; onPick: (actor: Entry['actor']) => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [picks, setPicks] = useState(0);
  const actors = useQuery(rpc.actors.list.queryOptions({ input: { caseId } }));
  const name = typed.trim();
  const entries = useMemo(() => {
    const found: Entry[] = (actors.data ?? [])
      .filter((actor) => matches(typed, actor.name, ...actor.handles.map((handle) => handle.handle)))
      .sort((a, b) => b.captureCount - a.captureCount)
      .slice(0, mostShown)
      .map((actor) => ({ id: actor.id, text: actor.name, kind: actor.kind, actor }));
    const isKnown = found.some((entry) => entry.text.toLowerCase() === name.toLowerCase());
    if (!name || isKnown) return found;
    // A name that begins with @ is an account before anything else.
    const order = name.startsWith('@')
      ? ['account' as const, ...kinds.filter((kind) => kind !== 'account')]
      : kinds;
    return [
      ...found,
      ...order.map((kind): Entry => ({ id: `new ${kind}`, text: name, kind, actor: { kind, name } })),
    ];
  }, [actors.data, typed, name]);

  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <TextField autoFocus className="flex flex-col gap-1">
        <Label className={labelStyle}>{t('tag.find')}</Label>
        <Input {...comboboxProps} placeholder={t('tag.placeholder')} className={inputStyle} />
      </TextField>
      <ListBox
        // A new list after each pick: the row that was meant must not be meant for the next Enter.
        key={picks}
        aria-label={t('tag.found')}
        items={entries}
        selectionMode="none"
        onAction={(key) => {
          const entry = entries.find((known) => known.id === key);
          if (!entry) return;
          setTyped('');
          setPicks((before) => before + 1);
          onPick(entry.actor);
        }}
        renderEmptyState={() => <p className="px-2 py-3 text-sm text-faint">{t('tag.nobody')}</p>}
        className="-mt-2 max-h-56 overflow-y-auto rounded-md border p-1 outline-none"
      >
        {(entry) => (
          <ListBoxItem
            id={entry.id}
            textValue={entry.text}
            className="flex min-h-7.5 items-center gap-2 rounded-sm px-2 text-sm text-ink outline-none hover:bg-hover focus:bg-accent-wash focus:text-accent"
          >
            {entry.id.startsWith('new ') ? (
              <>
                <Plus aria-hidden className="size-4 shrink-0 text-faint" />
                <span className="min-w-0 flex-1 truncate">
                  {t(`tag.create.${entry.kind}`, { name: entry.text })}
                </span>
                <KindIcon kind={entry.kind} className="size-4 text-faint" />
              </>
            ) : (
              <>
                <KindIcon kind={entry.kind} className="size-4 text-faint" />
                <bdi className="min-w-0 flex-1 truncate">{entry.text}</bdi>
                {'captureCount' in entry.actor && (
                  <span className="tnum shrink-0 text-xs text-faint">
                    {t('actor.captureCount', { count: entry.actor.captureCount })}
                  </span>
                )}
              </>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}
