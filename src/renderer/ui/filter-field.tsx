import { Search, X } from 'lucide-react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useText } from '../i18n/use-text.tsx';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Narrows the list under it by what is typed. Escape clears it. */
export function FilterField({ label, value, onChange }: Props) {
  const t = useText();
  return (
    <SearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className="group relative flex min-w-32 flex-1 items-center"
    >
      <Search aria-hidden className="pointer-events-none absolute start-2.5 size-3.5 text-faint" />
      <Input
        data-filter
        placeholder={t('filter.placeholder')}
        className="plain-search min-h-8 w-full rounded-md border border-edge bg-surface ps-8 pe-7 text-sm text-ink focus:outline-2 focus:outline-offset-0 focus:outline-focus"
      />
      <Button
        aria-label={t('filter.clear')}
        className="absolute end-1 grid size-6 place-items-center rounded-sm text-faint group-empty:hidden hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </Button>
    </SearchField>
  );
}
