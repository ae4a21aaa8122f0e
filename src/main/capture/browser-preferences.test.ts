import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { passwordPrompts, withQuiet } from './browser-preferences.ts';

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

it('asks for no password where nobody sees the question, and asks again where somebody does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'constat-test-'));
  const file = join(folder, 'Local State');
  const state = (): unknown => JSON.parse(readFileSync(file, 'utf8'));
  try {
    writeFileSync(file, '{"auth":{"other":1},"kept":true}');
    passwordPrompts(folder, false);
    expect(state()).toEqual({ auth: { other: 1, schemes: 'none' }, kept: true });
    passwordPrompts(folder, true);
    expect(state()).toEqual({ auth: { other: 1 }, kept: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
