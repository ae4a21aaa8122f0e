import type { Socket } from 'node:net';
import type { ResourceAccount } from '../../../shared/domain/provenance.ts';
import type { Certificate, Comparison } from '../../../shared/domain/witness.ts';
import { ByteBudget } from './browser-witness/budget.ts';
import { WitnessComparison } from './comparison.ts';
import type { SocketEntry } from './browser-witness/socket-log.ts';
import { WireKeeper, type SocketKept } from './wire-keeper.ts';
import { RunAuthority } from './wire-witness/run-authority.ts';
import { WireLog } from './wire-witness/wire-log.ts';
import { WireTap, type Destination } from './wire-witness/wire-tap.ts';
import type { Record } from './witness.ts';

export interface WireRecordingOptions {
  allowBadCertificates: boolean;
  /** PEM certificates that count as roots, in tests. */
  trustedToo?: readonly string[];
  onRefused: (destination: Destination, reason: string) => void;
}

/** The wire witness of one capture, from the key it makes before the browser starts to the account of what it saw. */
export class WireRecording {
  readonly #authority: RunAuthority;
  readonly #options: WireRecordingOptions;
  #parts: { log: WireLog; tap: WireTap; comparison: WitnessComparison; keeper: WireKeeper } | null = null;

  private constructor(authority: RunAuthority, options: WireRecordingOptions) {
    this.#authority = authority;
    this.#options = options;
  }

  static async create(options: WireRecordingOptions): Promise<WireRecording> {
    return new WireRecording(await RunAuthority.create(), options);
  }

  /** What the capture browser is told to trust, and nothing else besides its own rules. */
  get pin(): string {
    return this.#authority.pin;
  }

  /** For the exit: a connection the browser asked for was made. Nothing goes through before `begin`. */
  takeOver(client: Socket, upstream: Socket, to: Destination): void {
    if (this.#parts) {
      this.#parts.tap.join(client, upstream, to);
      return;
    }
    client.destroy();
    upstream.destroy();
  }

  /** Begins to record. */
  begin(to: {
    record: Record;
    spoolFolder: string;
    maxBytes: number;
    pageId: string;
    onFailure: (error: unknown) => void;
  }): WireKeeper {
    const { record, spoolFolder, maxBytes, pageId, onFailure } = to;
    const log = new WireLog(spoolFolder, new ByteBudget(maxBytes), onFailure);
    const tap = new WireTap({ ...this.#options, authority: this.#authority, log });
    const comparison = new WitnessComparison();
    const keeper = new WireKeeper({ record, log, comparison, pageId, spoolFolder });
    this.#parts = { log, tap, comparison, keeper };
    return keeper;
  }

  certificates(): Certificate[] {
    return this.#parts?.tap.certificates ?? [];
  }

  comparison(): Comparison {
    return this.#parts?.comparison.result() ?? { compared: 0, same: 0, differences: [] };
  }

  /** What is out of the ordinary and belongs to no single exchange, in sentences. */
  remarks(): string[] {
    if (!this.#parts) return [];
    const { comparison, log } = this.#parts;
    return [...comparison.remarks(), ...log.remarks()];
  }

  /** Keeps the beginning of a WebSocket the browser told of; null where it did not pass the exit. */
  async keepSocket(socket: SocketEntry): Promise<SocketKept | null> {
    return (await this.#parts?.keeper.keepSocket(socket)) ?? null;
  }

  /** Writes what only the wire saw. */
  async keepRest(): Promise<ResourceAccount[]> {
    return (await this.#parts?.keeper.keepRest()) ?? [];
  }

  abandon(): void {
    this.#parts?.log.abandon();
  }
}
