import { ArchiveError } from '../errors.ts';

/** Fields of a WARC record or an HTTP message: in order, repeated ones kept, looked up without regard to case. */
export class Fields {
  readonly list: readonly (readonly [name: string, value: string])[];

  constructor(list: readonly (readonly [string, string])[]) {
    this.list = list;
  }

  /** The first value, or null. */
  get(name: string): string | null {
    const lower = name.toLowerCase();
    return this.list.find(([key]) => key.toLowerCase() === lower)?.[1] ?? null;
  }

  all(name: string): string[] {
    const lower = name.toLowerCase();
    return this.list.filter(([key]) => key.toLowerCase() === lower).map(([, value]) => value);
  }
}

/** Start line and fields of a head that ends with an empty line. Folded lines are joined. Throws ArchiveError about `item`. */
export function parseHead(
  bytes: Uint8Array,
  encoding: 'utf8' | 'latin1',
  item: string,
): { start: string; fields: Fields } {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString(encoding)
    .split('\r\n');
  const list: [string, string][] = [];
  for (const line of lines.slice(1)) {
    if (line === '') break;
    const last = list.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      last[1] = `${last[1]} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) {
      // Servers send such lines; whoever writes a WARC does not.
      if (encoding === 'latin1') continue;
      throw new ArchiveError(item, 'its head has a line that is no field');
    }
    list.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return { start: lines[0] ?? '', fields: new Fields(list) };
}
