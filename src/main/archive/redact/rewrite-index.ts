import { type CdxEntry, sortLines } from '../cdx/line.ts';
import { requestQuery } from '../cdx/request-query.ts';
import { surt } from '../cdx/surt.ts';
import { packZipNum } from '../cdx/zipnum.ts';
import { INDEX_BLOCKS, INDEX_PACKED, INDEX_PLAIN } from '../wacz/datapackage.ts';
import { storedGzipSync } from './stored-gzip.ts';

/** Where a record of the copy is, for its index line. */
export interface Placed {
  readonly id: string;
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
  readonly recordSha256: string;
  readonly payloadSha256: string | null;
  readonly changed: boolean;
  readonly oldUri: string;
}

/** What was sent for an answer, as far as its index line is made of it. */
export interface Sent {
  readonly method: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Size of an index from which on it is packed in blocks, in bytes; as the writer has it. */
const PACKED_FROM = 50_000;
const PACKED_NAME = INDEX_PACKED.slice(INDEX_PACKED.lastIndexOf('/') + 1);

/**
 * The index of the copy: each line of the sealed one with the new place, length and digests; address and key anew where the
 * address or what was sent is not as it was. `scrub` takes what is known out of fields others may have added.
 */
export function rewriteIndex(
  lines: readonly CdxEntry[],
  placeOf: (line: CdxEntry) => Placed | undefined,
  sentFor: (id: string) => Sent | undefined,
  scrub: (text: string) => string,
): [path: string, bytes: Uint8Array][] {
  const written = lines.map((line) => {
    const placed = placeOf(line);
    const sent = placed && sentFor(placed.id);
    return Buffer.from(rewritten(line, placed, sent, scrub));
  });
  const sorted = sortLines(written);
  const size = sorted.reduce((sum, line) => sum + line.byteLength, 0);
  if (size < PACKED_FROM) return [[INDEX_PLAIN, Buffer.concat(sorted)]];
  const { packed, index } = packZipNum(sorted, PACKED_NAME, undefined, storedGzipSync);
  return [
    [INDEX_PACKED, packed],
    [INDEX_BLOCKS, index],
  ];
}

function rewritten(
  { key, timestamp, ...fields }: CdxEntry,
  placed: Placed | undefined,
  sent: Sent | undefined,
  scrub: (text: string) => string,
): string {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (/^(req|resp)\.http:(.*cookie|.*authorization)$/i.test(name)) continue;
    out[name] = typeof value === 'string' && name !== 'url' ? scrub(value) : value;
  }
  let newKey = scrub(key);
  if (placed !== undefined) {
    out['url'] = placed.uri;
    out['offset'] = placed.offset;
    out['length'] = placed.length;
    if (fields.recordDigest !== undefined) out['recordDigest'] = `sha256:${placed.recordSha256}`;
    if (fields.digest !== undefined && placed.payloadSha256 !== null && placed.changed)
      out['digest'] = `sha256:${placed.payloadSha256}`;
    const moved = placed.uri !== placed.oldUri;
    if (sent !== undefined && fields.method !== undefined) {
      const query = requestQuery(placed.uri, fields.method, sent.contentType, sent.body);
      newKey = surt(query?.url ?? placed.uri);
      if (query !== null) out['requestBody'] = query.requestBody;
    } else if (moved) newKey = surt(placed.uri);
  }
  return `${newKey} ${timestamp} ${JSON.stringify(out)}\n`;
}
