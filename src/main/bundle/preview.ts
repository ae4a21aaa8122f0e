import type { Capture } from '../../shared/domain/capture.ts';
import type { CustodyEvent } from '../../shared/domain/custody.ts';
import { chooseContents } from './contents.ts';

/** What a preview reads of a case. */
interface PreviewSource {
  captures: { list: () => Capture[] };
  log: { events: () => CustodyEvent[] };
}

/**
 * What an export would hold, before anything is written; `bytes` are those of the archives.
 * Throws NOTHING_TO_EXPORT, CAPTURE_NOT_FOUND.
 */
export function previewBundle(
  { captures, log }: PreviewSource,
  captureIds: readonly string[] | null,
): { captures: number; events: number; actors: number; bytes: number } {
  const chosen = chooseContents(captures.list(), captureIds, log.events());
  const bytes = chosen.captures.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    captures: chosen.captures.length,
    events: chosen.events.length,
    actors: chosen.actors.length,
    bytes,
  };
}
