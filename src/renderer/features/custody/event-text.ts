import { problemSchema } from '../../../shared/problems.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import { roleSchema } from '../../../shared/domain/actor.ts';
import type { JsonValue } from '../../../shared/domain/common.ts';
import type { Say } from '../../i18n/use-text.tsx';
import type { Problem } from '../../../shared/problems.ts';

function asText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return '';
}

/** What happened, in one sentence. What was withheld is left out rather than guessed. */
export function eventText(
  { leaf, detail }: CustodyEvent,
  t: Say,
  sayProblem: (problem: Problem) => string,
): string {
  if (detail === null) return t(`event.withheld`, { what: t(`eventName.${leaf.type}`) });
  const text = (name: string) => asText(detail[name]);
  switch (leaf.type) {
    case 'case.created':
      return t('event.case.created', { title: text('title') });
    case 'operator.enrolled':
      return t('event.operator.enrolled', { name: text('name'), fingerprint: text('fingerprint') });
    case 'capture.requested':
    case 'capture.cancelled':
    case 'capture.interrupted':
      return t(`event.${leaf.type}`, { url: text('url') });
    case 'capture.failed': {
      const problem = problemSchema.safeParse(detail['problem']);
      return t('event.capture.failed', {
        url: text('url'),
        why: problem.success ? sayProblem(problem.data) : '',
      });
    }
    case 'item.sealed':
      return t('event.item.sealed', { exhibit: text('exhibit'), url: text('finalUrl') });
    case 'item.viewed':
    case 'item.replayed':
      return t(`event.${leaf.type}`);
    case 'case.verified':
      return t('event.case.verified', { ok: String(detail['ok'] === true) });
    case 'actor.added':
      return t('event.actor.added', { name: text('name') });
    case 'actor.changed':
      return t(detail['restored'] === true ? 'event.actor.restored' : 'event.actor.changed', {
        name: text('name'),
      });
    case 'actor.withdrawn':
      return t('event.actor.withdrawn', { name: text('name') });
    case 'actor.linked':
    case 'actor.unlinked': {
      const role = roleSchema.safeParse(detail['role']);
      return t(`event.${leaf.type}`, {
        name: text('actorName'),
        role: role.success ? t(`role.${role.data}`) : '',
      });
    }
    case 'export.created':
      return t('event.export.created', {
        recipient: text('recipient'),
        hasRecipient: String(text('recipient') !== ''),
      });
  }
}
