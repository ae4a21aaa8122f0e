import { expect, it } from 'vitest';
import { withQuiet } from './browser-preferences.ts';

it('silences what the browser would send by itself, and leaves the rest of a profile alone', () => {
  const before = { search: { suggest_enabled: true, other: 1 }, safebrowsing: 'odd', profile: { name: 'x' } };
  const after = withQuiet(before);
  expect(after).toMatchObject({
    search: { suggest_enabled: false, other: 1 },
    safebrowsing: { enabled: false },
    profile: { name: 'x', password_manager_leak_detection: false },
    credentials_enable_service: false,
  });
  expect(before.search.suggest_enabled).toBe(true);
});
