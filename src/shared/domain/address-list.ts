/** One line of a list that is meant to be an address. */
export interface ListedAddress {
  /** Counted from 1. */
  line: number;
  text: string;
}

/**
 * The addresses of a list as people keep them: one a line, `#` comments and empty lines left out, whichever line ends and byte order
 * mark. Of a table (columns parted by commas, semicolons or tabs) the first column is taken, and a heading that is no address left out.
 */
export function addressesOf(list: string): ListedAddress[] {
  const found: ListedAddress[] = [];
  let parted: RegExp | null = null;
  const lines = list.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/);
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    if (found.length === 0 && parted === null) {
      const [, heading, separator] = /^"?([^",;\t]+)"?\s*([,;\t]|$)/.exec(text) ?? [];
      if (headings.has(heading?.trim().toLowerCase() ?? '')) {
        parted = separator ? new RegExp(`^(.*?)(?:${separator}|$)`) : undecided;
        continue;
      }
    }
    found.push({ line: index + 1, text: firstColumn(text, parted ?? undecided) });
  }
  return found;
}

const headings = new Set('url urls uri address addresses link links adresse adresses lien liens'.split(' '));

/** A comma or semicolon may be part of an address: it parts columns only before what cannot be. */
const undecided = /^(.*?)(?:\t|[,;](?=\s|"|https?:|[,;]|$)|[,;](?=.*\s)|$)/;

function firstColumn(line: string, parted: RegExp): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? parted.exec(line)?.[1] ?? line).trim();
}
