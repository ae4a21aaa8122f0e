/** What `bagit.txt` declares. */
export interface BagDeclaration {
  version: string;
  encoding: TagEncoding;
}

type TagEncoding = 'utf-8' | 'iso-8859-1' | 'utf-16';

/** Labels and values of `bag-info.txt`, in order; a label may come more than once. */
export type BagInfo = [label: string, value: string][];

const known = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'];

/**
 * Reads `bagit.txt` (RFC 8493 2.1.1): two lines, UTF-8 without a byte order mark, and in 1.0 not one blank more.
 * Gives the declaration or, as a string, why it is none.
 */
export function readDeclaration(bytes: Uint8Array): BagDeclaration | string {
  const text = Buffer.from(bytes).toString('utf8');
  if (text.startsWith('\u{FEFF}')) return 'it begins with a byte order mark';
  const [first = '', second = '', ...rest] = text.split(/\r\n|\r|\n/);
  const version = /^BagIt-Version:[ \t]*(\d+\.\d+)[ \t]*$/.exec(first)?.[1];
  if (version === undefined) return 'its first line does not give a BagIt version';
  if (!known.includes(version)) return `BagIt ${version} is not known here`;
  const encoding = /^Tag-File-Character-Encoding:[ \t]*(\S+)[ \t]*$/.exec(second)?.[1]?.toLowerCase();
  if (encoding === undefined) return 'its second line does not give a character encoding';
  if (encoding !== 'utf-8' && encoding !== 'iso-8859-1' && encoding !== 'utf-16')
    return `the encoding ${encoding} is not known here`;
  if (rest.some((line) => line !== '')) return 'it has more than two lines';
  if (version === '1.0') {
    if (!/^BagIt-Version: \d/.test(first) || /\s$/.test(first))
      return 'its first line has blanks that BagIt 1.0 does not allow';
    if (!/^Tag-File-Character-Encoding: \S+$/.test(second))
      return 'its second line has blanks that BagIt 1.0 does not allow';
  }
  return { version, encoding };
}

/** Text of a tag file in the declared encoding; null where the bytes are not in it. */
export function decodeTagFile(bytes: Uint8Array, encoding: TagEncoding): string | null {
  try {
    if (encoding === 'iso-8859-1') return Buffer.from(bytes).toString('latin1');
    if (encoding === 'utf-8') return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const little = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(little ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Reads `bag-info.txt`: `Label: value`, continued by lines that begin with a blank (RFC 8493 2.2.2). */
export function readBagInfo(text: string): BagInfo {
  const info: BagInfo = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const last = info.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] += ` ${line.trim()}`;
    else {
      const colon = line.indexOf(':');
      if (colon > 0) info.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
  }
  return info;
}

/** Writes `bag-info.txt`. A value can hold anything: line ends and controls become blanks, so none can add a label. */
export function formatBagInfo(info: BagInfo): string {
  return info.map(([label, value]) => `${label}: ${onOneLine(value)}\n`).join('');
}

function onOneLine(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
