import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { actorKindSchema, type Actor, type ActorInput, type Handle } from '../../../shared/domain/actor.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/field.tsx';

interface Props {
  caseId: string;
  /** Null to add one. */
  actor: Actor | null;
  isOpen: boolean;
  onClose: () => void;
  onSaved?: (actorId: string) => void;
}

/** Adds an actor, or changes what is said of one. */
export function ActorDialog({ caseId, actor, isOpen, onClose, onSaved }: Props) {
  const t = useText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t(actor ? 'actor.changeTitle' : 'actor.add')}>
      <ActorForm
        caseId={caseId}
        actor={actor}
        onDone={(saved) => {
          onClose();
          onSaved?.(saved.id);
        }}
      />
    </Dialog>
  );
}

const isHalf = (handle: Handle) => (handle.platform.trim() === '') !== (handle.handle.trim() === '');
const emptyHandle: Handle = { platform: '', handle: '', url: '' };
const kinds = actorKindSchema.options;

interface FormProps {
  caseId: string;
  actor: Actor | null;
  onDone: (actor: Actor) => void;
}

function ActorForm({ caseId, actor, onDone }: FormProps) {
  const t = useText();
  const queries = useQueryClient();
  const [input, setInput] = useState<ActorInput>(
    actor
      ? { kind: actor.kind, name: actor.name, note: actor.note, handles: actor.handles }
      : { kind: 'person', name: '', note: '', handles: [] },
  );
  const set = (change: Partial<ActorInput>) => setInput((before) => ({ ...before, ...change }));
  const handles = input.handles;
  const setHandle = (at: number, change: Partial<Handle>) =>
    set({ handles: handles.map((handle, index) => (index === at ? { ...handle, ...change } : handle)) });

  const save = useMutation({
    mutationFn: () => {
      const given = {
        ...input,
        handles: handles.filter((handle) => handle.platform.trim() && handle.handle.trim()),
      };
      if (actor) return client.actors.change({ caseId, actorId: actor.id, actor: given });
      return client.actors.add({ caseId, actor: given });
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: rpc.actors.key() });
      void queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) });
      onDone(saved);
    },
  });
  const canSave = input.name.trim() !== '' && !handles.some(isHalf) && !save.isPending;

  return (
    <Form
      validationBehavior="aria"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) save.mutate();
      }}
    >
      <TextField
        autoFocus
        isRequired
        label={t('actor.name')}
        value={input.name}
        onChange={(name) => set({ name })}
        maxLength={200}
      />
      <Select
        label={t('actor.kind')}
        value={input.kind}
        options={kinds.map((id) => ({ id, label: t(`actorKind.${id}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-xs font-medium text-soft">{t('actor.handles')}</legend>
        {handles.map((handle, index) => (
          <div key={index} className="flex items-end gap-2 rounded-md border p-2">
            <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2">
              <TextField
                label={t('actor.platform')}
                value={handle.platform}
                onChange={(platform) => setHandle(index, { platform })}
                maxLength={100}
              />
              <TextField
                label={t('actor.handle')}
                value={handle.handle}
                onChange={(value) => setHandle(index, { handle: value })}
                maxLength={200}
              />
              <div className="sm:col-span-2">
                <TextField
                  data
                  label={t('actor.url')}
                  value={handle.url}
                  onChange={(url) => setHandle(index, { url })}
                  maxLength={2000}
                />
              </div>
              {isHalf(handle) && <p className="text-xs text-bad sm:col-span-2">{t('actor.handleHalf')}</p>}
            </div>
            <IconButton
              icon={X}
              label={t('actor.removeHandle')}
              onPress={() => set({ handles: handles.filter((_, at) => at !== index) })}
            />
          </div>
        ))}
        <Button
          size="small"
          icon={Plus}
          className="self-start"
          onPress={() => set({ handles: [...handles, { ...emptyHandle }] })}
        >
          {t('actor.addHandle')}
        </Button>
      </fieldset>
      <TextField
        label={t('actor.note')}
        value={input.note}
        onChange={(note) => set({ note })}
        rows={3}
        maxLength={4000}
      />
      {save.isError && <FailureNotice error={save.error} />}
      <div className="flex justify-end">
        <Button kind="primary" type="submit" isDisabled={!canSave}>
          {t(actor ? 'save' : 'actor.add')}
        </Button>
      </div>
    </Form>
  );
}
