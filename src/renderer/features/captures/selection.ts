import { useSyncExternalStore } from 'react';

/** Which captures of which case are chosen, and from where a range would reach. Kept while one moves between pages. */
interface Selection {
  caseId: string;
  chosen: ReadonlySet<string>;
  anchor: string | null;
}

let current: Selection = { caseId: '', chosen: new Set(), anchor: null };
const listeners = new Set<() => void>();

/** Sets what is chosen in a case. */
export function choose(caseId: string, ids: Iterable<string>, anchor: string | null): void {
  current = { caseId, chosen: new Set(ids), anchor };
  for (const listener of listeners) listener();
}

const none: Selection = { caseId: '', chosen: new Set(), anchor: null };

/** What is chosen in a case now. */
export function useSelection(caseId: string): Selection {
  const selection = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  return selection.caseId === caseId ? selection : none;
}

/** All ids between two, both included, in the order of the list. */
export function rangeOf(ids: readonly string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : ids.indexOf(from);
  const end = ids.indexOf(to);
  if (start < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
