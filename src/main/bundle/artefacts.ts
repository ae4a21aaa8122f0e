import type { RandomAccess } from '../archive/bytes.ts';
import type { CdxEntry } from '../archive/cdx/line.ts';
import { OMISSIONS } from '../archive/redact/redact.ts';
import { openWacz, type WaczReader } from '../archive/wacz/reader.ts';
import { artefactPlaces, type ArtefactPlace } from './layout.ts';

/** Largest single file that is shown beside an archive, in bytes; a larger one is in the archive only. */
const maxArtefact = 256 * 1024 * 1024;

/** A file that stands beside the archive in a bundle, equal to what is sealed inside. */
export interface Artefact {
  kind: ArtefactPlace['kind'] | 'provenance' | 'omissions';
  name: string;
  bytes: Uint8Array;
}

/**
 * Takes out of a WACZ what a bundle shows beside it: the provenance, the pictures, the documents, the text and the logs, one
 * at a time and always in the same order. Writer and verifier both call it. Throws ArchiveError (EVIDENCE_DAMAGED).
 */
export async function* artefactsOf(source: RandomAccess): AsyncGenerator<Artefact> {
  const wacz = await openWacz(source);
  yield {
    kind: 'provenance',
    name: 'provenance.json',
    bytes: await wacz.bytes('evidence/provenance.json', maxArtefact),
  };
  if (wacz.entries().some(({ name }) => name === 'evidence/provenance.html')) {
    yield {
      kind: 'provenance',
      name: 'provenance.html',
      bytes: await wacz.bytes('evidence/provenance.html', maxArtefact),
    };
  }
  if (wacz.entries().some(({ name }) => name === OMISSIONS)) {
    yield { kind: 'omissions', name: 'omissions.json', bytes: await wacz.bytes(OMISSIONS, maxArtefact) };
  }
  const index = await wacz.cdx();
  for (const place of artefactPlaces) yield* artefactsAt(wacz, index, place);
}

async function* artefactsAt(
  wacz: WaczReader,
  index: CdxEntry[],
  place: ArtefactPlace,
): AsyncGenerator<Artefact> {
  const own = index.flatMap(({ url }) => {
    const order = placeOf(url, place);
    return order === null ? [] : [{ url, order }];
  });
  let number = 0;
  for (const { url } of own.toSorted((a, b) => a.order - b.order)) {
    const found = await wacz.resource(url);
    const type = found?.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const ending = Object.hasOwn(place.endings, type) ? place.endings[type] : undefined;
    if (!found || ending === undefined || found.size > maxArtefact) continue;
    number += 1;
    const name = `${place.stem}${number === 1 ? '' : `-${number}`}.${ending}`;
    yield { kind: place.kind, name, bytes: await found.bytes(maxArtefact) };
  }
}

/** 1 for the first of its kind (`urn:dom:`), 2 for `urn:dom-2:` and so on; null for another kind. */
function placeOf(url: string, { uri }: ArtefactPlace): number | null {
  if (url.startsWith(uri)) return 1;
  const start = `${uri.slice(0, -1)}-`;
  const number = url.startsWith(start) ? /^(\d{1,6}):/.exec(url.slice(start.length))?.[1] : undefined;
  return number === undefined ? null : Number(number);
}
