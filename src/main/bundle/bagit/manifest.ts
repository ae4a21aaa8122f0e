import { byBytes, decodeManifestPath, encodeManifestPath } from './paths.ts';

/** The algorithms a manifest may use, by the name in `manifest-<name>.txt`, with the length of the digest in hex. */
const digestLengths = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha384: 96, sha512: 128 } as const;
export type DigestName = keyof typeof digestLengths;

/** The algorithm that the name of a manifest tells; null where it is not one of ours. */
export function manifestAlgorithm(
  fileName: string,
): { tag: boolean; algorithm: string; known: DigestName | null } | null {
  const found = /^(tag)?manifest-([a-z0-9-]+)\.txt$/.exec(fileName);
  if (!found) return null;
  const algorithm = found[2] ?? '';
  return { tag: found[1] !== undefined, algorithm, known: isDigestName(algorithm) ? algorithm : null };
}

function isDigestName(name: string): name is DigestName {
  return Object.hasOwn(digestLengths, name);
}

export interface ManifestEntry {
  path: string;
  digest: string;
}

export interface ManifestReading {
  entries: ManifestEntry[];
  errors: string[];
  warnings: string[];
}

/**
 * Reads a manifest (RFC 8493 2.1.3). What `md5sum -b` and careless tools write (`*name`, `./name`) is understood with a
 * warning; what cannot be understood is an error of that line. Paths are not judged here.
 */
export function readManifest(text: string, algorithm: DigestName, version: string): ManifestReading {
  const reading: ManifestReading = { entries: [], errors: [], warnings: [] };
  const seen = new Map<string, string>();
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    if (line === '') return;
    const place = `line ${index + 1}`;
    const found = /^([0-9a-fA-F]+)[ \t]+(\S.*)$/.exec(line);
    const digest = found?.[1]?.toLowerCase() ?? '';
    if (!found || digest.length !== digestLengths[algorithm]) {
      reading.errors.push(`${place} is not a ${algorithm} digest and a path`);
      return;
    }
    let path = found[2] ?? '';
    if (path.startsWith('*')) {
      reading.warnings.push(`${place} marks its path with *, as md5sum does`);
      path = path.slice(1);
    }
    if (path.startsWith('./')) {
      reading.warnings.push(`${place} begins its path with ./`);
      path = path.slice(2);
    }
    path = decodeManifestPath(path, version);
    const before = seen.get(path);
    if (before !== undefined) {
      const list = version === '1.0' || before !== digest ? reading.errors : reading.warnings;
      list.push(`“${path}” is listed more than once`);
    }
    seen.set(path, digest);
    reading.entries.push({ path, digest });
  });
  return reading;
}

/** Writes a manifest that `sha256sum -c` and its kin read as it is: digest, two blanks, path, in byte order. */
export function formatManifest(entries: readonly ManifestEntry[]): string {
  return [...entries]
    .sort((a, b) => byBytes(a.path, b.path))
    .map(({ digest, path }) => `${digest}  ${encodeManifestPath(path)}\n`)
    .join('');
}
