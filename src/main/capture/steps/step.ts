import type { CaptureOptions, StepName } from '../../../shared/domain/capture-options.ts';
import type { StepOutcome } from '../../../shared/domain/provenance.ts';
import type { EventLog } from '../events.ts';
import type { Egress } from '../guard/egress.ts';
import type { CapturePage } from '../page.ts';
import { PageGone } from '../page.ts';
import type { Record, Witness } from '../witness/witness.ts';
import type { DocumentsRead } from './read-documents.ts';

export interface StepContext {
  page: CapturePage;
  witness: Witness;
  record: Record;
  /** What happens that is no request: clicks of the recorder, dialogs, windows. */
  events: EventLog;
  options: CaptureOptions;
  /** As normalised. */
  url: string;
  pageId: string;
  /** Where what is too large for memory waits until it is in the record. */
  spoolFolder: string;
  /** As the browser calls itself. */
  userAgent: string;
  /** Another exit with the same rules, for what goes out beside the browser; whoever opens it closes it. */
  openExit: () => Promise<Egress>;
  /** Filled by the steps, read by those after them and by the provenance. */
  found: Found;
}

export interface Found {
  /** True once a document of the web is shown; without it there is nothing to look at. */
  hasPage: boolean;
  /** Why there is no page, in words, where that is so. */
  whyNone: string | null;
  title: string;
  /** Address of the picture the page names for itself, or where browsers look for one. */
  icon?: string;
  text: string | null;
  /** The documents of the page and its frames, once they were read. */
  documents: DocumentsRead | null;
  /** What lists showed while they were scrolled, state by state, before they recycled their rows. */
  listed: readonly string[];
}

export interface StepResult {
  outcome: StepOutcome['outcome'];
  note?: string;
}

export type Step = (context: StepContext, signal: AbortSignal) => Promise<StepResult>;

export const done: StepResult = { outcome: 'done' };

/** A failure that ends the whole capture: the job fails, nothing is sealed. */
export class Fatal extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'Fatal';
  }
}

/**
 * Runs one step within its budget (milliseconds). Whatever goes wrong in it is its own outcome; only Fatal and the abort of the
 * whole capture pass through.
 */
export async function runStep(
  name: StepName,
  budget: number,
  context: StepContext,
  step: Step,
  capture: AbortSignal,
): Promise<StepOutcome> {
  const startedAt = new Date();
  const start = performance.now();
  const outcome = ({ outcome: kind, note }: StepResult): StepOutcome => ({
    name,
    outcome: kind,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    note: note ?? null,
  });
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(), budget);
  const aborted = new Promise<StepResult>((resolve, reject) => {
    own.signal.addEventListener(
      'abort',
      () => resolve({ outcome: 'failed', note: `It was not over after ${seconds(budget)}.` }),
      { once: true },
    );
    capture.addEventListener('abort', () => reject(new Fatal(capture.reason)), { once: true });
    if (capture.aborted) reject(new Fatal(capture.reason));
  });
  aborted.catch(() => undefined);
  const lost = context.page.gone.then((reason): never => {
    throw new PageGone(reason);
  });
  lost.catch(() => undefined);
  try {
    const work = step(context, own.signal);
    work.catch(() => undefined);
    return outcome(await Promise.race([work, aborted, lost]));
  } catch (error) {
    if (error instanceof Fatal) throw error;
    return outcome({
      outcome: 'failed',
      note: error instanceof PageGone ? `Not possible: ${error.message}.` : sentence(error),
    });
  } finally {
    clearTimeout(timer);
    own.abort();
  }
}

/** The address in the record of what was made of the page: `urn:KIND:` and the address shown. */
export function artefactUri({ page, url }: StepContext, kind: string): string {
  return `urn:${kind}:${page.url ?? url}`;
}

/** `30 s`, `0.5 s`. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith('.') ? text : `${text}.`;
}

/** Resolves after `milliseconds`, or at once when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
