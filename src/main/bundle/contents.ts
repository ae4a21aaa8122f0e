import { actorLedger, standingActors, standingLinks } from '../../shared/actor-ledger.ts';
import type { Actor, Link } from '../../shared/domain/actor.ts';
import { captureSchema, type Capture } from '../../shared/domain/capture.ts';
import type { CustodyEvent } from '../../shared/domain/custody.ts';
import { ConstatError } from '../../shared/problems.ts';

/** What goes into a bundle. */
export interface Contents {
  captures: Capture[];
  /** All captures of the case are in it, and with them every event. */
  whole: boolean;
  events: CustodyEvent[];
  actors: Actor[];
  links: Link[];
}

/**
 * Chooses what a bundle shows. All captures: the whole log. Some: the events of the case and the operators, those of the
 * captures, of the jobs that made them, and of the actors ever linked to them; nothing that names another capture.
 * Throws NOTHING_TO_EXPORT, CAPTURE_NOT_FOUND.
 */
export function chooseContents(
  all: readonly Capture[],
  wanted: readonly string[] | null,
  log: readonly CustodyEvent[],
): Contents {
  const known = new Map(all.map((capture) => [capture.id, capture]));
  const unknown = wanted?.find((id) => !known.has(id));
  if (unknown !== undefined) throw new ConstatError('CAPTURE_NOT_FOUND', { id: unknown });
  if (all.length === 0 || wanted?.length === 0) throw new ConstatError('NOTHING_TO_EXPORT');
  const chosen = new Set(wanted ?? known.keys());
  const captures = all
    .filter(({ id }) => chosen.has(id))
    // Working copies that lists carry stay behind: what leaves is what was sealed.
    .map((capture) => captureSchema.parse(capture))
    .sort((a, b) => a.exhibit - b.exhibit);
  const whole = chosen.size === all.length;
  const events = whole ? [...log] : about(log, chosen);
  const ledger = actorLedger(events);
  return { captures, whole, events, actors: standingActors(ledger), links: standingLinks(ledger) };
}

function about(log: readonly CustodyEvent[], chosen: ReadonlySet<string>): CustodyEvent[] {
  const jobs = new Set<unknown>();
  const actors = new Set<unknown>();
  for (const { leaf, detail } of log) {
    if (leaf.subject.kind !== 'capture' || !chosen.has(leaf.subject.id)) continue;
    if (leaf.type === 'item.sealed') jobs.add(detail?.['jobId']);
    if (leaf.type === 'actor.linked') actors.add(detail?.['actorId']);
  }
  return log
    .filter(({ leaf: { subject } }) => {
      if (subject.kind === 'case' || subject.kind === 'operator') return true;
      if (subject.kind === 'capture') return chosen.has(subject.id);
      if (subject.kind === 'job') return jobs.has(subject.id);
      return subject.kind === 'actor' && actors.has(subject.id);
    })
    .map(withoutOthers);
}

/** The failures of a verification may name captures that are not shown; the entry stays, its detail does not. */
function withoutOthers(event: CustodyEvent): CustodyEvent {
  const failures = event.leaf.type === 'case.verified' ? event.detail?.['failures'] : undefined;
  return Array.isArray(failures) && failures.length > 0 ? { ...event, detail: null, salt: null } : event;
}
