import { z } from 'zod';
import { textPayload } from '../../archive/payload.ts';
import { done, type StepContext, type StepResult } from './step.ts';

/** The text of the page as a person can read it. */
export async function text({ page, record, url, pageId, found }: StepContext): Promise<StepResult> {
  const read = z
    .string()
    .parse(
      await page.evaluate(
        'document.body instanceof HTMLElement ? document.body.innerText : (document.documentElement?.textContent ?? "")',
      ),
    );
  await record.resource({
    uri: `urn:text:${page.url ?? url}`,
    contentType: 'text/plain; charset=utf-8',
    payload: textPayload(read),
    time: new Date(),
    pageId,
  });
  found.text = read;
  return done;
}
