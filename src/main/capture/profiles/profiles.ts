import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { instantSchema } from '../../../shared/domain/common.ts';
import { profileNameSchema, type Profile } from '../../../shared/domain/profile.ts';
import { ConstatError } from '../../../shared/problems.ts';
import { ensurePrivateFolder, writePrivately } from '../../vault/home.ts';
import { WriterLock } from '../../vault/writer-lock.ts';
import { pseudonymOf } from './pseudonym.ts';
import { heldByBrowser } from './singleton-lock.ts';

const storedSchema = z.object({
  name: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
});
type Stored = z.infer<typeof storedSchema>;

/** A profile no one else can open until it is released. */
export interface HeldProfile {
  /** The browser's own folder of it. */
  path: string;
  release(): void;
}

/**
 * The browser profiles the operator keeps, each a folder `profiles/ID` of their home, closed to everybody else. The folder is not called
 * by the name: a browser's command line can be read by everyone on the machine. Cookies lie in it in plain text.
 */
export class Profiles {
  readonly #root: string;

  constructor(home: string) {
    this.#root = join(home, 'profiles');
  }

  /** By name. */
  list(): Profile[] {
    return this.#all()
      .map(({ id, stored }) => this.#describe(id, stored))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Throws PROFILE_EXISTS, INPUT_INVALID. */
  create(name: string): Profile {
    const checked = this.#newName(name, null);
    ensurePrivateFolder(this.#root);
    const id = randomBytes(8).toString('hex');
    ensurePrivateFolder(join(this.#root, id));
    const stored: Stored = {
      name: checked,
      createdAt: new Date().toISOString(),
      lastUsedAt: null,
      secret: randomBytes(32).toString('hex'),
    };
    this.#write(id, stored);
    return this.#describe(id, stored);
  }

  /** What it is called in cases stays as it is. Throws PROFILE_NOT_FOUND, PROFILE_EXISTS, INPUT_INVALID. */
  rename(name: string, to: string): Profile {
    const { id, stored } = this.#named(name);
    const changed = { ...stored, name: this.#newName(to, id) };
    this.#write(id, changed);
    return this.#describe(id, changed);
  }

  /** Removes it whole. Throws PROFILE_NOT_FOUND, PROFILE_IN_USE. */
  remove(name: string): void {
    const { id } = this.#named(name);
    const lock = this.#lock(id, name);
    try {
      // Out of the list in one step: a removal that is cut short must not leave a profile that looks whole.
      const leaving = join(this.#root, `.removed-${id}`);
      renameSync(join(this.#root, id), leaving);
      rmSync(leaving, { recursive: true, force: true, maxRetries: 5 });
    } finally {
      lock.release();
    }
  }

  /** What a profile is called in a case; a pseudonym that is known here stays as it is. Throws PROFILE_NOT_FOUND. */
  pseudonym(nameOrPseudonym: string, caseId: string): string {
    const known = this.#all().find(({ stored }) => pseudonymOf(stored.secret, caseId) === nameOrPseudonym);
    return known ? nameOrPseudonym : pseudonymOf(this.#named(nameOrPseudonym).stored.secret, caseId);
  }

  /** Takes a profile for one browser. Throws PROFILE_NOT_FOUND, PROFILE_IN_USE; both name the pseudonym, since they are logged. */
  hold(pseudonym: string, caseId: string): HeldProfile {
    const found = this.#all().find(({ stored }) => pseudonymOf(stored.secret, caseId) === pseudonym);
    if (!found) throw new ConstatError('PROFILE_NOT_FOUND', { name: pseudonym });
    const { id, stored } = found;
    const lock = this.#lock(id, pseudonym);
    try {
      const path = join(this.#root, id, 'browser');
      mkdirSync(path, { recursive: true, mode: 0o700 });
      this.#write(id, { ...stored, lastUsedAt: new Date().toISOString() });
      return { path, release: () => lock.release() };
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  #lock(id: string, name: string): WriterLock {
    const lock = WriterLock.acquire(join(this.#root, id));
    if (!lock) throw new ConstatError('PROFILE_IN_USE', { name });
    if (!heldByBrowser(join(this.#root, id, 'browser'))) return lock;
    lock.release();
    throw new ConstatError('PROFILE_IN_USE', { name });
  }

  #describe(id: string, { name, createdAt, lastUsedAt }: Stored): Profile {
    let inUse = false;
    try {
      this.#lock(id, name).release();
    } catch {
      inUse = true;
    }
    return { name, createdAt, lastUsedAt, inUse };
  }

  #newName(name: string, own: string | null): string {
    const checked = profileNameSchema.safeParse(name);
    if (!checked.success)
      throw new ConstatError('INPUT_INVALID', { reason: `“${name}” cannot name a profile` });
    if (this.#all().some(({ id, stored }) => id !== own && same(stored.name, checked.data)))
      throw new ConstatError('PROFILE_EXISTS', { name: checked.data });
    return checked.data;
  }

  #named(name: string): { id: string; stored: Stored } {
    const found = this.#all().find(({ stored }) => same(stored.name, name));
    if (!found) throw new ConstatError('PROFILE_NOT_FOUND', { name });
    return found;
  }

  #all(): { id: string; stored: Stored }[] {
    let entries: string[];
    try {
      entries = readdirSync(this.#root).filter((entry) => /^[0-9a-f]{16}$/.test(entry));
    } catch {
      return [];
    }
    return entries.flatMap((id) => {
      try {
        const text = readFileSync(join(this.#root, id, 'profile.json'), 'utf8');
        return [{ id, stored: storedSchema.parse(JSON.parse(text)) }];
      } catch {
        return [];
      }
    });
  }

  #write(id: string, stored: Stored): void {
    writePrivately(join(this.#root, id, 'profile.json'), `${JSON.stringify(stored, null, 2)}\n`);
  }
}

const same = (one: string, other: string): boolean =>
  one.toLowerCase() === other.trim().normalize('NFC').toLowerCase();
