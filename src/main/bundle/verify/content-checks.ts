import { isDeepStrictEqual } from 'node:util';
import { actorLedger, standingActors, standingLinks } from '../../../shared/actor-ledger.ts';
import { caseInfoSchema } from '../../../shared/domain/case.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import { places, prettyJson } from '../layout.ts';
import type { VerifyContext } from './context.ts';

const [casePath, actorsPath] = [`data/${places.caseInfo}`, `data/${places.actors}`];

/** `case.json` is what the log says was created. Gives the title. */
export function checkCase(context: VerifyContext, events: readonly CustodyEvent[]): string | null {
  const created = events.find(({ leaf }) => leaf.type === 'case.created');
  const info = caseInfoSchema.safeParse(created?.detail);
  const text = context.text(casePath);
  const shown =
    text === null ? null : context.attempt(casePath, () => caseInfoSchema.parse(JSON.parse(text)));
  if (!info.success) context.fail(casePath, 'The log has no entry of the creation of the case.');
  else if (shown && !sameInfo(shown, info.data, text))
    context.fail(casePath, 'It is not what the log says of the case.');
  else if (shown) context.pass(casePath, 'What is said of the case is what the log says.');
  return info.success ? info.data.title : null;
}

type Info = ReturnType<typeof caseInfoSchema.parse>;

/** In the order of the schema's members, so that the text has one form. */
function sameInfo(shown: Info, said: Info, text: string | null): boolean {
  return text === prettyJson(shown) && isDeepStrictEqual(shown, said);
}

/** `actors.json` is what the actor events shown here add up to. */
export function checkActors(context: VerifyContext, events: readonly CustodyEvent[]): void {
  const ledger = actorLedger(events);
  for (const message of ledger.problems) context.fail('actor events', `They do not add up: ${message}.`);
  const before = context.failures;
  const expected = prettyJson({ actors: standingActors(ledger), links: standingLinks(ledger) });
  context.same(actorsPath, expected, 'It is not what the entries shown here say of actors and links.');
  if (context.failures === before)
    context.pass(
      actorsPath,
      `${ledger.actors.size} actors and ${ledger.links.size} links are what the entries shown here say.`,
    );
}

/** Whatever nothing accounts for should not be there. */
export function checkNothingElse(context: VerifyContext): void {
  const others = context.tree.files.filter(({ path }) => !context.expected.has(path));
  for (const { path } of others) context.fail(path, 'Nothing in the bundle accounts for this file.');
}
