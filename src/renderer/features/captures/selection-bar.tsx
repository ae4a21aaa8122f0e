import { Link } from '@tanstack/react-router';
import { Copy, Package, UserRoundPlus, X } from 'lucide-react';
import type { Capture } from '../../../shared/domain/capture.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { linkButtonStyle } from '../../ui/link-style.ts';
import { choose } from './selection.ts';

interface Props {
  caseId: string;
  captures: readonly Capture[];
  onTag: () => void;
  onCopy: () => void;
}

/** What can be done with several captures at once; there only while several are chosen. */
export function SelectionBar({ caseId, captures, onTag, onCopy }: Props) {
  const t = useText();
  if (captures.length < 2) return null;
  return (
    <div
      role="group"
      aria-label={t('selection.label')}
      className="flex flex-wrap items-center gap-1.5 border-t bg-raised px-3 py-2"
    >
      <IconButton
        icon={X}
        label={t('selection.clear')}
        onPress={() => choose(caseId, [], null)}
        className="size-6.5"
      />
      <span className="tnum me-auto text-sm font-medium text-ink">
        {t('selection.count', { count: captures.length })}
      </span>
      <Button size="small" icon={UserRoundPlus} onPress={onTag}>
        {t('tag.open')}
      </Button>
      <Button size="small" icon={Copy} onPress={onCopy}>
        {t('reference.copyMany')}
      </Button>
      <Link
        to="/case/$caseId/export"
        params={{ caseId }}
        className={`${linkButtonStyle} min-h-6.5! px-2! text-xs!`}
      >
        <Package aria-hidden className="size-3.5" />
        {t('nav.export')}
      </Link>
    </div>
  );
}
