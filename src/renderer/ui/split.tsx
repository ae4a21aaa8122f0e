import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { preferences, usePreferences } from '../app/preferences.ts';
import { useText } from '../i18n/use-text.tsx';

const least = 320;
const most = 760;
const step = 24;

const direction = () => (document.documentElement.dir === 'rtl' ? -1 : 1);

interface Props {
  list: ReactNode;
  detail: ReactNode;
  /** On a narrow screen only one of the two is shown. */
  shows: 'list' | 'detail';
}

/** A list and what is chosen in it, with an edge between them that pointer and arrow keys move. One column when narrow. */
export function Split({ list, detail, shows }: Props) {
  const t = useText();
  const { listWidth } = usePreferences();
  const drag = useRef<{ x: number; width: number } | null>(null);
  const resize = (width: number) =>
    preferences.set({ listWidth: Math.round(Math.min(most, Math.max(least, width))) });

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (by !== undefined) resize(listWidth + by * direction());
    else if (event.key === 'Home') resize(least);
    else if (event.key === 'End') resize(most);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    drag.current = { x: event.clientX, width: listWidth };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) resize(drag.current.width + (event.clientX - drag.current.x) * direction());
  };

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div
        className={`min-w-0 flex-col bg-surface max-lg:flex-1 lg:flex lg:w-(--list) lg:shrink-0 ${shows === 'list' ? 'flex' : 'hidden'}`}
        style={{ '--list': `${listWidth}px` }}
      >
        {list}
      </div>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={t('resizeList')}
        aria-valuenow={listWidth}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
        className="relative hidden w-px shrink-0 cursor-col-resize touch-none bg-line after:absolute after:inset-y-0 after:-inset-x-1 hover:bg-edge focus-visible:bg-focus lg:block"
      />
      <div className={`min-w-0 flex-1 flex-col bg-surface lg:flex ${shows === 'detail' ? 'flex' : 'hidden'}`}>
        {detail}
      </div>
    </div>
  );
}
