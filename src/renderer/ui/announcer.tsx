import { useEffect, useState } from 'react';

const quiet = 1200;
let say: ((text: string) => void) | undefined;
let last = 0;
let waiting: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function flush(): void {
  timer = undefined;
  if (waiting === null) return;
  say?.(waiting);
  waiting = null;
  last = Date.now();
}

/**
 * Says something to a screen reader without moving the focus. Said at most once in a while: of what comes faster, the
 * newest is kept, so that progress is told and does not drown the rest.
 */
export function announce(text: string): void {
  waiting = text;
  timer ??= setTimeout(flush, Math.max(0, last + quiet - Date.now()));
}

/** The place where announcements stand; once per page. */
export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    say = setText;
    return () => {
      say = undefined;
    };
  }, []);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
