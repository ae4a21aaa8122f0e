import type { RandomAccess } from '../archive/bytes.ts';
import type { Capture } from '../../shared/domain/capture.ts';
import type { CustodyEvent } from '../../shared/domain/custody.ts';
import { chooseContents } from './contents.ts';
import { mayHoldLogin } from './copies/choose-copies.ts';

/** What a preview reads of a case. */
interface PreviewSource {
  captures: { list: () => Capture[]; wacz: (id: string) => RandomAccess };
  log: { events: () => CustodyEvent[] };
}

/**
 * What an export would hold, before anything is written; `bytes` are those of the archives.
 * Throws NOTHING_TO_EXPORT, CAPTURE_NOT_FOUND.
 */
export async function previewBundle(
  { captures, log }: PreviewSource,
  captureIds: readonly string[] | null,
): Promise<{ captures: number; loggedIn: number; events: number; actors: number; bytes: number }> {
  const chosen = chooseContents(captures.list(), captureIds, log.events());
  const bytes = chosen.captures.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let loggedIn = 0;
  for (const { id } of chosen.captures) if (await mayHoldLogin(captures.wacz(id))) loggedIn += 1;
  return {
    captures: chosen.captures.length,
    loggedIn,
    events: chosen.events.length,
    actors: chosen.actors.length,
    bytes,
  };
}
