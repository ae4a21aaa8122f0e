import type { BundleRequest } from '../../../shared/domain/bundle.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Checkbox, Segments } from '../../ui/choice.tsx';

export type Copies = BundleRequest['copies'];

interface Props {
  copies: Copies;
  onChange: (copies: Copies) => void;
  /** Captures in the choice that may hold a login; null while that is not known. */
  loggedIn: number | null;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}

/** True where originals that may hold a login were asked for and not yet confirmed. */
export function mustConfirm({ copies, loggedIn, confirmed }: Omit<Props, 'onChange' | 'onConfirm'>): boolean {
  return copies === 'sealed' && loggedIn !== 0 && !confirmed;
}

/** Sealed originals or copies without credentials; originals made while logged in need a word that they are meant. */
export function CopiesChoice({ copies, onChange, loggedIn, confirmed, onConfirm }: Props) {
  const t = useText();
  return (
    <div className="flex flex-col gap-2">
      <Segments
        label={t('export.copies')}
        value={copies}
        options={[
          { id: 'auto', label: t('export.copiesAuto') },
          { id: 'redacted', label: t('export.copiesRedacted') },
          { id: 'sealed', label: t('export.copiesSealed') },
        ]}
        onChange={onChange}
      />
      <p className="text-xs text-faint">{t(`export.copiesHint.${copies}`, { count: loggedIn ?? 0 })}</p>
      {copies === 'sealed' && loggedIn !== null && loggedIn > 0 && (
        <Checkbox isSelected={confirmed} onChange={onConfirm} description={t('export.withCredentialsHint')}>
          {t('export.withCredentials', { count: loggedIn })}
        </Checkbox>
      )}
    </div>
  );
}
