import { useQuery } from '@tanstack/react-query';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Select } from '../../ui/choice.tsx';

const fresh = '';

/** Which browser profile the next captures use; nothing where the operator keeps none. */
export function ProfileChoice({
  profile,
  onChange,
}: {
  profile: string | null;
  onChange: (profile: string | null) => void;
}) {
  const t = useText();
  const profiles = useQuery(rpc.profiles.list.queryOptions());
  const names = (profiles.data ?? []).map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <Select
      label={t('options.profile')}
      value={profile ?? fresh}
      options={[
        { id: fresh, label: t('options.profileFresh') },
        ...names.map((name) => ({ id: name, label: name })),
      ]}
      onChange={(chosen) => onChange(chosen === fresh ? null : chosen)}
    />
  );
}
