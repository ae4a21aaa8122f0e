import { isDeepStrictEqual } from 'node:util';
import type { CaseFile } from '../vault/case-file.ts';
import { actorLedger, type LedgerActor, type LedgerLink } from '../../shared/actor-ledger.ts';
import type { Check, CustodyEvent } from '../../shared/domain/custody.ts';
import { ActorStore } from './store.ts';

/** What `auditActors` needs of the verification that calls it. */
interface AuditContext {
  file: CaseFile;
  events: CustodyEvent[];
  report: (check: Check) => void;
}

/**
 * Adds up the actor events of the log and compares the tables with the sum, naming each actor or link that differs. One
 * `pass` where nothing does. An auditor for `verifyCase`; never throws for what it finds.
 */
export function auditActors({ file, events, report }: AuditContext): void {
  const said = actorLedger(events);
  const kept = new ActorStore(file).ledger();
  const differences = [
    ...said.problems.map((message) => ({
      item: 'actor events',
      message: `The log does not add up: ${message}.`,
    })),
    ...compare(said.actors, kept.actors, (actor) => `actor “${actor.name}”`, actorFields),
    ...compare(said.links, kept.links, (link) => linkName(link, said.actors), linkFields),
  ];
  for (const { item, message } of differences) report({ item, status: 'fail', message });
  if (differences.length === 0) {
    const message = `${said.actors.size} actors and ${said.links.size} links are what the log says.`;
    report({ item: 'actors and links', status: 'pass', message });
  }
}

const actorFields = ['kind', 'name', 'note', 'handles', 'createdAt', 'withdrawnAt'] as const;
const linkFields = ['captureId', 'actorId', 'role', 'note', 'createdAt', 'withdrawnAt'] as const;

function linkName(link: LedgerLink, actors: Map<string, LedgerActor>): string {
  return `link of “${actors.get(link.actorId)?.name ?? link.actorId}” to capture ${link.captureId}`;
}

function compare<Item extends object>(
  said: Map<string, Item>,
  kept: Map<string, Item>,
  nameOf: (item: Item) => string,
  fields: readonly (keyof Item & string)[],
): { item: string; message: string }[] {
  const differences: { item: string; message: string }[] = [];
  for (const [id, expected] of said) {
    const found = kept.get(id);
    const item = nameOf(expected);
    if (!found) {
      differences.push({ item, message: 'It is in the log and missing from the case.' });
      continue;
    }
    for (const field of fields) {
      if (isDeepStrictEqual(expected[field], found[field])) continue;
      differences.push({ item, message: `The ${fieldNames[field] ?? field} differs from the log.` });
    }
  }
  for (const [id, found] of kept) {
    if (!said.has(id))
      differences.push({
        item: nameOf(found),
        message: 'It is in the case and no event of the log made it.',
      });
  }
  return differences;
}

const fieldNames: Record<string, string> = {
  handles: 'list of handles',
  createdAt: 'time of creation',
  withdrawnAt: 'time of withdrawal',
  captureId: 'capture',
  actorId: 'actor',
};
