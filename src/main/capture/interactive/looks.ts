import { z } from 'zod';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { StepOutcome } from '../../../shared/domain/provenance.ts';
import type { ResourceInput } from '../../archive/warc/types.ts';
import { bytesPayload } from '../../archive/payload.ts';
import { allSteps } from '../steps/all-steps.ts';
import { dom } from '../steps/dom.ts';
import { pause, runStep, type StepContext } from '../steps/step.ts';
import { text } from '../steps/text.ts';
import type { Tab, Visit } from './tabs.ts';

/** What was seen of a page without the person's asking. */
export type HeldLook = ResourceInput[];

/** What the looks need of the recording. */
export interface Looker {
  /** For the first page; each look has its own page in it. */
  context: StepContext;
  signal: AbortSignal;
}

const ofPages = new Set<StepOutcome['name']>(['screenshot', 'dom', 'text', 'accessibility', 'mhtml']);
/** Milliseconds for a look the person did not ask for. */
const QUIET = 5000;
/** What one step may take (milliseconds): the person waits for it. */
const LONGEST = 20_000;
/** Milliseconds for a size. */
const ANSWER = 1000;

/** All that an unattended capture keeps of how a page looks. Each outcome says of which page it is. */
export async function wholeLook(looker: Looker, tab: Tab, visit: Visit): Promise<StepOutcome[]> {
  const context = await contextOf(looker, tab, visit);
  const outcomes: StepOutcome[] = [];
  for (const { name, budget, step } of allSteps(context.options, () => noAccount)) {
    if (!ofPages.has(name)) continue;
    const outcome = await runStep(name, Math.min(budget, LONGEST), context, step, looker.signal);
    const of = `Tab ${tab.number}, ${visit.shown}.`;
    outcomes.push({ ...outcome, note: outcome.note === null ? of : `${of} ${outcome.note}` });
  }
  visit.title = context.found.title || visit.title;
  visit.text = context.found.text ?? visit.text;
  visit.look = 'whole';
  visit.held = null;
  return outcomes;
}

/**
 * The view, the document and the text as they are now, held back: they are kept where the page is left and nothing else of it was
 * kept. Changes nothing the page could notice. A page that cannot be looked at is looked at again later.
 */
export async function quietLook(looker: Looker, tab: Tab, visit: Visit): Promise<void> {
  const held: HeldLook = [];
  const context = await contextOf(looker, tab, visit);
  context.record = {
    exchange: (exchange) => looker.context.record.exchange(exchange),
    resource: async (resource) => held.push(resource),
  };
  const view = async () => {
    const { data } = await tab.page.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    await context.record.resource({
      uri: `urn:view:${visit.shown}`,
      contentType: 'image/png',
      payload: bytesPayload(Buffer.from(data, 'base64')),
      time: new Date(),
      pageId: visit.id,
    });
    return { outcome: 'done' as const };
  };
  for (const [name, step] of [
    ['screenshot', view],
    ['dom', dom],
    ['text', text],
  ] as const) {
    const { outcome } = await runStep(name, QUIET, context, step, looker.signal);
    if (outcome === 'failed') return;
  }
  if (tab.visit !== visit) return;
  visit.held = held;
  visit.text = context.found.text;
}

/** Writes down what was held back of a page that was left. */
export async function keepHeld({ context }: Looker, visit: Visit): Promise<void> {
  const held = visit.held ?? [];
  visit.held = null;
  if (held.length === 0 || visit.look !== 'none') return;
  visit.look = 'view';
  for (const resource of held) await context.record.resource(resource);
}

/** The steps of a page that loads nothing ask nothing of the exit. */
const noAccount = { resolved: [], refused: [], failed: [], reached: [] };

async function contextOf({ context }: Looker, tab: Tab, visit: Visit): Promise<StepContext> {
  return {
    ...context,
    page: tab.page,
    url: visit.shown,
    pageId: visit.id,
    options: { ...context.options, viewport: (await viewportOf(tab)) ?? context.options.viewport },
    found: { ...context.found, hasPage: tab.page.url !== null, whyNone: null, title: '', text: null },
  };
}

const sizeSchema = z.object({ width: z.int(), height: z.int(), deviceScaleFactor: z.number() });

/** The real size of a tab's inside (CSS pixels); null where it does not answer. */
export async function viewportOf(
  tab: Tab,
): Promise<(CaptureOptions['viewport'] & { deviceScaleFactor: number }) | null> {
  if (tab.dialog || tab.page.isGone) return null;
  try {
    const asked = tab.page.evaluate(
      '({ width: innerWidth, height: innerHeight, deviceScaleFactor: devicePixelRatio })',
    );
    return sizeSchema.parse(await Promise.race([asked, pause(ANSWER, new AbortController().signal)]));
  } catch {
    return null;
  }
}
