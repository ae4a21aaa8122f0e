import type { Capture } from '../../../shared/domain/capture.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import type { JsonValue } from '../../../shared/domain/common.ts';

/** What takes the credentials of one capture out of a text. */
export type Scrub = (text: string) => string;

/** The row of a capture for a bundle: its addresses and title without what is left out of the archive. */
export function scrubbedCapture(capture: Capture, scrub: Scrub): Capture {
  const { requestedUrl, finalUrl, title } = capture;
  return { ...capture, requestedUrl: scrub(requestedUrl), finalUrl: scrub(finalUrl), title: scrub(title) };
}

/**
 * The events with the details withheld that hold a credential: those of a capture that goes as a copy and of its job, and of
 * jobs that came to nothing. A detail cannot be changed without ceasing to fit its entry; the entry and its proof stay.
 */
export function withholdDetails(
  events: readonly CustodyEvent[],
  scrubs: ReadonlyMap<string, Scrub>,
): CustodyEvent[] {
  if (scrubs.size === 0) return [...events];
  const ofJob = new Map<unknown, string>();
  const sealedJobs = new Set<unknown>();
  for (const { leaf, detail } of events) {
    if (leaf.type !== 'item.sealed') continue;
    sealedJobs.add(detail?.['jobId']);
    ofJob.set(detail?.['jobId'], leaf.subject.id);
  }
  const every = [...scrubs.values()];
  return events.map((event) => {
    const { subject } = event.leaf;
    if (subject.kind !== 'capture' && subject.kind !== 'job') return event;
    const own = scrubs.get(subject.kind === 'job' ? (ofJob.get(subject.id) ?? '') : subject.id);
    const failed = subject.kind === 'job' && !sealedJobs.has(subject.id);
    const asked = own === undefined ? (failed ? every : []) : [own];
    const holds = asked.some((scrub) => holdsSecret(event.detail, scrub));
    return holds ? { ...event, detail: null, salt: null } : event;
  });
}

function holdsSecret(value: JsonValue, scrub: Scrub): boolean {
  if (typeof value === 'string') return scrub(value) !== value;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => holdsSecret(inner, scrub));
}
