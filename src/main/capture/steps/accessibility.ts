import { BodySpool } from '../../archive/body-spool.ts';
import type { Protocol } from '../cdp/protocol.ts';
import { inEachFrame, MANY_FRAMES } from '../frames.ts';
import { artefactUri, done, type StepContext, type StepResult } from './step.ts';

/** Elements of the page beyond which its tree is not asked for: the browser gives it in one piece. */
const MANY_ELEMENTS = 150_000;

/** What the browser tells a screen reader of each document: roles, names, values, states. One JSON object, a frame a line. */
export async function accessibility(context: StepContext): Promise<StepResult> {
  const { page, record, options, pageId, spoolFolder, found } = context;
  if (!options.accessibility) return { outcome: 'skipped', note: 'Not asked for.' };
  const elements = (found.documents?.documents ?? []).reduce((sum, { elements: own }) => sum + own, 0);
  if (elements > MANY_ELEMENTS)
    return { outcome: 'partial', note: `The page has ${elements} elements; its tree was not asked for.` };
  const frames = (await page.documents()).slice(0, MANY_FRAMES);
  const trees = await inEachFrame(page, frames, async ({ session, frameId }) => {
    const { nodes } = await session.send('Accessibility.getFullAXTree', { frameId });
    session.tell('Accessibility.disable');
    return nodes;
  });
  const spool = new BodySpool(spoolFolder);
  try {
    spool.write(Buffer.from('{"frames":[\n'));
    let lacking = 0;
    for (const [index, { url }] of frames.entries()) {
      const nodes = trees[index] ?? null;
      if (!nodes) lacking += 1;
      const line = JSON.stringify({ url, nodes: nodes?.map(forReading) ?? null });
      spool.write(Buffer.from(`${line}${index + 1 < frames.length ? ',' : ''}\n`, 'utf8'));
    }
    spool.write(Buffer.from(']}\n'));
    await record.resource({
      uri: artefactUri(context, 'accessibility'),
      contentType: 'application/json',
      payload: spool.finish(),
      time: new Date(),
      pageId,
    });
    if (lacking === 0) return done;
    return {
      outcome: 'partial',
      note: `${lacking === 1 ? 'A frame' : `${lacking} frames`} did not answer.`,
    };
  } finally {
    spool.discard();
  }
}

/** Without the browser's own numbers of nodes, which mean nothing outside of it. */
function forReading(node: Protocol.Accessibility.AXNode): object {
  return { ...node, backendDOMNodeId: undefined };
}
