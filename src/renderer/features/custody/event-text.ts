import { roleSchema } from '../../../shared/domain/actor.ts';
import type { JsonValue } from '../../../shared/domain/common.ts';
import type { CustodyEvent, EventType } from '../../../shared/domain/custody.ts';
import { problemSchema, type Problem } from '../../../shared/problems.ts';
import type { Say } from '../../i18n/use-text.tsx';

interface Told {
  /** A field of the detail as text; empty where it is not there. */
  text: (name: string) => string;
  value: (name: string) => JsonValue | undefined;
  t: Say;
  sayProblem: (problem: Problem) => string;
}

function roleName({ value, t }: Told): string {
  const role = roleSchema.safeParse(value('role'));
  return role.success ? t(`role.${role.data}`) : '';
}

const sentences: Record<EventType, (told: Told) => string> = {
  'case.created': ({ t, text }) => t('event.case.created', { title: text('title') }),
  'operator.enrolled': ({ t, text }) =>
    t('event.operator.enrolled', { name: text('name'), fingerprint: text('fingerprint') }),
  'capture.requested': ({ t, text }) => t('event.capture.requested', { url: text('url') }),
  'capture.postponed': ({ t, text, value, sayProblem }) => {
    const problem = problemSchema.safeParse(value('problem'));
    return t('event.capture.postponed', {
      url: text('url'),
      why: problem.success ? sayProblem(problem.data) : '',
    });
  },
  'capture.resumed': ({ t, text }) => t('event.capture.resumed', { url: text('url') }),
  'capture.cancelled': ({ t, text }) => t('event.capture.cancelled', { url: text('url') }),
  'capture.interrupted': ({ t, text }) => t('event.capture.interrupted', { url: text('url') }),
  'capture.failed': ({ t, text, value, sayProblem }) => {
    const problem = problemSchema.safeParse(value('problem'));
    return t('event.capture.failed', {
      url: text('url'),
      why: problem.success ? sayProblem(problem.data) : '',
    });
  },
  'item.sealed': ({ t, text }) => t('event.item.sealed', { exhibit: text('exhibit'), url: text('finalUrl') }),
  'item.viewed': ({ t }) => t('event.item.viewed'),
  'item.replayed': ({ t }) => t('event.item.replayed'),
  'case.verified': ({ t, value }) => t('event.case.verified', { ok: String(value('ok') === true) }),
  'actor.added': ({ t, text }) => t('event.actor.added', { name: text('name') }),
  'actor.changed': ({ t, text, value }) =>
    t(value('restored') === true ? 'event.actor.restored' : 'event.actor.changed', { name: text('name') }),
  'actor.withdrawn': ({ t, text }) => t('event.actor.withdrawn', { name: text('name') }),
  'actor.linked': (told) =>
    told.t('event.actor.linked', { name: told.text('actorName'), role: roleName(told) }),
  'actor.unlinked': (told) =>
    told.t('event.actor.unlinked', { name: told.text('actorName'), role: roleName(told) }),
  'export.created': ({ t, text }) =>
    t('event.export.created', {
      recipient: text('recipient'),
      hasRecipient: String(text('recipient') !== ''),
    }),
};

/** What happened, in one sentence. What was withheld is left out rather than guessed. */
export function eventText(
  { leaf, detail }: CustodyEvent,
  t: Say,
  sayProblem: (problem: Problem) => string,
): string {
  if (detail === null) return t('event.withheld', { what: t(`eventName.${leaf.type}`) });
  const value = (name: string) => detail[name];
  const text = (name: string) => {
    const found = value(name);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  return sentences[leaf.type]({ text, value, t, sayProblem });
}
