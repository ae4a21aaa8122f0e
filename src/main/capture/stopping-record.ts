import type { Provenance } from '../../shared/domain/provenance.ts';
import type { WaczWriter } from '../archive/wacz/writer.ts';
import type { NoteTaker } from './salvage/note-taker.ts';
import type { Record } from './witness/witness.ts';

/** The archive as a record that ends the capture when it can take no more, whichever step was writing. */
export function stopping(
  archive: WaczWriter,
  stop: AbortController,
  artefacts: Provenance['artefacts'],
  notes: NoteTaker,
): Record {
  const guarded = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      return await work;
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  return {
    exchange: async (exchange) => {
      const written = await guarded(archive.exchange(exchange));
      notes.kept(exchange.url);
      return written;
    },
    resource: async (resource) => {
      const { uri, contentType, payload, tool } = resource;
      const written = await guarded(archive.resource(resource));
      artefacts.push({ uri, contentType, size: payload.size, sha256: payload.sha256, tool: tool ?? null });
      return written;
    },
  };
}
