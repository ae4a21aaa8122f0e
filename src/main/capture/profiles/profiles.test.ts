import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  existsSync,
  lstatSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Profiles } from './profiles.ts';

const here = 'aaaaaaaa-0000-7000-8000-000000000001';
const there = 'aaaaaaaa-0000-7000-8000-000000000002';
let home: string;
let profiles: Profiles;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'constat-test-'));
  profiles = new Profiles(home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const code = (work: () => unknown): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};
const names = () => profiles.list().map(({ name }) => name);
const folders = () => readdirSync(join(home, 'profiles')).filter((name) => !name.endsWith('-lock'));

describe('profiles of the operator', () => {
  it('are kept closed to others, in folders that do not say their names', () => {
    profiles.create('Moana Teiva');
    const [folder = ''] = folders();
    expect(folder).toMatch(/^[0-9a-f]{16}$/);
    if (process.platform === 'win32') return;
    for (const path of ['', folder]) expect(statSync(join(home, 'profiles', path)).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, 'profiles', folder, 'profile.json')).mode & 0o777).toBe(0o600);
  });

  it('have one name each, whatever its case or composition', () => {
    profiles.create('Élodie');
    expect(code(() => profiles.create('E\u0301LODIE '))).toBe('PROFILE_EXISTS');
    profiles.create('Other');
    expect(code(() => profiles.rename('Other', 'élodie'))).toBe('PROFILE_EXISTS');
    expect(profiles.rename('other', 'OTHER').name).toBe('OTHER');
    expect(names()).toEqual(['Élodie', 'OTHER']);
  });

  it.each(['', '   ', 'two\nlines', 'turned\u202eround', 'profile-0123456789abcdef', 'x'.repeat(61)])(
    'are not called %j',
    (name) => expect(code(() => profiles.create(name))).toBe('INPUT_INVALID'),
  );

  it('are called by a pseudonym in cases: one per case, the same after a new name, none of the name in it', () => {
    profiles.create('Moana');
    const first = profiles.pseudonym('moana', here);
    expect(first).toMatch(/^profile-[0-9a-f]{16}$/);
    expect(profiles.pseudonym('Moana', there)).not.toBe(first);
    profiles.rename('Moana', 'Teiva');
    expect(profiles.pseudonym('Teiva', here)).toBe(first);
    expect(profiles.pseudonym(first, here)).toBe(first);
    expect(code(() => profiles.pseudonym(first, there))).toBe('PROFILE_NOT_FOUND');
    profiles.remove('Teiva');
    profiles.create('Teiva');
    expect(profiles.pseudonym('Teiva', here)).not.toBe(first);
  });

  it('belong to one recording at a time', () => {
    profiles.create('Moana');
    const pseudonym = profiles.pseudonym('Moana', here);
    const held = profiles.hold(pseudonym, here);
    expect(profiles.list()).toMatchObject([{ inUse: true }]);
    expect(code(() => new Profiles(home).hold(pseudonym, here))).toBe('PROFILE_IN_USE');
    expect(code(() => profiles.remove('Moana'))).toBe('PROFILE_IN_USE');
    held.release();
    expect(profiles.list()).toMatchObject([{ inUse: false }]);
    profiles.hold(pseudonym, here).release();
  });

  it('name the pseudonym, and never the name, in a problem that a log will keep', () => {
    profiles.create('Moana');
    const pseudonym = profiles.pseudonym('Moana', here);
    const held = profiles.hold(pseudonym, here);
    expect(() => profiles.hold(pseudonym, here)).toThrow(`“${pseudonym}” is in use`);
    held.release();
    profiles.remove('Moana');
    expect(() => profiles.hold(pseudonym, here)).toThrow(`no browser profile “${pseudonym}”`);
  });

  it.skipIf(process.platform === 'win32')(
    'heed the lock of a browser that runs, and clear one that was killed',
    () => {
      profiles.create('Moana');
      const pseudonym = profiles.pseudonym('Moana', here);
      const held = profiles.hold(pseudonym, here);
      held.release();
      const lock = join(held.path, 'SingletonLock');
      symlinkSync(`${hostname()}-${process.pid}`, lock);
      expect(code(() => profiles.hold(pseudonym, here))).toBe('PROFILE_IN_USE');
      rmSync(lock);
      symlinkSync(`another-machine-1`, lock);
      expect(code(() => profiles.hold(pseudonym, here))).toBe('PROFILE_IN_USE');
      rmSync(lock);
      symlinkSync(`${hostname()}-99999999`, lock);
      profiles.hold(pseudonym, here).release();
      expect(lstatSync(lock, { throwIfNoEntry: false })).toBeUndefined();
    },
  );

  it('go whole when they are removed', () => {
    profiles.create('Moana');
    const held = profiles.hold(profiles.pseudonym('Moana', here), here);
    held.release();
    expect(existsSync(held.path)).toBe(true);
    profiles.remove('moana');
    expect(readdirSync(join(home, 'profiles'))).toEqual([]);
    expect(code(() => profiles.remove('Moana'))).toBe('PROFILE_NOT_FOUND');
  });

  it('keep their secret to themselves', () => {
    profiles.create('Moana');
    const [folder = ''] = folders();
    const { secret } = JSON.parse(readFileSync(join(home, 'profiles', folder, 'profile.json'), 'utf8'));
    expect(JSON.stringify(profiles.list())).not.toContain(secret);
  });
});
