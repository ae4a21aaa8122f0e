/** What of a key press a shortcut depends on. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Whether a key press is the shortcut, `Mod+K` or `Alt+1` or `t`. On an Apple machine Mod is ⌘. Letters are compared without case; `?` and the like as typed. */
export function isShortcut(event: KeyPress, keys: string, apple: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = parts.includes('Mod');
  const alt = parts.includes('Alt');
  const pressed = apple ? event.metaKey : event.ctrlKey;
  const other = apple ? event.ctrlKey : event.metaKey;
  if (pressed !== mod || other || event.altKey !== alt) return false;
  if (parts.includes('Shift') && !event.shiftKey) return false;
  if (/^\d$/.test(key)) return event.code === `Digit${key}`;
  return event.key.toLowerCase() === key.toLowerCase();
}
