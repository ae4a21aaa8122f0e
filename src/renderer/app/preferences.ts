import { useSyncExternalStore } from 'react';
import {
  languages,
  preferencesSchema,
  type Language,
  type Preferences,
} from '../../shared/domain/preferences.ts';
import { client } from './rpc.ts';

const key = 'constat.preferences';

function read(): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return preferencesSchema.parse({});
  }
}

let current = read();
let saving: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const saveAfter = 400;

function take(next: Preferences): void {
  current = next;
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still shows what was chosen, for as long as the page stands.
  }
  showTheme();
  for (const listener of listeners) listener();
}

/** How the interface looks. Kept here to be shown at once, and in the operator's own folder to be found again. */
export const preferences = {
  get: (): Preferences => current,
  set: (change: Partial<Preferences>): void => {
    take(preferencesSchema.parse({ ...current, ...change }));
    clearTimeout(saving);
    // An edge that is dragged changes often; what counts is where it is let go.
    saving = setTimeout(() => void client.system.prefer(current).catch(() => undefined), saveAfter);
  },
  /** Reads what was kept in the operator's folder; what is shown stays where that cannot be had. */
  load: async (): Promise<void> => {
    try {
      take(await client.system.preferences());
    } catch {
      showTheme();
    }
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Writes the chosen theme on the document; the colours themselves are CSS's. */
export function showTheme(): void {
  const root = document.documentElement;
  if (current.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = current.theme;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get);
}

/** The language to show: the chosen one, or the first of the system's that there is. */
export function languageOf(
  choice: Preferences['language'],
  system: readonly string[] = navigator.languages,
): Language {
  if (choice !== 'system') return choice;
  for (const tag of system) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}
