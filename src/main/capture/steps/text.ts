import { textPayload } from '../../archive/payload.ts';
import { readDocuments, type DocumentRead } from './read-documents.ts';
import { artefactUri, done, type StepContext, type StepResult } from './step.ts';

/** The text of the page as a person can read it, then that of each of its frames under a line that says whose it is. */
export async function text(context: StepContext): Promise<StepResult> {
  const { page, record, pageId, found } = context;
  found.documents ??= await readDocuments(page);
  const read = wholeText(found.documents.documents);
  await record.resource({
    uri: artefactUri(context, 'text'),
    contentType: 'text/plain; charset=utf-8',
    payload: textPayload(read),
    time: new Date(),
    pageId,
  });
  found.text = read;
  return done;
}

function wholeText(documents: readonly DocumentRead[]): string {
  return documents
    .filter(({ text: own, isMain }) => isMain || own.trim() !== '')
    .map(({ text: own, url, isMain }) => (isMain ? own : `[Frame: ${url}]\n\n${own}`))
    .join('\n\n');
}
