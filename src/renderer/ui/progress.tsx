import type { ReactNode } from 'react';
import { Label, ProgressBar } from 'react-aria-components';

interface Props {
  label: ReactNode;
  /** Null while it cannot be said how much there is. */
  done: number | null;
  total: number;
  /** What is being worked on now. */
  item?: string;
}

/** How far something long has come, in a bar and in words. */
export function Progress({ label, done, total, item }: Props) {
  const known = done !== null && total > 0;
  return (
    <ProgressBar
      value={known ? done : 0}
      maxValue={known ? total : 1}
      isIndeterminate={!known}
      className="flex flex-col gap-1.5"
    >
      {({ percentage, valueText }) => (
        <>
          <div className="flex items-baseline justify-between gap-3 text-sm">
            <Label className="font-medium text-ink">{label}</Label>
            <span className="tnum text-xs text-faint">{known ? valueText : ''}</span>
          </div>
          <div className="h-1.5 overflow-hidden rounded-full bg-line">
            <div
              className={`h-full rounded-full bg-accent transition-[width] duration-200 ${known ? '' : 'w-1/3 animate-pulse'}`}
              style={known ? { width: `${percentage ?? 0}%` } : {}}
            />
          </div>
          {item && <p className="truncate text-xs text-faint">{item}</p>}
        </>
      )}
    </ProgressBar>
  );
}
