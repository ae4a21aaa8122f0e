import type { InteractiveAccount, SessionEnd } from '../../../shared/domain/interactive.ts';
import type { Provenance, StepOutcome } from '../../../shared/domain/provenance.ts';
import type { PageInput } from '../../archive/wacz/pages.ts';
import type { StepContext } from '../steps/step.ts';
import type { MainDocument } from '../witness/witness.ts';
import { clockJump, type ClockReading } from './clock-watch.ts';
import { keepHeld, quietLook, viewportOf, wholeLook, type Looker } from './looks.ts';
import type { SessionControl } from './session-control.ts';
import type { Tab, Tabs, Visit } from './tabs.ts';

/** What came of a recording by hand. */
export interface Driven {
  steps: StepOutcome[];
  interactive: InteractiveAccount;
  /** For pages.jsonl, the page the capture is named after first. */
  pages: PageInput[];
  /** That page: the last one marked, else the one in front at the end, else the last one opened. Null where none was. */
  main: { url: string; title: string; text: string | null; document: MainDocument | null } | null;
  viewport: Provenance['environment']['viewport'] | null;
}

/** How often (milliseconds) the tabs are asked what they show. */
const TURN = 500;
/** A tab that does not answer within this is asked again next time. */
const PATIENCE = 800;
/** A page is looked at this long after it has loaded, or this long after it was opened where it never does. */
const CALM = 700;
const LATEST = 6000;

/**
 * Records while a person drives the window: opens the address, then only watches, until they finish, close the window, the browser
 * fails or the time is over. Each page they stop at leaves a look behind; what they mark, and what is open at the end, is kept whole.
 */
export async function driveSession(input: {
  context: StepContext;
  tabs: Tabs;
  control: SessionControl;
  signal: AbortSignal;
  /** Milliseconds. */
  limit: number;
}): Promise<Driven> {
  const { context, tabs, control, signal } = input;
  const { events, witness, options } = context;
  const looker: Looker = { context, signal };
  const begun = performance.now();
  const startedAt = new Date();
  control.tell({ startedAt: startedAt.toISOString() });
  events.note('recording-began', 'The window was opened; a person drives it from here on.');
  context.page.session.tell('Page.navigate', { url: context.url, transitionType: 'typed' });

  const steps: StepOutcome[] = [];
  let viewport: Driven['viewport'] = null;
  let endedBy: SessionEnd | null = null;
  let clock = readClocks();
  while (endedBy === null) {
    await control.turn(TURN);
    signal.throwIfAborted();
    clock = watchClock(clock, events);
    await tabs.refresh(PATIENCE);
    signal.throwIfAborted();
    tellState(control, tabs);
    const { front } = tabs;
    if (front) viewport = (await viewportOf(front)) ?? viewport;
    for (const mark of control.takeMarks()) {
      steps.push(...(await markFront(looker, front)));
      mark.resolve();
    }
    await lookQuietly(looker, tabs);
    tellState(control, tabs);
    endedBy = whatEnded(input, begun);
  }
  control.end();
  events.note('recording-ended', endWords[endedBy]);
  steps.unshift(...accountOf(input, endedBy, startedAt, performance.now() - begun));
  const marked = tabs.visits.findLast(({ marked: times }) => times > 0);
  const inFront = tabs.front?.visit;
  // The one in front first: it is as the person left it.
  for (const tab of tabs.open.toSorted((one, other) => other.frontAt - one.frontAt))
    steps.push(...(await lastLook(looker, tab)));
  for (const visit of tabs.visits) await keepHeld(looker, visit);
  if (options.pdf)
    steps.push(skipped('pdf', 'A browser with a window makes no PDF of a page without asking the person.'));

  const main = marked ?? inFront ?? tabs.visits.at(-1) ?? null;
  const documentOf = ({ loaderId }: Visit): MainDocument | null => witness.mainDocument(loaderId);
  return {
    steps,
    viewport,
    interactive: {
      endedBy,
      pages: tabs.visits.map((visit) => ({
        id: visit.id,
        tab: visit.tab,
        url: visit.url,
        shown: visit.shown,
        title: visit.title,
        status: documentOf(visit)?.status ?? null,
        openedAt: visit.openedAt.toISOString(),
        marked: visit.marked,
        look: visit.look,
      })),
    },
    main: main && { url: main.shown, title: main.title, text: main.text, document: documentOf(main) },
    pages: [...tabs.visits]
      .sort((one, other) => Number(other === main) - Number(one === main))
      .map((visit) => pageRow(visit, visit === main ? visit.shown : visit.url, documentOf(visit))),
  };
}

const endWords: Record<SessionEnd, string> = {
  finished: 'The person finished the recording.',
  'window-closed': 'The person closed the window.',
  'browser-gone': 'The browser stopped working.',
  'time-limit': 'The limit of time was reached.',
};

function whatEnded(
  { control, tabs, limit }: Parameters<typeof driveSession>[0],
  begun: number,
): SessionEnd | null {
  if (control.finishing) return control.state.windowClosed ? 'window-closed' : 'finished';
  if (tabs.lost) return 'browser-gone';
  if (performance.now() - begun > limit) return 'time-limit';
  if (tabs.open.length > 0) return null;
  if (control.whenClosed === 'seal') return 'window-closed';
  control.tell({ windowClosed: true });
  return null;
}

function readClocks(): ClockReading {
  return { wall: Date.now(), counted: performance.now() };
}

function watchClock(before: ClockReading, events: StepContext['events']): ClockReading {
  const now = readClocks();
  // A mark or a slow page may hold the loop for a while; only what is far beyond that is worth a word.
  const jump = clockJump(before, now, 120_000);
  if (jump !== null) events.note('clock', jump);
  return now;
}

function tellState(control: SessionControl, { open, front, visits }: Tabs): void {
  control.tell({
    address: front?.visit?.shown ?? null,
    title: front?.title ?? '',
    tabs: open.map((tab) => ({
      address: tab.visit?.shown ?? null,
      title: tab.title,
      front: tab === front,
    })),
    pages: visits.length,
    marked: visits.filter(({ marked }) => marked > 0).length,
  });
}

async function markFront(looker: Looker, tab: Tab | null): Promise<StepOutcome[]> {
  const { events, witness } = looker.context;
  const visit = tab?.visit;
  if (!tab || !visit || tab.dialog || tab.page.isGone) {
    events.note('mark', 'A page was to be marked, but none could be looked at then.');
    return [];
  }
  events.note('mark', `The person marked the page in tab ${tab.number}: ${visit.shown}`);
  visit.marked += 1;
  if (!tab.front) await tab.page.send('Page.bringToFront').catch(() => undefined);
  witness.watchMainFrame(tab.targetId);
  return wholeLook(looker, tab, visit);
}

/** Looks at pages that have calmed down since they were opened. */
async function lookQuietly(looker: Looker, { open, visits }: Tabs): Promise<void> {
  for (const tab of open) {
    const { visit } = tab;
    if (!visit || !tab.front || tab.dialog || tab.page.isGone) continue;
    if (visit.look !== 'none' || visit.held !== null) continue;
    const age = Date.now() - visit.openedAt.getTime();
    if (age > LATEST || (age > CALM && tab.page.loads > visit.loadsBefore))
      await quietLook(looker, tab, visit);
  }
  const shown = new Set(open.map(({ visit }) => visit));
  for (const visit of visits) if (!shown.has(visit)) await keepHeld(looker, visit);
}

/** What is open when the recording ends is kept whole; a tab behind another is brought forward, as a person would. */
async function lastLook(looker: Looker, tab: Tab): Promise<StepOutcome[]> {
  const { visit, page } = tab;
  if (!visit || page.isGone) return [];
  if (tab.dialog) {
    looker.context.events.note(
      'dialog',
      `A dialog was open in tab ${tab.number} at the end; it was dismissed.`,
    );
    await page.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined);
  }
  // A tab behind another is painted by nobody.
  await page.send('Page.bringToFront').catch(() => undefined);
  looker.context.witness.watchMainFrame(tab.targetId);
  return wholeLook(looker, tab, visit);
}

function accountOf(
  { tabs: { visits }, limit }: Parameters<typeof driveSession>[0],
  endedBy: SessionEnd,
  at: Date,
  milliseconds: number,
): StepOutcome[] {
  const count = `${visits.length} ${visits.length === 1 ? 'page' : 'pages'} opened by hand.`;
  const cut: Partial<Record<SessionEnd, string>> = {
    'browser-gone': ' The browser stopped working before the person had finished.',
    'time-limit': ` It ended by itself after ${Math.round(limit / 1000)} s, the limit of time.`,
  };
  return [
    {
      name: 'interact',
      outcome: cut[endedBy] === undefined ? 'done' : 'partial',
      startedAt: at.toISOString(),
      durationMs: Math.round(milliseconds),
      note: count + (cut[endedBy] ?? ''),
    },
  ];
}

function skipped(name: StepOutcome['name'], note: string): StepOutcome {
  return { name, outcome: 'skipped', startedAt: new Date().toISOString(), durationMs: 0, note };
}

function pageRow(
  { id, title, text, openedAt }: Visit,
  url: string,
  document: MainDocument | null,
): PageInput {
  const { status = null, mimeType = null } = document ?? {};
  return {
    id,
    url,
    ts: document?.requestedAt ?? openedAt,
    ...(title === '' ? {} : { title }),
    ...(status === null ? {} : { status }),
    ...(mimeType === null ? {} : { mime: mimeType }),
    ...(text === null ? {} : { text }),
  };
}
