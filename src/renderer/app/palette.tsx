import { useQuery } from '@tanstack/react-query';
import { CornerDownLeft, Images, Users, type LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import { useText } from '../i18n/use-text.tsx';
import { keyNames, useCommands } from './commands.ts';
import { comboboxProps } from '../ui/combobox-props.ts';
import { matches } from './matches.ts';
import { rpc } from './rpc.ts';
import { useGoTo } from './use-go-to.ts';

interface Entry {
  id: string;
  text: string;
  hint?: string;
  keys?: string | undefined;
  icon: LucideIcon;
  run: () => void;
}

const mostShown = 60;

/** Everything that can be done or gone to, found by typing. */
export function Palette({
  isOpen,
  onClose,
  caseId,
}: {
  isOpen: boolean;
  onClose: () => void;
  caseId: string | null;
}) {
  const t = useText();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center bg-scrim p-3 pt-[10vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-xl bg-raised shadow-over forced-colors:border">
        <Dialog aria-label={t('command.palette')} className="outline-none">
          <Entries caseId={caseId} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Entries({ caseId, onClose }: { caseId: string | null; onClose: () => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const entries = useEntries(caseId);
  const shown = useMemo(
    () => entries.filter((entry) => matches(typed, entry.text, entry.hint ?? '')).slice(0, mostShown),
    [entries, typed],
  );
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <TextField aria-label={t('command.palette')} autoFocus className="border-b">
        <Input
          {...comboboxProps}
          placeholder={t('palette.placeholder')}
          className="w-full bg-transparent px-4 py-3 text-base text-ink outline-none focus-visible:outline-none"
        />
      </TextField>
      <ListBox
        selectionMode="none"
        items={shown}
        aria-label={t('palette.results')}
        className="max-h-[55vh] overflow-y-auto p-1.5 outline-none empty:p-0"
        renderEmptyState={() => (
          <p className="px-3 py-6 text-center text-sm text-faint">{t('palette.none')}</p>
        )}
        onAction={(key) => {
          const chosen = shown.find((entry) => entry.id === key);
          onClose();
          // After the palette gave the focus back, so that the command can take it where it wants.
          setTimeout(() => chosen?.run());
        }}
      >
        {(entry) => {
          const Icon = entry.icon;
          return (
            <ListBoxItem
              id={entry.id}
              textValue={entry.text}
              className="flex min-h-8 items-center gap-2.5 rounded-md px-2.5 text-sm text-ink outline-none focus:bg-accent-wash focus:text-accent"
            >
              <Icon aria-hidden className="size-4 shrink-0 text-faint" />
              <bdi className="min-w-0 truncate">{entry.text}</bdi>
              {entry.hint && <bdi className="min-w-0 flex-1 truncate text-xs text-faint">{entry.hint}</bdi>}
              {entry.keys && (
                <kbd className="ms-auto shrink-0 font-sans text-2xs text-faint">
                  {keyNames(entry.keys).join(' ')}
                </kbd>
              )}
            </ListBoxItem>
          );
        }}
      </ListBox>
    </Autocomplete>
  );
}

function useEntries(caseId: string | null): Entry[] {
  const t = useText();
  const goTo = useGoTo();
  const commands = useCommands();
  const input = { caseId: caseId ?? '' };
  const enabled = caseId !== null;
  const captures = useQuery({ ...rpc.captures.list.queryOptions({ input }), enabled });
  const actors = useQuery({ ...rpc.actors.list.queryOptions({ input }), enabled });
  return useMemo(() => {
    const entries: Entry[] = commands
      .filter((command) => command.inPalette !== false)
      .map((command) => ({
        id: `command ${command.id}`,
        text: t(command.title),
        keys: command.keys,
        icon: CornerDownLeft,
        run: command.run,
      }));
    if (caseId === null) return entries;
    for (const actor of actors.data ?? []) {
      const run = () => goTo.actor(caseId, actor.id);
      entries.push({
        id: `actor ${actor.id}`,
        text: actor.name,
        hint: t(`actorKind.${actor.kind}`),
        icon: Users,
        run,
      });
    }
    for (const capture of captures.data ?? []) {
      const run = () => goTo.capture(caseId, capture.id);
      const text = `${capture.exhibit} · ${capture.title || capture.finalUrl}`;
      entries.push({ id: `capture ${capture.id}`, text, hint: capture.finalUrl, icon: Images, run });
    }
    return entries;
  }, [commands, actors.data, captures.data, caseId, goTo, t]);
}
