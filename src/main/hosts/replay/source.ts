import { openWacz } from '../../archive/wacz/reader.ts';
import { ConstatError } from '../../../shared/problems.ts';
import type { Workspace } from '../../api/workspace.ts';
import type { ReplayGrants } from './grants.ts';

/** What the player has to know of a capture before it reads it. */
export interface ReplayTarget {
  /** Bytes of the WACZ. */
  size: number;
  /** The page to show first, and the 14-digit UTC time at which it was captured. */
  url: string;
  timestamp: string;
}

/** The sealed bytes of the captures that may be replayed, by the name they were granted under. */
export interface ReplaySource {
  /** Null where nothing was granted under that name, or its case was closed since. */
  target(token: string): Promise<ReplayTarget | null>;
  /** Exactly `length` bytes from `offset`. Throws RangeError outside the file. */
  read(token: string, offset: number, length: number): Promise<Uint8Array>;
}

/** Reads from the open cases of a workspace; nothing is copied out of the case and nothing is kept in memory. */
export function workspaceSource(workspace: Workspace, grants: ReplayGrants): ReplaySource {
  function wacz(token: string) {
    const granted = grants.find(token);
    if (!granted) return null;
    try {
      return workspace.waczOf(granted.caseId, granted.captureId);
    } catch (error) {
      if (error instanceof ConstatError) return null;
      throw error;
    }
  }
  const described = new Map<string, ReplayTarget>();
  return {
    async target(token) {
      const blob = wacz(token);
      if (!blob) return null;
      const known = described.get(token);
      if (known) return known;
      const { mainPageUrl, mainPageDate } = (await openWacz(blob)).datapackage;
      const target = { size: blob.size, url: mainPageUrl ?? '', timestamp: timestampOf(mainPageDate ?? '') };
      described.set(token, target);
      return target;
    },
    async read(token, offset, length) {
      const blob = wacz(token);
      if (!blob) throw new RangeError('nothing to replay under that name');
      return blob.read(offset, length);
    },
  };
}

/** `2026-11-22T18:00:00Z` as the 14 digits by which the player finds a page. */
export function timestampOf(instant: string): string {
  return instant.replace(/\D/g, '').slice(0, 14);
}
