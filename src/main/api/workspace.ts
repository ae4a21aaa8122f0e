import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { ActorService } from '../actors/service.ts';
import { RecordingNotes } from '../capture/salvage/recording-notes.ts';
import { CaptureService } from '../capture/service.ts';
import { findBrowser } from '../capture/find-browser.ts';
import { Profiles } from '../capture/profiles/profiles.ts';
import { beginCase, ensureEnrolled } from '../custody/begin-case.ts';
import { CustodyLog } from '../custody/log.ts';
import { SeenHeads } from '../custody/seen-heads.ts';
import { loadOrCreateOperatorKey, type OperatorKey } from '../custody/operator-key.ts';
import { BlobStore, type BlobReader } from '../vault/blobs.ts';
import { CaseFile } from '../vault/case-file.ts';
import { Settings } from '../vault/home.ts';
import { JobStore } from '../vault/jobs.ts';
import { OwnQueue } from '../vault/own-queue.ts';
import type { QueueSettings } from '../../shared/domain/capture-queue.ts';
import type { NewCase, OpenCase } from '../../shared/domain/case.ts';
import type { Operator, SystemInfo } from '../../shared/domain/system.ts';
import { ConstatError } from '../../shared/problems.ts';
import { software } from '../../shared/software.ts';

/** Where a host lets a capture be replayed; the command line has no such place. */
export interface ReplayAccess {
  url(caseId: string, captureId: string): string;
}

export interface WorkspaceOptions {
  /** The operator's own folder: key, settings, recent cases. Never part of a case. */
  home: string;
  host: SystemInfo['host'];
  /** How this program is named to a second one that finds the case in use. */
  application?: string;
  replay?: ReplayAccess;
}

/** One open case and the services that work on it. */
export interface OpenedCase {
  file: CaseFile;
  blobs: BlobStore;
  log: CustodyLog;
  captures: CaptureService;
  actors: ActorService;
  seen: SeenHeads;
}

/** What one running Constat has open: the operator's key and settings, and the cases by id. */
export class Workspace {
  readonly host: SystemInfo['host'];
  readonly key: OperatorKey;
  readonly settings: Settings;
  readonly profiles: Profiles;
  readonly replay: ReplayAccess | undefined;
  /** What goes before the operator's settings of the queue, for as long as this runs. */
  queueHere: Partial<QueueSettings> = {};
  readonly #home: string;
  readonly #seenHeads: SeenHeads;
  readonly #application: string;
  readonly #cases = new Map<string, OpenedCase>();
  readonly #seen = new Set<string>();

  constructor(options: WorkspaceOptions) {
    this.host = options.host;
    this.key = loadOrCreateOperatorKey(options.home);
    this.#home = options.home;
    this.settings = new Settings(options.home);
    this.profiles = new Profiles(options.home);
    this.#seenHeads = new SeenHeads(options.home);
    this.replay = options.replay;
    this.#application = options.application ?? `${software.name} (${options.host})`;
  }

  /** The operator as the log names them; without a name of their own, by their key. Never by the machine's account. */
  get operator(): Operator {
    const name = this.settings.operatorName || `Operator ${this.key.fingerprint.slice(7, 15)}`;
    return { name, fingerprint: this.key.fingerprint };
  }

  /** Creates a case file and makes its first two entries in the log. Throws as `CaseFile.create` does. */
  create(path: string, info: NewCase): OpenedCase {
    this.settings.prepareDefaultFolder(path);
    const file = CaseFile.create(path, info, {
      application: this.#application,
      begin: (draft) => beginCase(new CustodyLog(draft, this.key), draft.info, this.operator.name),
    });
    return this.#adopt(file);
  }

  /** Opens a case for writing, or for reading only. A case that is open already is given back as it is. */
  open(path: string, options: { readOnly?: boolean } = {}): OpenedCase {
    const absolute = resolve(path);
    const already = [...this.#cases.values()].find(
      (opened) => realPath(opened.file.path) === realPath(absolute),
    );
    if (already) return already;
    const readOnly = options.readOnly ?? false;
    return this.#adopt(CaseFile.open(absolute, { application: this.#application, readOnly }));
  }

  #adopt(file: CaseFile): OpenedCase {
    try {
      const blobs = new BlobStore(file);
      const log = new CustodyLog(file, this.key);
      const actors = new ActorService({ file, log });
      const captures = new CaptureService({
        file,
        blobs,
        jobs: new JobStore(file),
        log,
        key: this.key,
        operatorName: () => this.operator.name,
        findBrowser,
        profiles: this.profiles,
        own: new OwnQueue(this.#home, file.info.id),
        recordings: new RecordingNotes(this.#home),
        queueSettings: () => ({ ...this.settings.queue, ...this.queueHere }),
      });
      const opened = { file, blobs, log, captures, actors, seen: this.#seenHeads };
      if (!file.readOnly) {
        ensureEnrolled(log, this.operator.name);
        this.#seenHeads.follow(log, file.info.id);
      }
      this.#cases.set(file.info.id, opened);
      if (file.readOnly) return opened;
      this.settings.rememberCase(file.path, file.info.title);
      if (this.host !== 'cli' && this.settings.queue.resumeOwn) void captures.resume({ foreign: false });
      return opened;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The open case of that id. Throws CASE_NOT_OPEN. */
  case(id: string): OpenedCase {
    const opened = this.#cases.get(id);
    if (!opened) throw new ConstatError('CASE_NOT_OPEN');
    return opened;
  }

  /** The sealed WACZ of a capture, for a host's replay. */
  waczOf(caseId: string, captureId: string): BlobReader {
    return this.case(caseId).captures.wacz(captureId);
  }

  /** Notes once per session that a person looked at or replayed a capture. Reading only leaves no note. */
  noteSeen(caseId: string, captureId: string, type: 'item.viewed' | 'item.replayed'): void {
    const { file, log } = this.case(caseId);
    const once = `${type} ${captureId}`;
    if (file.readOnly || this.#seen.has(once)) return;
    log.append({ type, subject: { kind: 'capture', id: captureId }, detail: {} });
    this.#seen.add(once);
  }

  /** What the interface shows of an open case. */
  describe({ file, captures, actors, log }: OpenedCase): OpenCase {
    return {
      ...file.info,
      path: file.path,
      readOnly: file.readOnly,
      sizeBytes: file.sizeBytes,
      captureCount: captures.list().length,
      actorCount: actors.list().length,
      eventCount: log.size,
    };
  }

  /** Stops what runs in a case and lets go of its file. */
  async closeCase(id: string): Promise<void> {
    const opened = this.case(id);
    this.#cases.delete(id);
    await opened.captures.close();
    opened.file.close();
  }

  /** Closes every case. */
  async close(): Promise<void> {
    for (const id of this.#cases.keys()) await this.closeCase(id);
  }

  /** The recent cases, each with whether its file is still there. */
  recent() {
    return this.settings.recentCases().map((recent) => ({ ...recent, exists: existsSync(recent.path) }));
  }
}

/** Two names of one file are one case. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Opens the operator's folder and starts with no case open. Throws KEY_UNUSABLE. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  return new Workspace(options);
}
