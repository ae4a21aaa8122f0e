import { BodySpool } from '../../archive/body-spool.ts';
import type { Payload } from '../../archive/bytes.ts';
import { artefactUri, done, type StepContext, type StepResult } from './step.ts';

/** Bytes of a PDF beyond which it is not kept. */
const LIMIT = 500_000_000;

/** The page as it prints, in PDF; at no time all of it in memory. */
export async function pdf(context: StepContext, signal: AbortSignal): Promise<StepResult> {
  const { record, options, pageId, spoolFolder } = context;
  if (!options.pdf) return { outcome: 'skipped', note: 'Not asked for.' };
  const spool = new BodySpool(spoolFolder);
  try {
    const payload = await print(context, spool, signal);
    if (payload === null)
      return { outcome: 'partial', note: `The PDF has more than ${LIMIT} bytes and was not kept.` };
    await record.resource({
      uri: artefactUri(context, 'pdf'),
      contentType: 'application/pdf',
      payload,
      time: new Date(),
      pageId,
    });
    return done;
  } finally {
    spool.discard();
  }
}

async function print({ page }: StepContext, spool: BodySpool, signal: AbortSignal): Promise<Payload | null> {
  const { stream } = await page.send('Page.printToPDF', {
    printBackground: true,
    preferCSSPageSize: true,
    transferMode: 'ReturnAsStream',
  });
  if (stream === undefined) throw new Error('the browser gave no PDF');
  try {
    for (;;) {
      const { data, base64Encoded, eof } = await page.send('IO.read', { handle: stream, size: 1 << 20 });
      signal.throwIfAborted();
      spool.write(Buffer.from(data, base64Encoded === true ? 'base64' : 'latin1'));
      if (eof) return spool.finish();
      if (spool.size > LIMIT) return null;
    }
  } finally {
    page.session.tell('IO.close', { handle: stream });
  }
}
