import { useSyncExternalStore } from 'react';
import { z } from 'zod';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const preferencesSchema = z.object({
  language: z.enum(['system', ...languages]).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  sidebar: z.boolean().catch(true),
  /** Width of the list beside a capture or an actor, in CSS pixels. */
  listWidth: z.number().min(280).max(900).catch(430),
});
export type Preferences = z.infer<typeof preferencesSchema>;

const key = 'constat.preferences';

function read(): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return preferencesSchema.parse({});
  }
}

let current = read();
const listeners = new Set<() => void>();

/** How this screen looks: kept in the browser or window, never in a case. */
export const preferences = {
  get: (): Preferences => current,
  set: (change: Partial<Preferences>): void => {
    current = preferencesSchema.parse({ ...current, ...change });
    try {
      localStorage.setItem(key, JSON.stringify(current));
    } catch {
      // A browser that keeps nothing still shows what was chosen, for as long as the page stands.
    }
    showTheme();
    for (const listener of listeners) listener();
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
