import type { Provenance, ResourceAccount } from '../../../shared/domain/provenance.ts';
import type { MainDocument } from '../witness/witness.ts';
import { compareDocuments } from './changes/compare-documents.ts';
import type { KeptBodies } from './changes/kept-bodies.ts';
import { calendarWords } from './changes/terms.ts';
import { findPage } from './find-page.ts';

export interface PageAccountInput {
  kept: KeptBodies;
  document: MainDocument | null;
  requestedUrl: string;
  finalUrl: string;
  title: string;
  accounts: readonly ResourceAccount[];
  userAgent: string;
  locale: string;
}

/** What the page was, and what scripts made of the document that was served. Never throws: a failure here must not cost a capture. */
export function accountOfPage(input: PageAccountInput): {
  findings: Provenance['page']['findings'];
  scriptChanges: Provenance['page']['scriptChanges'];
  /** What could not be found out, in sentences. */
  noticed: string[];
} {
  const noticed: string[] = [];
  const attempt = <T>(what: string, otherwise: T, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      noticed.push(
        `${what} could not be found out (${error instanceof Error ? error.message : String(error)}).`,
      );
      return otherwise;
    }
  };
  return {
    findings: attempt('What kind of page it was', [], () => findings(input)),
    scriptChanges: attempt('What scripts changed in the page', null, () => scriptChanges(input)),
    noticed,
  };
}

function findings({ kept, document, requestedUrl, finalUrl, title }: PageAccountInput) {
  const status = document?.status ?? null;
  return findPage({
    requestedUrl,
    finalUrl,
    status,
    headers: document === null ? [] : kept.headers(withoutFragment(document.url), status),
    title,
    text: kept.made('text'),
    html: kept.made('dom'),
  });
}

function scriptChanges({ kept, document, accounts, userAgent, locale }: PageAccountInput) {
  const shown = kept.made('dom');
  if (
    shown === '' ||
    document === null ||
    !/^(?:text\/html|application\/xhtml\+xml)$/i.test(document.mimeType ?? '')
  )
    return null;
  const served = kept.text(withoutFragment(document.url));
  if (served === null) return null;
  return compareDocuments(served, shown, {
    texts: kept.texts(),
    urls: accounts.map(({ url }) => url),
    ambient: [userAgent, ...calendarWords(locale)],
    complete: kept.complete && !accounts.some(mayHoldText),
  });
}

const readable = new Set(['Document', 'XHR', 'Fetch', 'Script', 'EventSource', 'Other']);

/** An answer that a script of the page may have read, and that is not in the record as a whole. */
function mayHoldText({ type, status, sha256, truncated, failure }: ResourceAccount): boolean {
  if (!readable.has(type) || status === null || status < 200 || (status >= 300 && status < 400)) return false;
  return failure !== null && (sha256 === null || truncated === 'length');
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}
