import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import type { JsonObject, JsonValue } from '../../../shared/domain/common.ts';
import { roleSchema } from '../../../shared/domain/actor.ts';
import { html, shown, type Html } from '../../../shared/html.ts';
import { digest, utc } from './format.ts';
import type { ReportInput } from './input.ts';
import type { ReportStrings } from './strings.ts';

/** One heading of the custody part and the events under it. */
interface Group {
  heading: Html;
  events: CustodyEvent[];
}

/**
 * Custody by item: the case, each exhibit, each actor, earlier bundles, captures that came to nothing. Every group has its
 * heading even where it is empty, because a silent gap would read as “never recorded”.
 */
export function timelineSection(input: ReportInput, say: ReportStrings): Html {
  const groups = grouped(input, say).map(
    ({ heading, events }) =>
      html`<h3>${heading}</h3>
        ${events.length === 0 ? html`<p class="none">${say.nothing}</p>` : table(events, say)}`,
  );
  return html`<p>${say.timelineIntro}</p>
    ${groups}`;
}

function grouped(input: ReportInput, say: ReportStrings): Group[] {
  const left = new Set(input.events);
  const take = (belongs: (event: CustodyEvent) => boolean): CustodyEvent[] => {
    const taken = [...left].filter(belongs);
    for (const event of taken) left.delete(event);
    return taken;
  };
  const jobs = new Map(
    input.events
      .filter(({ leaf }) => leaf.type === 'item.sealed')
      .map(({ leaf, detail }) => [textIn(detail, 'jobId'), leaf.subject.id]),
  );
  const groups: Group[] = [
    {
      heading: html`${say.timelineCase}`,
      events: take(({ leaf }) => leaf.subject.kind === 'case' || leaf.subject.kind === 'operator'),
    },
  ];
  for (const { capture } of input.exhibits) {
    const events = take(
      ({ leaf: { subject } }) =>
        subject.id === capture.id || (subject.kind === 'job' && jobs.get(subject.id) === capture.id),
    );
    groups.push({
      heading: html`${say.exhibit(capture.exhibit)}${say.colon}${shown(capture.title || capture.finalUrl)}`,
      events,
    });
  }
  const named = new Map(input.actors.map((actor) => [actor.id, actor.name]));
  for (const { leaf, detail } of input.events) {
    if (leaf.subject.kind === 'actor' && !named.has(leaf.subject.id))
      named.set(leaf.subject.id, textIn(detail, 'name') ?? leaf.subject.id);
  }
  for (const [id, name] of named) {
    groups.push({
      heading: html`${say.actors}${say.colon}${shown(name)}`,
      events: take(({ leaf }) => leaf.subject.id === id),
    });
  }
  groups.push({
    heading: html`${say.timelineBundles}`,
    events: take(({ leaf }) => leaf.subject.kind === 'bundle'),
  });
  groups.push({ heading: html`${say.timelineOther}`, events: [...left] });
  return groups;
}

function table(events: CustodyEvent[], say: ReportStrings): Html {
  const rows = events.map(
    (event) =>
      html`<tr>
        <td class="count">${event.leaf.seq}</td>
        <td class="moment">${utc(event.leaf.time)}</td>
        <td>${say.events[event.leaf.type]} ${said(event, say)}</td>
      </tr>`,
  );
  return html`<table class="list timeline">
    <thead>
      <tr>
        <th class="count">${say.entry}</th>
        <th>${say.time}</th>
        <th>${say.what}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** What the detail of an event adds to its sentence. */
function said({ leaf, detail }: CustodyEvent, say: ReportStrings): Html | null {
  if (detail === null) return html`<em>${say.withheld}</em>`;
  const text = (name: string): string | null => textIn(detail, name);
  switch (leaf.type) {
    case 'operator.enrolled':
      return html`${shown(text('name') ?? '')} <code>${text('fingerprint')}</code>`;
    case 'capture.requested':
    case 'capture.cancelled':
    case 'capture.interrupted':
      return shown(text('url') ?? '');
    case 'capture.failed':
      return html`${shown(text('url') ?? '')} ${shown(problemIn(detail))}`;
    case 'item.sealed':
      return leaf.evidence && html`SHA-256 ${digest(leaf.evidence.sha256)}`;
    case 'actor.added':
      return html`<strong>${shown(text('name') ?? '')}</strong>`;
    case 'actor.changed':
      return html`<strong>${shown(text('name') ?? '')}</strong>
        ${detail['restored'] === true ? say.eventRestored : null}`;
    case 'actor.linked':
    case 'actor.unlinked': {
      const role = roleSchema.safeParse(detail['role']);
      const note = text('note');
      return say.eventActor(
        html`<strong>${shown(text('actorName') ?? '')}</strong>`,
        html`${role.success ? say.roles[role.data] : ''}`,
        note ? shown(note) : null,
      );
    }
    case 'case.verified':
      return html`${say.eventVerified(detail['ok'] === true)}`;
    case 'export.created': {
      const recipient = text('recipient');
      const captures = Array.isArray(detail['captures']) ? detail['captures'].length : 0;
      return say.eventBundle(captures, recipient ? shown(recipient) : null);
    }
    default:
      return null;
  }
}

function textIn(detail: JsonObject | null, name: string): string | null {
  const value: JsonValue | undefined = detail?.[name];
  return typeof value === 'string' ? value : null;
}

function problemIn(detail: JsonObject): string {
  const { problem } = detail;
  const message =
    typeof problem === 'object' && problem !== null && !Array.isArray(problem) ? problem['message'] : null;
  return typeof message === 'string' ? message : '';
}
