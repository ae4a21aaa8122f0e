import { bytesPayload } from '../../archive/payload.ts';
import { done, type StepContext, type StepResult } from './step.ts';

/** The page as it prints, in PDF. */
export async function pdf({ page, record, options, url, pageId }: StepContext): Promise<StepResult> {
  if (!options.pdf) return { outcome: 'skipped', note: 'Not asked for.' };
  const { stream } = await page.send('Page.printToPDF', {
    printBackground: true,
    preferCSSPageSize: true,
    transferMode: 'ReturnAsStream',
  });
  if (stream === undefined) throw new Error('the browser gave no PDF');
  const pieces: Buffer[] = [];
  try {
    for (;;) {
      const { data, base64Encoded, eof } = await page.send('IO.read', { handle: stream, size: 1 << 20 });
      if (data !== '') pieces.push(Buffer.from(data, base64Encoded === true ? 'base64' : 'latin1'));
      if (eof) break;
    }
  } finally {
    page.session.tell('IO.close', { handle: stream });
  }
  await record.resource({
    uri: `urn:pdf:${page.url ?? url}`,
    contentType: 'application/pdf',
    payload: bytesPayload(Buffer.concat(pieces)),
    time: new Date(),
    pageId,
  });
  return done;
}
