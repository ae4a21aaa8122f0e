import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useText } from '../i18n/use-text.tsx';
import { Empty } from '../ui/empty.tsx';
import { linkStyle } from '../ui/link-style.ts';

/** An address of the interface that leads nowhere. */
export function NotFound() {
  const t = useText();
  return (
    <Empty level={1} icon={MapPinOff} title={t('notFound.title')} text={t('notFound.text')}>
      <Link to="/" className={linkStyle}>
        {t('nav.cases')}
      </Link>
    </Empty>
  );
}
