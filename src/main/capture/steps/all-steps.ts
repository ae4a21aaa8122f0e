import { z } from 'zod';
import type { CaptureOptions, StepName } from '../../../shared/domain/capture-options.ts';
import type { EgressAccount } from '../guard/egress.ts';
import { accessibility } from './accessibility.ts';
import { consent } from './consent/consent.ts';
import { dom } from './dom.ts';
import { expand } from './expand.ts';
import { load } from './load.ts';
import { mhtml } from './mhtml.ts';
import { pdf } from './pdf.ts';
import { play } from './play.ts';
import { screenshot } from './screenshot.ts';
import { scroll } from './scroll/scroll.ts';
import { settle } from './settle.ts';
import { sizes } from './sizes/sizes.ts';
import type { Step } from './step.ts';
import { text } from './text.ts';
import { video, VIDEO_BUDGET } from './video.ts';

export interface PlannedStep {
  name: StepName;
  /** Milliseconds. */
  budget: number;
  step: Step;
  /** It runs beside the step after it: they ask different parts of the browser and change nothing on the page. */
  beside?: true;
}

/** What a step may take beyond what it was given to wait. */
const GRACE = 3000;
/** Answering a consent banner. */
const CONSENT = 30_000;
/** Pressing what shows more. */
const OPENING = 20_000;
/** Starting what plays, and asking for pictures of other sizes. */
const PLAYING = 15_000;
const SIZES = 15_000;
/** The pictures of a very high page take a second per 16,000 pixels. */
const PICTURES = 60_000;

/** The steps of a capture, in their order; sealing comes after them. */
export function allSteps(options: CaptureOptions, account: () => EgressAccount): PlannedStep[] {
  return [
    {
      name: 'load',
      budget: options.loadTimeout + GRACE,
      step: (context, signal) => load(context, signal, account),
    },
    { name: 'settle', budget: options.settleTimeout + GRACE, step: settle },
    { name: 'consent', budget: CONSENT, step: ofPage(notForPdf(consent)) },
    { name: 'scroll', budget: options.scrollTimeout + GRACE, step: ofPage(notForPdf(scroll)) },
    {
      name: 'expand',
      budget: OPENING + GRACE,
      step: ofPage(notForPdf((context, signal) => expand(context, signal, OPENING))),
    },
    {
      name: 'play',
      budget: PLAYING + GRACE + 4000,
      step: ofPage(notForPdf((context, signal) => play(context, signal, PLAYING))),
    },
    {
      name: 'sizes',
      budget: SIZES + GRACE + 8000,
      step: ofPage(notForPdf((context, signal) => sizes(context, signal, SIZES))),
    },
    {
      name: 'screenshot',
      budget: PICTURES,
      step: ofPage(withTitle((context, signal) => screenshot(context, signal, PICTURES))),
    },
    { name: 'dom', budget: 20_000, step: ofPage(notForPdf(dom)) },
    { name: 'text', budget: 10_000, step: ofPage(notForPdf(text)), beside: true },
    { name: 'accessibility', budget: 20_000, step: ofPage(notForPdf(accessibility)), beside: true },
    { name: 'mhtml', budget: 30_000, step: ofPage(notForPdf(mhtml)), beside: true },
    { name: 'pdf', budget: 30_000, step: ofPage(notForPdf(pdf)) },
    { name: 'video', budget: VIDEO_BUDGET, step: ofPage(notForPdf(video)) },
  ];
}

/** Where there is no page, there is nothing to look at. */
function ofPage(step: Step): Step {
  return async (context, signal) => {
    if (!context.found.hasPage)
      return { outcome: 'skipped', note: context.found.whyNone ?? 'There was no page.' };
    return step(context, signal);
  };
}

const titleAndIcon = `({
  title: String(document.title),
  icon: document.querySelector('link[rel~="icon" i][href]')?.href ?? new URL('/favicon.ico', location.href).href,
})`;
const titleSchema = z.object({ title: z.string(), icon: z.string() }).catch({ title: '', icon: '' });

/** The title is read with the picture, so that both say the same. */
function withTitle(step: Step): Step {
  return async (context, signal) => {
    const { title, icon } = titleSchema.parse(await context.page.evaluate(titleAndIcon));
    context.found.title = title.slice(0, 1000);
    context.found.icon = icon;
    return step(context, signal);
  };
}

/** A PDF is shown by a page of the browser's own, of which nothing belongs in the record. */
function notForPdf(step: Step): Step {
  return async (context, signal) => {
    if (context.witness.mainDocument()?.mimeType !== 'application/pdf') return step(context, signal);
    return {
      outcome: 'skipped',
      note: 'The address is a PDF document, which is in the record as it was served.',
    };
  };
}
