/** Names that Windows keeps for devices, with any extension. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Why a path would lead out of the bag or could do so on some system, in words; null where it stays inside
 * (RFC 8493 5.1; threat T10): absolute, drive, UNC, `~`, `..` and backslashes.
 */
export function escapeFault(path: string): string | null {
  if (path === '') return 'it is empty';
  if (path.includes('\0')) return 'it holds a zero byte';
  if (path.startsWith('/')) return 'it is an absolute path';
  if (/^[A-Za-z]:/.test(path)) return 'it names a drive';
  if (path.includes('\\')) return 'it holds a backslash';
  if (path.startsWith('~')) return 'it begins with ~';
  if (path.split('/').includes('..')) return 'it leads out of the bag';
  return null;
}

/** Why a path cannot be kept under that name on every system, in words; null where it can. */
export function portabilityFault(path: string): string | null {
  if (path.includes('\u{FFFD}')) return 'it is not UTF-8';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(path)) return 'it holds a control character';
  if (/[<>:"|?*]/.test(path)) return 'it holds a character that Windows refuses';
  if (path !== path.normalize('NFC')) return 'it is not in the composed form of Unicode (NFC)';
  if (path.length > 240) return 'it is longer than 240 characters';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') return 'it is not written plainly (“//” or “./”)';
    if (/[. ]$/.test(segment)) return 'it ends in a dot or a space, which Windows drops';
    if (reserved.test(segment)) return 'Windows keeps that name for a device';
  }
  return null;
}

/** One key for all paths that some system takes for the same: case and Unicode form do not count. */
export function collisionKey(path: string): string {
  return path.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

/** Orders paths by their UTF-8 bytes, the same on every machine. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A path as BagIt 1.0 writes it in a manifest: CR, LF and % are percent-encoded, nothing else. */
export function encodeManifestPath(path: string): string {
  return path.replace(/[%\r\n]/g, (char) => ({ '%': '%25', '\r': '%0D', '\n': '%0A' })[char] ?? char);
}

/** The way back. Before 1.0 a `%25` stood for itself. */
export function decodeManifestPath(path: string, version: string): string {
  const pattern = version === '1.0' ? /%(25|0D|0A)/gi : /%(0D|0A)/gi;
  return path.replace(pattern, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
