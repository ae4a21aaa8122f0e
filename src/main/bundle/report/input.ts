import type { Actor, Link } from '../../../shared/domain/actor.ts';
import type { BundleLanguage } from '../../../shared/domain/bundle.ts';
import type { Capture } from '../../../shared/domain/capture.ts';
import type { CaseInfo } from '../../../shared/domain/case.ts';
import type { Checkpoint, CustodyEvent } from '../../../shared/domain/custody.ts';
import type { Omissions } from '../../../shared/domain/omissions.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import type { ReportStrings } from './strings.ts';

/** A file of an exhibit as the report lists it. */
export interface ExhibitFile {
  kind: keyof ReportStrings['files'];
  name: string;
  size: number;
  sha256: string;
}

/** One capture as the report shows it. */
export interface Exhibit {
  capture: Capture;
  provenance: Provenance;
  /** Folder of its files, relative to the report. */
  folder: string;
  files: ExhibitFile[];
  /** The picture of the window, scaled down, as a `data:` address; null where there is none. */
  picture: string | null;
  /** Of a working copy, what was left out of it; null for a sealed original. */
  omissions: Omissions | null;
}

/** All that a report says. The same input gives the same bytes. */
export interface ReportInput {
  language: BundleLanguage;
  /** The one time in the report that is the export's own. */
  exportedAt: string;
  software: string;
  caseInfo: CaseInfo;
  operator: { name: string; fingerprint: string };
  recipient: string;
  purpose: string;
  /** How many captures the case has, shown here or not. */
  capturesInCase: number;
  exhibits: Exhibit[];
  actors: Actor[];
  links: Link[];
  events: CustodyEvent[];
  origin: string;
  vkey: string;
  checkpoint: Checkpoint;
}
