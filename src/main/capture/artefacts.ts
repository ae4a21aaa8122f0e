import sharp from 'sharp';
import type { ArtefactKind } from '../../shared/domain/capture.ts';
import { provenanceSchema, type Provenance } from '../../shared/domain/provenance.ts';
import { ConstatError } from '../../shared/problems.ts';
import type { RandomAccess } from '../archive/bytes.ts';
import { openWacz, type WaczReader } from '../archive/wacz/reader.ts';

export interface Artefact {
  mediaType: string;
  /** A file name that says what it is: `fullPage.png`. */
  name: string;
  bytes: Uint8Array;
}

/** How the sealed record names what was made beside the exchanges. */
const prefixes: Record<Exclude<ArtefactKind, 'thumbnail'>, { prefix: string; extension: string }> = {
  screenshot: { prefix: 'urn:view:', extension: 'png' },
  fullPage: { prefix: 'urn:fullPage:', extension: 'png' },
  dom: { prefix: 'urn:dom:', extension: 'html' },
  pdf: { prefix: 'urn:pdf:', extension: 'pdf' },
  text: { prefix: 'urn:text:', extension: 'txt' },
  beforeConsent: { prefix: 'urn:beforeConsent:', extension: 'png' },
  mhtml: { prefix: 'urn:mhtml:', extension: 'mhtml' },
  accessibility: { prefix: 'urn:accessibility:', extension: 'json' },
  console: { prefix: 'urn:console:', extension: 'jsonl' },
  certificates: { prefix: 'urn:certificates:', extension: 'json' },
};
const LIMIT = 500_000_000;
const THUMBNAIL_WIDTH = 480;

/** An artefact out of a sealed archive, its digest checked on the way. Throws ARTEFACT_NOT_FOUND, EVIDENCE_DAMAGED. */
export async function readArtefact(
  source: RandomAccess,
  kind: Exclude<ArtefactKind, 'thumbnail'>,
  item: string,
  finalUrl = '',
): Promise<Artefact> {
  const { prefix, extension } = prefixes[kind];
  return orDamaged(item, async () => {
    const reader = await openWacz(source);
    const resource = await findResource(reader, prefix, finalUrl);
    if (!resource) throw new ConstatError('ARTEFACT_NOT_FOUND', { kind });
    return {
      mediaType: resource.contentType,
      name: `${kind}.${extension}`,
      bytes: await resource.bytes(LIMIT),
    };
  });
}

/** The sealed account of a capture. Throws EVIDENCE_DAMAGED where it is missing or not readable. */
export async function readProvenance(source: RandomAccess, item: string): Promise<Provenance> {
  return orDamaged(item, async () => {
    const reader = await openWacz(source);
    const bytes = await reader.bytes('evidence/provenance.json', LIMIT);
    return provenanceSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  });
}

/** A small picture for lists, made from the sealed screenshot; a working copy. */
export async function makeThumbnail(screenshot: Uint8Array): Promise<Uint8Array> {
  return sharp(screenshot)
    .resize({ width: THUMBNAIL_WIDTH, withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer();
}

/** Of the page the capture is named after, where a recording by hand has several. */
async function findResource(reader: WaczReader, prefix: string, finalUrl: string) {
  const lines = (await reader.cdx()).filter(({ url }) => url.startsWith(prefix));
  const line = lines.find(({ url }) => url === prefix + finalUrl) ?? lines[0];
  return line ? reader.resource(line.url) : null;
}

async function orDamaged<T>(item: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConstatError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConstatError('EVIDENCE_DAMAGED', { item, reason }, { cause: error });
  }
}
