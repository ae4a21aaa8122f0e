import type { HttpExchange, ResourceInput } from '../../archive/warc/types.ts';
import type { ResourceAccount } from '../../../shared/domain/provenance.ts';
import type { Certificate, Comparison } from '../../../shared/domain/witness.ts';
import type { HostCertificates } from '../certificates.ts';
import type { AnsweredHead } from '../clock-check.ts';

/** Where a witness puts what it saw: the archive that is being written. Calls may overlap. */
export interface Record {
  exchange(exchange: HttpExchange): Promise<unknown>;
  resource(resource: ResourceInput): Promise<unknown>;
}

/** How busy the page is, for steps that wait until it has calmed down. */
export interface Traffic {
  /** Requests that are under way and worth waiting for; endless streams do not count. */
  readonly open: number;
  /** Answers that are over, and bytes of bodies so far. */
  readonly answered: number;
  readonly bytes: number;
  /** Resolves true once nothing was under way for `quiet` milliseconds, false after `budget` milliseconds or on abort. */
  calm(quiet: number, budget: number, signal: AbortSignal): Promise<boolean>;
}

/** The main document as it was received, hop by hop. */
export interface MainDocument {
  hops: { url: string; status: number; location: string }[];
  url: string;
  status: number | null;
  mimeType: string | null;
  /** Of the header of that name: when the server wants to be asked again. */
  retryAfter: string | null;
  requestedAt: Date;
  isDownload: boolean;
}

/**
 * What sees what a page asked for and got. The browser witness listens to the browser (CDP) and is always there; in wire mode it is
 * joined by the one at the egress, which then writes the record, and the two accounts are compared.
 */
export interface Witness {
  readonly kind: 'browser' | 'wire';
  /** What this way of recording shows and does not, in sentences for the provenance. */
  readonly shows: readonly string[];
  readonly doesNotShow: readonly string[];
  readonly traffic: Traffic;
  /** The answer to the navigation with this loader, or the latest one of the main frame. */
  mainDocument(loaderId?: string): MainDocument | null;
  /** Says which frame's documents are the page itself. */
  watchMainFrame(frameId: string): void;
  /** Ends the recording: what is still open is kept as far as it came and marked. Resolves when all of it is in the record. */
  finish(budget: number): Promise<void>;
  /** One entry per request, in the order in which they were made. */
  accounts(): ResourceAccount[];
  /** Heads of the answers servers gave, for the check of this computer's clock. */
  heads(): AnsweredHead[];
  /** The chains the browser shows of the hosts it spoke to over TLS. */
  shownCertificates(): Promise<HostCertificates[]>;
  /** Things out of the ordinary that belong to no single request, in sentences. */
  remarks(): string[];
  /** How the accounts of two witnesses compare; null where there was one. */
  comparison(): Comparison | null;
  /** Certificates as servers sent them, once each; empty where the recorder does not see them. */
  certificates(): Certificate[];
  /** Drops everything at once, after a failure or a cancellation. */
  abandon(): void;
}
