import { textPayload } from '../../archive/payload.ts';
import type { DocumentsRead } from './read-documents.ts';
import { readDocuments } from './read-documents.ts';
import { artefactUri, done, type StepContext, type StepResult } from './step.ts';

/** Each document of the page as it stands after loading, shadow roots included, as HTML: the page itself, then its frames. */
export async function dom(context: StepContext): Promise<StepResult> {
  const { page, record, pageId, found } = context;
  const read = await readDocuments(page);
  found.documents = read;
  const time = new Date();
  for (const [index, { html, url, isMain }] of read.documents.entries()) {
    await record.resource({
      uri: isMain ? artefactUri(context, 'dom') : `urn:dom-${index + 1}:${url}`,
      contentType: 'text/html; charset=utf-8',
      payload: textPayload(html),
      time,
      pageId,
    });
  }
  const lacks = lacking(read);
  return lacks.length === 0 ? done : { outcome: 'partial', note: lacks.join(' ') };
}

function lacking({ documents, unread, leftOut }: DocumentsRead): string[] {
  const lacks = documents
    .filter(({ searched }) => !searched)
    .map(
      ({ url, elements }) =>
        `${url} has ${elements} elements; closed shadow roots were not looked for in it.`,
    );
  if (unread.length > 0)
    lacks.push(
      `${unread.length === 1 ? 'A frame' : `${unread.length} frames`} did not answer: ${unread.slice(0, 5).join(', ')}.`,
    );
  if (leftOut > 0) lacks.push(`The page has ${leftOut} more frames, which were left out.`);
  return lacks;
}
