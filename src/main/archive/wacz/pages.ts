/** A page of the archive, for pages.jsonl (reference part 3.4). */
export interface PageInput {
  id: string;
  url: string;
  /** Equal to the WARC-Date of the page's own record, so that players find it. */
  ts: Date;
  title?: string;
  status?: number;
  mime?: string;
  /** Readable text, for the player's search. */
  text?: string;
  [more: string]: unknown;
}

/** The file: a header line, which players drop unread, and a line for each page. */
export function pagesFile(pages: readonly PageInput[]): Uint8Array {
  const hasText = pages.some((page) => typeof page.text === 'string');
  const header = {
    format: 'json-pages-1.0',
    id: 'pages',
    title: 'All Pages',
    ...(hasText ? { hasText: true } : {}),
  };
  const rows = pages.map((page) => ({ ...page, ts: page.ts.toISOString() }));
  return new TextEncoder().encode([header, ...rows].map((row) => `${JSON.stringify(row)}\n`).join(''));
}
