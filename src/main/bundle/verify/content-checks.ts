import { isDeepStrictEqual } from 'node:util';
import { actorLedger, standingActors, standingLinks } from '../../../shared/actor-ledger.ts';
import { caseInfoSchema } from '../../../shared/domain/case.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import type { Capture } from '../../../shared/domain/capture.ts';
import { places, prettyJson } from '../layout.ts';
import { exhibitsNamed } from '../report/exhibit.ts';
import type { VerifyContext } from './context.ts';

const [casePath, actorsPath, reportPath] = [
  `data/${places.caseInfo}`,
  `data/${places.actors}`,
  `data/${places.report}`,
];

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

/**
 * The report names the captures that are here and no other. Nothing else of it is recomputed: it is what the signer says,
 * and the message tells a reader so.
 */
export function checkReport(
  context: VerifyContext,
  captures: readonly Pick<Capture, 'exhibit' | 'id'>[],
): void {
  const text = context.text(reportPath);
  if (text === null) return;
  const before = context.failures;
  const [named, here] = [exhibitsNamed(text), captures].map(
    (list) => new Set(list.map(({ exhibit, id }) => `exhibit ${exhibit} (capture ${id})`)),
  );
  for (const one of named ?? [])
    if (!here?.has(one)) context.fail(reportPath, `It names ${one}, which is not in this bundle.`);
  for (const one of here ?? [])
    if (!named?.has(one)) context.fail(reportPath, `It does not name ${one}, which is in this bundle.`);
  if (context.failures === before)
    context.pass(
      reportPath,
      'It names the exhibits that are here. The rest of it is the signer’s own statement and was not recomputed.',
    );
}

/** Whatever nothing accounts for should not be there. */
export function checkNothingElse(context: VerifyContext): void {
  const others = context.tree.files.filter(({ path }) => !context.expected.has(path));
  for (const { path } of others) context.fail(path, 'Nothing in the bundle accounts for this file.');
}
