import { MousePointerClick } from 'lucide-react';
import { useText } from '../../i18n/use-text.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Beside the list while no capture is chosen. */
export function NoCapture() {
  const t = useText();
  return (
    <Empty icon={MousePointerClick} title={t('capture.noneChosen')} text={t('capture.noneChosenText')} />
  );
}
