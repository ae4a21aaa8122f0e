import type { QueueSettings } from '../../shared/domain/capture-queue.ts';
import type { WaczSigner } from '../archive/wacz/signature.ts';
import type { CustodyLog } from '../custody/log.ts';
import type { OperatorKey } from '../custody/operator-key.ts';
import type { BlobStore } from '../vault/blobs.ts';
import type { CaseFile } from '../vault/case-file.ts';
import type { JobStore } from '../vault/jobs.ts';
import type { OwnQueue } from '../vault/own-queue.ts';
import type { BrowserFound } from './find-browser.ts';
import type { Profiles } from './profiles/profiles.ts';
import type { Resolver } from './guard/names.ts';
import type { Clock } from './queue/clock.ts';
import type { Network } from './queue/network.ts';
import type { RecordingNotes } from './salvage/recording-notes.ts';

/** What the captures of one case need of the rooms below, and what tests replace. */
export interface CaptureDeps {
  file: CaseFile;
  blobs: BlobStore;
  jobs: JobStore;
  own: OwnQueue;
  recordings: RecordingNotes;
  log: CustodyLog;
  key: OperatorKey;
  operatorName(): string;
  findBrowser(): Promise<BrowserFound>;
  /** The browser profiles the operator keeps on this machine. */
  profiles: Profiles;
  waczSigner?: WaczSigner;
  /** Read anew whenever a capture is about to begin. */
  queueSettings(): QueueSettings;
  /** Replaces the machine's name resolution, in tests. */
  resolver?: Resolver;
  /** Addresses that count as public, in tests. */
  publicToo?: readonly string[];
  /** PEM certificates that count as roots, in tests. */
  trustedToo?: readonly string[];
  /** The time, this computer's network and chance, in tests. */
  clock?: Clock;
  network?: Network;
  random?: () => number;
}
