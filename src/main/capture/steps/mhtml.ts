import { bytesPayload } from '../../archive/payload.ts';
import { artefactUri, done, type StepContext, type StepResult } from './step.ts';

/** Bytes of documents, styles, fonts and pictures beyond which no MHTML is asked for: the browser gives it in one piece. */
const LIMIT = 120_000_000;
const inMhtml = new Set(['Document', 'Stylesheet', 'Image', 'Font']);

/** The page and its pictures, styles and frames as they stand now, in one MHTML file (RFC 2557), as Chromium saves it. */
export async function mhtml(context: StepContext): Promise<StepResult> {
  const { page, witness, record, options, pageId } = context;
  if (!options.mhtml) return { outcome: 'skipped', note: 'Not asked for.' };
  const size = witness
    .accounts()
    .reduce((sum, { type, size: own }) => sum + (inMhtml.has(type) ? (own ?? 0) : 0), 0);
  if (size > LIMIT)
    return {
      outcome: 'partial',
      note: `What the file would hold has ${size} bytes, more than the browser can hand over in one piece; everything in it is in the record.`,
    };
  const { data } = await page.send('Page.captureSnapshot', { format: 'mhtml' });
  await record.resource({
    uri: artefactUri(context, 'mhtml'),
    contentType: 'multipart/related',
    payload: bytesPayload(Buffer.from(data, 'utf8')),
    time: new Date(),
    pageId,
  });
  return done;
}
