import { textPayload } from '../../archive/payload.ts';
import { readDocuments, type DocumentRead } from './read-documents.ts';
import { artefactUri, done, type StepContext, type StepResult } from './step.ts';

/**
 * The text of the page as a person can read it, then that of each of its frames under a line that says whose it is, then what lists
 * showed while they were scrolled and have no longer.
 */
export async function text(context: StepContext): Promise<StepResult> {
  const { page, record, pageId, found } = context;
  found.documents ??= await readDocuments(page);
  const read = wholeText(found.documents.documents, found.listed);
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

function wholeText(documents: readonly DocumentRead[], listed: readonly string[]): string {
  const shown = documents
    .filter(({ text: own, isMain }) => isMain || own.trim() !== '')
    .map(({ text: own, url, isMain }) => (isMain ? own : `[Frame: ${url}]\n\n${own}`));
  const known = new Set(linesOf(shown));
  const gone: string[] = [];
  for (const line of linesOf(listed)) {
    if (known.has(line)) continue;
    known.add(line);
    gone.push(line);
  }
  if (gone.length > 0) shown.push(`[Shown by a list while it was scrolled]\n\n${gone.join('\n')}`);
  return shown.join('\n\n');
}

function linesOf(texts: readonly string[]): string[] {
  return texts.flatMap((one) => one.split('\n').map((line) => line.trim())).filter((line) => line !== '');
}
