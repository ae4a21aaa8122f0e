import type { PageFrame } from '../../page-frame.ts';
import { PageGone } from '../../page.ts';
import { done, pause, seconds, type StepContext, type StepResult } from '../step.ts';
import { move, movedSchema, putBack, survey, surveySchema, type ScrollPart } from './in-page-scroll.ts';
import { ListStates } from './list-states.ts';

/** After a move: quiet for this long, waited for this long at most (milliseconds). */
const QUIET = 50;
const PATIENCE = 1500;
/** At the end of a part: this quiet before it is believed, and the time a slow server is given to add to it. */
const END_QUIET = 250;
const END_PATIENCE = 6000;
/** A document that grows new parts is looked over this often. */
const ROUNDS = 4;
/** Frames beyond this many are not scrolled. */
const FRAMES = 30;
/** Screens one part that goes sideways is followed. */
const SIDEWAYS = 40;

interface Going {
  context: StepContext;
  signal: AbortSignal;
  left: () => number;
  states: ListStates;
  /** What went on beyond the screens the person allowed. */
  unended: boolean;
  moves: number;
}

/**
 * Goes down the page as a reader would, then through what scrolls inside it, sideways as well, and through its frames; each until
 * nothing new comes, `maxScreens` are gone or `scrollTimeout` is over. Then everything is put back. Lists that recycle their rows are
 * kept state by state (`urn:states:URL`).
 */
export async function scroll(context: StepContext, signal: AbortSignal): Promise<StepResult> {
  const { page, witness, options } = context;
  if (options.scrollTimeout === 0) return { outcome: 'skipped', note: 'Not asked for.' };
  const start = performance.now();
  const going: Going = {
    context,
    signal,
    left: () => options.scrollTimeout - (performance.now() - start),
    states: new ListStates(),
    unended: false,
    moves: 0,
  };
  const [main] = await page.documents();
  if (main) await scrollDocument(going, main);
  const frames = (await page.documents()).filter(({ isMain }) => !isMain).slice(0, FRAMES);
  for (const frame of frames) await unlessGone(page.isGone, () => scrollDocument(going, frame));
  if (going.moves > 0) {
    for (const one of [...frames, ...(main ? [main] : [])])
      await unlessGone(page.isGone, () => one.evaluate(putBack));
    await pause(30, signal);
    await witness.traffic.calm(QUIET, Math.max(200, Math.min(PATIENCE, going.left())), signal);
  }
  await going.states.keep(context);
  return resultOf(going);
}

/** Goes over the page once more, for what was opened since: `budget` milliseconds at most. */
export async function scrollOn(context: StepContext, signal: AbortSignal, budget: number): Promise<void> {
  const start = performance.now();
  const [main] = await context.page.documents();
  if (!main) return;
  const states = new ListStates();
  const left = (): number => budget - (performance.now() - start);
  await scrollDocument({ context, signal, left, states, unended: false, moves: 0 }, main);
  await main.evaluate(putBack);
}

function resultOf({ left, unended, states, context: { options, events } }: Going): StepResult {
  const notes: string[] = [];
  const late = left() <= 0;
  if (late)
    notes.push(`Scrolling stopped after ${seconds(options.scrollTimeout)}; the page had more to show.`);
  if (unended)
    notes.push(
      `Scrolling stopped after ${options.maxScreens} screens, as many as were asked for; there was more.`,
    );
  if (states.count > 0) {
    const words = `A list takes rows out of the page while it is scrolled; ${states.count} states of it are kept beside the page${states.limited ? ', then the limit for them was reached' : ''}.`;
    events.note('list', words);
    notes.push(words);
  }
  const outcome = late || unended || states.limited ? 'partial' : 'done';
  return notes.length === 0 ? done : { outcome, note: notes.join(' ') };
}

/** A frame that goes away while it is looked at is no failure; a page that does is one. */
async function unlessGone(pageGone: boolean, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (pageGone || error instanceof PageGone) throw error;
  }
}

async function scrollDocument(going: Going, frame: PageFrame): Promise<void> {
  const seen = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { parts, still } = surveySchema.parse(await frame.evaluate(survey));
    const fresh = parts.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) return;
    if (round === 0 && !frame.isMain) await frame.show();
    for (const part of fresh) {
      if (going.signal.aborted || going.left() <= 0) return;
      seen.add(part.id);
      await scrollPart(going, frame, part, still);
    }
    if (still) return;
  }
}

async function scrollPart(going: Going, frame: PageFrame, part: ScrollPart, still: boolean): Promise<void> {
  const { signal, left, states, context } = going;
  const { traffic } = context.witness;
  const limit = part.across ? SIDEWAYS : context.options.maxScreens;
  const ask = async (where: 'further' | 'start' | 'end') => {
    going.moves += 1;
    const answer = movedSchema.parse(await frame.evaluate(move(part.id, where)));
    for (const rows of answer.left) states.add(frame.url, 'left', rows);
    if (answer.state) states.add(frame.url, 'shown', answer.state);
    return answer;
  };
  let screens = 0;
  let endExtent = -1;
  let rewound = false;
  while (!signal.aborted && left() > 0) {
    if (screens >= limit) {
      if (!part.across) going.unended = true;
      // What is between is left out; what stands at the end is not.
      await ask('end');
      await traffic.calm(QUIET, Math.min(PATIENCE, left()), signal);
      if (rewound) await ask('end');
      return;
    }
    const { moved, extent, recycles } = await ask('further');
    if (recycles && !rewound) {
      // The first rows are gone already: back to them, and down once more with every state kept.
      rewound = true;
      screens = 0;
      await ask('start');
      await traffic.calm(QUIET, Math.min(PATIENCE, left()), signal);
      continue;
    }
    if (moved) {
      screens += 1;
      endExtent = -1;
      await traffic.calm(QUIET, Math.min(PATIENCE, left()), signal);
      continue;
    }
    if (screens === 0 || extent === endExtent) return;
    endExtent = extent;
    if (still) await traffic.calm(0, Math.min(PATIENCE, left()), signal);
    else await traffic.calm(part.root ? END_QUIET : END_QUIET / 2, Math.min(END_PATIENCE, left()), signal);
  }
}
