import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { queueSettingsSchema, type QueueSettings } from '../../shared/domain/capture-queue.ts';
import { preferencesSchema, type Preferences } from '../../shared/domain/preferences.ts';

/**
 * The operator's own folder: key, settings, what was last seen of each case. Never part of a case and never in a bundle.
 * `CONSTAT_HOME` where set, otherwise the platform's place for configuration. The folder need not exist yet.
 */
export function operatorHome(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['CONSTAT_HOME'];
  if (chosen) return resolve(chosen);
  if (process.platform === 'win32')
    return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Constat');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Constat');
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'constat');
}

/** Makes a folder of the operator's, closed to everybody else. Throws what the file system throws. */
export function ensurePrivateFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o700);
}

/** Writes a file so that at every moment the old or the new one is there whole; mode 0600. */
export function writePrivately(path: string, text: string): void {
  const passing = `${path}.${process.pid}.new`;
  writeFileSync(passing, text, { mode: 0o600, flush: true });
  try {
    renameSync(passing, path);
  } catch (error) {
    rmSync(passing, { force: true });
    throw error;
  }
}

const recentLimit = 20;

const settingsSchema = z.object({
  preferences: preferencesSchema.default(() => preferencesSchema.parse({})),
  queue: queueSettingsSchema.prefault({}),
  operatorName: z.string().default(''),
  recent: z.array(z.object({ path: z.string(), title: z.string(), openedAt: z.string() })).default([]),
});
type SettingsContent = z.infer<typeof settingsSchema>;

/** What the operator set and where their cases are: `settings.json` in their own folder, read anew on every use. */
export class Settings {
  readonly #home: string;
  readonly #path: string;

  constructor(home: string) {
    this.#home = home;
    this.#path = join(home, 'settings.json');
  }

  /** What the operator calls themselves; empty until they said. */
  get operatorName(): string {
    return this.#read().operatorName;
  }

  set operatorName(name: string) {
    this.#change((content) => ({ ...content, operatorName: name.trim() }));
  }

  /** How the interface looks to the operator. */
  get preferences(): Preferences {
    return this.#read().preferences;
  }

  set preferences(preferences: Preferences) {
    this.#change((content) => ({ ...content, preferences }));
  }

  /** How captures are queued. */
  get queue(): QueueSettings {
    return this.#read().queue;
  }

  set queue(queue: QueueSettings) {
    this.#change((content) => ({ ...content, queue }));
  }

  /** Newest first. */
  recentCases(): { path: string; title: string; openedAt: string }[] {
    return this.#read().recent;
  }

  rememberCase(path: string, title: string): void {
    const entry = { path: resolve(path), title, openedAt: new Date().toISOString() };
    this.#change((content) => ({
      ...content,
      recent: [entry, ...content.recent.filter((recent) => recent.path !== entry.path)].slice(0, recentLimit),
    }));
  }

  forgetCase(path: string): void {
    this.#change((content) => ({
      ...content,
      recent: content.recent.filter((recent) => recent.path !== resolve(path)),
    }));
  }

  /** Where cases are put unless the person says otherwise. */
  get defaultFolder(): string {
    return join(homedir(), 'Documents', 'Constat');
  }

  /**
   * Makes the default folder where something is about to be written right into it: it is what is suggested, and on a new machine
   * nobody made it. A folder that cannot be made is left to the writing to report.
   */
  prepareDefaultFolder(path: string): void {
    if (dirname(resolve(path)) !== this.defaultFolder) return;
    try {
      ensurePrivateFolder(this.defaultFolder);
    } catch {
      // The case or the bundle that cannot be written says so with its own path and reason.
    }
  }

  #read(): SettingsContent {
    return parse(readText(this.#path)) ?? settingsSchema.parse({});
  }

  #change(change: (content: SettingsContent) => SettingsContent): void {
    ensurePrivateFolder(this.#home);
    const before = readText(this.#path);
    // Settings that cannot be read are set aside, not lost.
    if (before !== null && parse(before) === null) writePrivately(`${this.#path}.unreadable`, before);
    writePrivately(this.#path, `${JSON.stringify(change(this.#read()), null, 2)}\n`);
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string | null): SettingsContent | null {
  if (text === null) return null;
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
