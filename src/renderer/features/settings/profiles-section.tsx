import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Profile } from '../../../shared/domain/profile.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/page.tsx';

/** The browser profiles the operator keeps on this computer: made, renamed and removed here. */
export function ProfilesSection() {
  const t = useText();
  const profiles = useQuery(rpc.profiles.list.queryOptions());
  const [name, setName] = useState('');
  const refresh = useRefresh();
  const create = useMutation({
    mutationFn: () => client.profiles.create({ name }),
    onSuccess: async () => {
      setName('');
      await refresh();
    },
  });
  return (
    <Section title={t('profiles.title')}>
      <p className="max-w-[65ch] text-sm text-soft">{t('profiles.text')}</p>
      {profiles.isError && <FailureNotice error={profiles.error} />}
      {profiles.data?.length === 0 && <p className="text-sm text-faint">{t('profiles.none')}</p>}
      {profiles.data && profiles.data.length > 0 && (
        <ul className="max-w-xl divide-y rounded-md border">
          {profiles.data.map((profile) => (
            <ProfileRow key={profile.name} profile={profile} />
          ))}
        </ul>
      )}
      <Form
        validationBehavior="aria"
        className="flex max-w-xl flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) create.mutate();
        }}
      >
        <TextField
          label={t('profiles.name')}
          value={name}
          onChange={setName}
          maxLength={60}
          aside={
            <Button type="submit" isDisabled={!name.trim() || create.isPending}>
              {t('profiles.create')}
            </Button>
          }
        />
        {create.isError && <FailureNotice error={create.error} />}
      </Form>
    </Section>
  );
}

function ProfileRow({ profile }: { profile: Profile }) {
  const t = useText();
  const { name, lastUsedAt, inUse } = profile;
  const [asks, setAsks] = useState<'rename' | 'remove' | null>(null);
  const [to, setTo] = useState(name);
  const refresh = useRefresh();
  const close = () => setAsks(null);
  const rename = useMutation({ mutationFn: () => client.profiles.rename({ name, to }), onSuccess: refresh });
  const remove = useMutation({ mutationFn: () => client.profiles.remove({ name }), onSuccess: refresh });
  return (
    <li className="flex items-center gap-2 px-3 py-1.5">
      <bdi className="min-w-0 flex-1 truncate text-sm text-ink">{name}</bdi>
      <span className="text-xs text-faint">
        {inUse && t('profiles.inUse')}
        {!inUse && lastUsedAt === null && t('profiles.unused')}
        {!inUse && lastUsedAt !== null && (
          <>
            {t('profiles.used')} <Instant value={lastUsedAt} />
          </>
        )}
      </span>
      <IconButton icon={Pencil} label={t('profiles.rename', { name })} onPress={() => setAsks('rename')} />
      <IconButton
        icon={Trash2}
        label={t('profiles.remove', { name })}
        isDisabled={inUse}
        onPress={() => setAsks('remove')}
      />
      <Dialog isOpen={asks === 'rename'} onClose={close} title={t('profiles.rename', { name })}>
        <Form
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate();
          }}
        >
          <TextField
            autoFocus
            label={t('profiles.newName')}
            value={to}
            onChange={setTo}
            maxLength={60}
            aside={
              <Button type="submit" isDisabled={!to.trim() || to.trim() === name || rename.isPending}>
                {t('save')}
              </Button>
            }
          />
          {rename.isError && <FailureNotice error={rename.error} />}
        </Form>
      </Dialog>
      <Dialog isOpen={asks === 'remove'} onClose={close} title={t('profiles.removeTitle', { name })}>
        <p className="text-sm text-soft">{t('profiles.removeText')}</p>
        {remove.isError && <FailureNotice error={remove.error} />}
        <div className="mt-4 flex justify-end gap-2">
          <Button onPress={close}>{t('cancel')}</Button>
          <Button kind="danger" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
            {t('profiles.removeNow')}
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: rpc.profiles.key() });
}
