import { Ban } from 'lucide-react';
import type { PageKind } from '../../shared/domain/page-finding.ts';
import { useText } from '../i18n/use-text.tsx';

/** What a captured page was instead of its content: at a glance not to be taken for it. */
export function PageKindBadge({ kind }: { kind: PageKind }) {
  const t = useText();
  return (
    <span className="inline-flex min-w-0 items-center gap-1 rounded-full bg-warn-wash px-1.5 py-px text-2xs font-medium text-warn">
      <Ban aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{t(`page.${kind}`)}</span>
    </span>
  );
}
