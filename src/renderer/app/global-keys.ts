import { useEffect } from 'react';
import { isTyping, runShortcut } from './commands.ts';

/** Listens for the shortcuts that work anywhere, and for F6, which goes from pane to pane. */
export function useGlobalKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      // Alt with a digit writes a character on some keyboards: what is being typed comes first.
      if (event.altKey && isTyping(event.target)) return;
      if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        nextPane(event.shiftKey ? -1 : 1);
        event.preventDefault();
      } else if (runShortcut(event, 'everywhere')) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const focusable = 'a[href], button:not(:disabled), input, textarea, [tabindex="0"]';

function nextPane(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.offsetParent !== null,
  );
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + by + panes.length) % panes.length];
  const target =
    next?.querySelector<HTMLElement>('[data-pane-focus]') ?? next?.querySelector<HTMLElement>(focusable);
  target?.focus();
}
