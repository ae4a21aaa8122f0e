import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { CaptureState } from '../../shared/domain/provenance.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { useText } from '../i18n/use-text.tsx';

const looks = {
  COMPLETE: { icon: CircleCheck, word: 'state.COMPLETE', style: 'text-good bg-good-wash' },
  PARTIAL: { icon: CircleDashed, word: 'state.PARTIAL', style: 'text-warn bg-warn-wash' },
  FAILED: { icon: CircleX, word: 'state.FAILED', style: 'text-bad bg-bad-wash' },
} as const satisfies Record<CaptureState, { icon: typeof CircleCheck; word: MessageKey; style: string }>;

/** How a capture ended: a word, an icon and a colour, so that none of them has to be trusted alone. */
export function StateBadge({ state }: { state: CaptureState }) {
  const t = useText();
  const { icon: Icon, word, style } = looks[state];
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-1.5 py-px text-2xs font-medium ${style}`}
    >
      <Icon aria-hidden className="size-3" />
      {t(word)}
    </span>
  );
}
