import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Autocomplete, Input, Label, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import {
  actorKindSchema,
  roleSchema,
  type Actor,
  type ActorKind,
  type Role,
} from '../../../shared/domain/actor.ts';
import type { Capture } from '../../../shared/domain/capture.ts';
import { matches } from '../../app/matches.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Segments } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { inputStyle, labelStyle, TextField } from '../../ui/field.tsx';
import type { NamedLink } from '../captures/use-filtered.ts';
import { ActorChips } from './actor-chips.tsx';
import { KindIcon } from './kind-icon.tsx';
import { useTagging } from './use-tagging.ts';

interface Props {
  caseId: string;
  captures: readonly Capture[];
  linksOf: ReadonlyMap<string, NamedLink[]>;
  isOpen: boolean;
  onClose: () => void;
}

/** Says who is behind one capture or many: type, Enter, type the next. */
export function TagEditor({ caseId, captures, linksOf, isOpen, onClose }: Props) {
  const t = useText();
  const [only] = captures;
  const title =
    captures.length === 1 && only
      ? t('tag.titleOne', { exhibit: only.exhibit })
      : t('tag.titleMany', { count: captures.length });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <Editor caseId={caseId} captures={captures} linksOf={linksOf} />
    </Dialog>
  );
}

const roles = roleSchema.options;

function Editor({ caseId, captures, linksOf }: Omit<Props, 'isOpen' | 'onClose'>) {
  const t = useText();
  const [role, setRole] = useState<Role>('author');
  const [note, setNote] = useState('');
  const { link } = useTagging(caseId);
  const links = captures.flatMap((capture) => linksOf.get(capture.id) ?? []);
  const linkTo = (actor: Actor | { kind: ActorKind; name: string }) => {
    const has = (capture: Capture) =>
      'id' in actor &&
      (linksOf.get(capture.id) ?? []).some((known) => known.actorId === actor.id && known.role === role);
    const captureIds = captures.filter((capture) => !has(capture)).map((capture) => capture.id);
    // All of them have it already: asking for one of them again lets the core say so.
    const [first] = captures;
    if (captureIds.length === 0 && first) captureIds.push(first.id);
    link.mutate({ actor, captureIds, role, note });
    setNote('');
  };
  return (
    <div className="flex flex-col gap-4">
      {links.length > 0 && (
        <ActorChips caseId={caseId} label={t('capture.actors')} links={links} outOf={captures.length} />
      )}
      <Finder caseId={caseId} onPick={linkTo} />
      {link.isError && <FailureNotice error={link.error} />}
      <Segments
        label={t('tag.role')}
        value={role}
        options={roles.map((id) => ({ id, label: t(`role.${id}`) }))}
        onChange={setRole}
      />
      <TextField
        label={t('tag.note')}
        description={t('tag.noteHint')}
        value={note}
        onChange={setNote}
        maxLength={4000}
      />
    </div>
  );
}

interface Entry {
  id: string;
  text: string;
  kind: ActorKind;
  actor: Actor | { kind: ActorKind; name: string };
}

const mostShown = 50;
const kinds = actorKindSchema.options;

/** Finds an actor by what is typed, or offers to add one of that name. The field keeps the focus for the next. */
function Finder({ caseId, onPick }: { caseId: string; onPick: (actor: Entry['actor']) => void }) {
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
      <SearchField autoFocus className="flex flex-col gap-1">
        <Label className={labelStyle}>{t('tag.find')}</Label>
        <Input placeholder={t('tag.placeholder')} className={`${inputStyle} plain-search`} />
      </SearchField>
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
