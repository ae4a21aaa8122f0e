import { useEffect, useSyncExternalStore } from 'react';
import type { MessageKey } from '../i18n/messages.ts';
import { isApple } from './platform.ts';
import { isShortcut, type KeyPress } from './shortcut.ts';

/** Where a shortcut works: anywhere, or only while a list (or what it shows) has the focus. Plain letters: lists only. */
export type Scope = 'everywhere' | 'captures' | 'actors';

/** Something a person can do. The palette, the shortcut sheet and the keys all read from here. */
export interface Command {
  id: string;
  title: MessageKey;
  scope: Scope;
  /** `Mod+K`, `Alt+1`, `F1`, `t`. Mod is ⌘ on a Mac and Ctrl elsewhere. */
  keys?: string;
  /** False keeps it out of the palette: it makes sense only where its key works. */
  inPalette?: boolean;
  run: () => void;
}

let commands: readonly Command[] = [];
const listeners = new Set<() => void>();

function tell(next: readonly Command[]): void {
  commands = next;
  for (const listener of listeners) listener();
}

/** Offers commands for as long as the caller is on screen. `offered` must be stable (memoised). */
export function useOffer(offered: readonly Command[]): void {
  useEffect(() => {
    tell([...commands, ...offered]);
    return () => tell(commands.filter((command) => !offered.includes(command)));
  }, [offered]);
}

/** All commands on offer now. */
export function useCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => commands,
  );
}

/** Runs the command of a scope whose shortcut was pressed; says whether there was one. */
export function runShortcut(event: KeyPress, scope: Scope): boolean {
  const found = commands.findLast(
    (command) =>
      command.scope === scope && command.keys !== undefined && isShortcut(event, command.keys, isApple),
  );
  found?.run();
  return found !== undefined;
}

/** Runs a command by its name, where it is on offer. */
export function runCommand(id: string): void {
  commands.findLast((command) => command.id === id)?.run();
}

const apple: Record<string, string> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };

/** The keys of a shortcut as they are written on this machine, one by one. */
export function keyNames(keys: string): string[] {
  return keys.split('+').map((part) => {
    if (isApple && apple[part]) return apple[part];
    if (part === 'Mod') return 'Ctrl';
    return part.length === 1 ? part.toUpperCase() : part;
  });
}

/** True where a key press belongs to what is being typed. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (target.matches('input, textarea, select') && !target.matches('[type=checkbox], [type=radio]')))
  );
}
