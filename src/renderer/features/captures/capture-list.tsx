import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { ListedCapture } from '../../../shared/domain/capture.ts';
import { runShortcut } from '../../app/commands.ts';
import { isApple } from '../../app/platform.ts';
import { isShortcut } from '../../app/shortcut.ts';
import { useText } from '../../i18n/use-text.tsx';
import { CaptureRow } from './capture-row.tsx';
import { choose, rangeOf, useSelection } from './selection.ts';
import type { NamedLink } from './use-filtered.ts';

const rowHeight = 76;
const pageOfRows = 8;
const activeEdge =
  'shadow-[inset_3px_0_0_var(--color-accent)] rtl:shadow-[inset_-3px_0_0_var(--color-accent)]';

interface Props {
  caseId: string;
  captures: readonly ListedCapture[];
  linksOf: ReadonlyMap<string, NamedLink[]>;
  /** The capture that has the list's focus: the one shown beside it. */
  activeId: string | null;
  /** Shows a capture beside the list; with `enter`, goes into it. */
  onShow: (captureId: string, enter: boolean) => void;
}

const idOf = (captureId: string) => `capture-${captureId}`;

/**
 * The captures of a case. Only the rows in sight are in the page, however many there are; the list itself keeps the focus
 * and says which row is meant, so that the keys work the same for the rows that are not there.
 */
export function CaptureList({ caseId, captures, linksOf, activeId, onShow }: Props) {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const { chosen, anchor } = useSelection(caseId);
  const rows = useVirtualizer({
    count: captures.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => captures[index]?.id ?? index,
    overscan: 6,
  });
  const ids = useMemo(() => captures.map((capture) => capture.id), [captures]);
  const activeIndex = activeId === null ? -1 : ids.indexOf(activeId);

  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' });
    // Only a move of the active row scrolls; a capture sealed meanwhile must not pull the list away.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [activeId]);

  const goTo = (index: number, extend: boolean) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id === undefined) return;
    if (extend) choose(caseId, rangeOf(ids, anchor ?? activeId, id), anchor ?? activeId ?? id);
    else choose(caseId, [id], id);
    onShow(id, false);
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(caseId, next, id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      Home: 0,
      End: ids.length - 1,
      PageDown: activeIndex + pageOfRows,
      PageUp: activeIndex - pageOfRows,
    };
    const to = moves[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) goTo(to, event.shiftKey);
    else if (isShortcut(event, 'Mod+A', isApple)) choose(caseId, ids, anchor);
    else if (event.key === ' ' && activeId !== null) toggle(activeId);
    else if (event.key === 'Enter' && activeId !== null) onShow(activeId, true);
    else if (!runShortcut(event, 'captures')) return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, id: string) => {
    if (isApple ? event.metaKey : event.ctrlKey) toggle(id);
    else if (event.shiftKey) choose(caseId, rangeOf(ids, anchor ?? activeId, id), anchor ?? activeId ?? id);
    else {
      choose(caseId, [id], id);
      onShow(id, false);
    }
  };

  return (
    <div
      ref={scroller}
      role="listbox"
      aria-multiselectable
      aria-label={t('captures.list')}
      aria-activedescendant={activeIndex >= 0 ? idOf(ids[activeIndex] ?? '') : undefined}
      tabIndex={0}
      data-pane-focus
      onKeyDown={onKeyDown}
      className={`group min-h-0 flex-1 overflow-y-auto border-t -outline-offset-2 ${activeIndex >= 0 ? 'focus-visible:outline-none' : ''}`}
    >
      <div role="presentation" className="relative w-full" style={{ height: `${rows.getTotalSize()}px` }}>
        {rows.getVirtualItems().map((row) => {
          const capture = captures[row.index];
          if (!capture) return null;
          const isChosen = chosen.has(capture.id);
          return (
            // Keys are handled by the list, which has the focus; a row is only pointed at.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={row.key}
              id={idOf(capture.id)}
              role="option"
              aria-selected={isChosen}
              aria-setsize={captures.length}
              aria-posinset={row.index + 1}
              onClick={(event) => onClick(event, capture.id)}
              style={{ transform: `translateY(${row.start}px)`, height: `${row.size}px` }}
              className={`absolute inset-x-0 top-0 flex items-center gap-3 border-b px-3 select-none ${
                isChosen ? 'bg-accent-wash/70' : 'hover:bg-hover'
              } ${capture.id === activeId ? `${activeEdge} group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-focus` : ''}`}
            >
              <CaptureRow caseId={caseId} capture={capture} links={linksOf.get(capture.id) ?? []} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
