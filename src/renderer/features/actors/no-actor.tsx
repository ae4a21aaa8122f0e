import { Users } from 'lucide-react';
import { useText } from '../../i18n/use-text.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Beside the list while no actor is chosen. */
export function NoActor() {
  const t = useText();
  return <Empty icon={Users} title={t('actor.noneChosen')} text={t('actor.noneChosenText')} />;
}
