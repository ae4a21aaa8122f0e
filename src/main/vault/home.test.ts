import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { scratchFolder } from '../../../test/support/case-fixture.ts';
import { operatorHome, Settings } from './home.ts';

it('is where the operator says, else in the place for configuration', () => {
  expect(operatorHome({ CONSTAT_HOME: '/somewhere/else' })).toBe('/somewhere/else');
  if (process.platform === 'linux') {
    expect(operatorHome({ XDG_CONFIG_HOME: '/conf' })).toBe('/conf/constat');
    expect(operatorHome({})).toMatch(/\/\.config\/constat$/);
  }
});

it('remembers name and recent cases, newest first and each once, readable by nobody else', () => {
  const home = join(scratchFolder(), 'new', 'home');
  const settings = new Settings(home);
  expect([settings.operatorName, settings.recentCases()]).toEqual(['', []]);
  settings.operatorName = '  Ana ';
  for (let i = 0; i < 25; i += 1) settings.rememberCase(`/cases/${i}.constat`, `Case ${i}`);
  settings.rememberCase('/cases/20.constat', 'Renamed');
  settings.forgetCase('/cases/24.constat');
  const again = new Settings(home);
  expect(again.operatorName).toBe('Ana');
  expect(again.recentCases()).toHaveLength(19);
  expect(
    again
      .recentCases()
      .slice(0, 2)
      .map((recent) => recent.title),
  ).toEqual(['Renamed', 'Case 23']);
  expect([statSync(home).mode & 0o777, statSync(join(home, 'settings.json')).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
});

it('makes the default folder for what is put right into it, and no other', () => {
  const person = scratchFolder();
  vi.stubEnv('HOME', person);
  vi.stubEnv('USERPROFILE', person);
  onTestFinished(() => void vi.unstubAllEnvs());
  const settings = new Settings(join(person, 'settings'));
  settings.prepareDefaultFolder(join(person, 'elsewhere', 'a.constat'));
  settings.prepareDefaultFolder(join(settings.defaultFolder, 'deeper', 'a.constat'));
  expect(readdirSync(person)).toEqual([]);
  settings.prepareDefaultFolder(join(settings.defaultFolder, 'a.constat'));
  expect(statSync(settings.defaultFolder).isDirectory()).toBe(true);
  expect(readdirSync(settings.defaultFolder)).toEqual([]);
});

it('keeps how the interface looks, and takes what it does not know for the ordinary', () => {
  const home = scratchFolder();
  const settings = new Settings(home);
  settings.preferences = { language: 'fr', theme: 'dark', sidebar: false, listWidth: 500 };
  expect(new Settings(home).preferences).toEqual({
    language: 'fr',
    theme: 'dark',
    sidebar: false,
    listWidth: 500,
  });
  writeFileSync(
    join(home, 'settings.json'),
    '{"operatorName": "Ana", "preferences": {"theme": "sepia", "language": "fr"}}',
  );
  expect(settings.preferences).toEqual({ language: 'fr', theme: 'system', sidebar: true, listWidth: 430 });
  expect(settings.operatorName).toBe('Ana');
});

it('sets unreadable settings aside instead of losing them', () => {
  const home = scratchFolder();
  writeFileSync(join(home, 'settings.json'), '{"operatorName": "Ana", ');
  const settings = new Settings(home);
  expect(settings.operatorName).toBe('');
  settings.operatorName = 'Bo';
  expect(settings.operatorName).toBe('Bo');
  expect(readFileSync(join(home, 'settings.json.unreadable'), 'utf8')).toContain('Ana');
  expect(readdirSync(home)).toHaveLength(2);
});
