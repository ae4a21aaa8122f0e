import type { Provenance } from '../../shared/domain/provenance.ts';
import type { PageInput } from '../archive/wacz/pages.ts';
import type { WaczWriter } from '../archive/wacz/writer.ts';
import { provenanceHtml } from './provenance-html/page.ts';
import type { StepContext } from './steps/step.ts';

/** Adds the pages, the account in both its forms and everything else that makes the archive whole. */
export async function finishArchive(
  archive: WaczWriter,
  provenance: Provenance,
  date: Date,
  pages: readonly PageInput[],
): Promise<void> {
  const { url, page, verdict } = provenance;
  for (const row of pages) archive.page(row);
  archive.extra('evidence/provenance.json', Buffer.from(JSON.stringify(provenance, null, 2), 'utf8'));
  archive.extra('evidence/provenance.html', Buffer.from(provenanceHtml(provenance), 'utf8'));
  await archive.finish({
    title: page.title === '' ? url.final : page.title,
    description: `${verdict.state}. The account of this capture is in evidence/provenance.html.`,
    mainPageUrl: url.final,
    mainPageDate: date,
  });
}

/** The row of pages.jsonl for a capture of one page; `date` is that of its own record. */
export function pageOf(
  { url, page, captureId, exchanges }: Provenance,
  date: Date,
  { text, icon }: Pick<StepContext['found'], 'text' | 'icon'>,
): PageInput {
  const hasIcon = exchanges.some((exchange) => exchange.url === icon && exchange.status === 200);
  return {
    ...(hasIcon ? { favIconUrl: icon } : {}),
    id: captureId,
    url: url.final,
    ts: date,
    ...(page.title === '' ? {} : { title: page.title }),
    ...(page.status === null ? {} : { status: page.status }),
    ...(page.mimeType === null ? {} : { mime: page.mimeType }),
    ...(text === null ? {} : { text }),
  };
}
