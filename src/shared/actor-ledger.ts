import { z } from 'zod';
import { actorInputSchema, linkSchema, type Actor, type ActorInput, type Link } from './domain/actor.ts';
import { idSchema, instantSchema, type JsonObject } from './domain/common.ts';
import type { CustodyEvent } from './domain/custody.ts';

/** What `actor.added` and `actor.changed` say in full. `restored` marks the return of a withdrawn actor. */
export const actorDetailSchema = actorInputSchema.extend({
  id: idSchema,
  createdAt: instantSchema,
  restored: z.boolean().optional(),
});

/** What `actor.linked` says in full; the name is the actor's at that moment. */
export const linkDetailSchema = linkSchema
  .omit({ id: true })
  .extend({ linkId: idSchema, actorName: z.string() });

const withdrawnDetailSchema = z.object({ id: idSchema, name: z.string() });
const unlinkedDetailSchema = z.object({ linkId: idSchema });

export interface LedgerActor extends ActorInput {
  id: string;
  createdAt: string;
  withdrawnAt: string | null;
}

export interface LedgerLink extends Link {
  withdrawnAt: string | null;
}

/** What the actor events of a log add up to, and what in them does not add up (sentences). */
export interface ActorLedger {
  actors: Map<string, LedgerActor>;
  links: Map<string, LedgerLink>;
  problems: string[];
}

/** An event as far as the ledger needs it. A null detail was withheld and adds nothing. */
export type LedgerEvent = Pick<CustodyEvent, 'detail'> & {
  leaf: Pick<CustodyEvent['leaf'], 'seq' | 'type' | 'time'>;
};

/**
 * Adds up the actor events of a log, in order. The case's tables are compared with it when a case is verified, and a
 * bundle's `actors.json` when a bundle is. Never throws: what cannot be understood is a problem.
 */
export function actorLedger(events: Iterable<LedgerEvent>): ActorLedger {
  const ledger: ActorLedger = { actors: new Map(), links: new Map(), problems: [] };
  for (const { leaf, detail } of events) {
    if (!leaf.type.startsWith('actor.') || detail === null) continue;
    const problem = apply(ledger, leaf.type, leaf.time, detail);
    if (problem !== null) ledger.problems.push(`event ${leaf.seq} (${leaf.type}): ${problem}`);
  }
  return ledger;
}

function apply(ledger: ActorLedger, type: string, time: string, detail: JsonObject): string | null {
  switch (type) {
    case 'actor.added':
    case 'actor.changed':
      return applyActor(ledger, type, detail);
    case 'actor.withdrawn': {
      const said = withdrawnDetailSchema.safeParse(detail);
      const actor = said.success ? ledger.actors.get(said.data.id) : undefined;
      if (!actor || actor.withdrawnAt !== null) return 'it withdraws an actor that is not there';
      actor.withdrawnAt = time;
      return null;
    }
    case 'actor.linked':
      return applyLink(ledger, detail);
    case 'actor.unlinked': {
      const said = unlinkedDetailSchema.safeParse(detail);
      const link = said.success ? ledger.links.get(said.data.linkId) : undefined;
      if (!link || link.withdrawnAt !== null) return 'it takes away a link that is not there';
      link.withdrawnAt = time;
      return null;
    }
    default:
      return 'this kind of event is not known';
  }
}

function applyActor(ledger: ActorLedger, type: string, detail: JsonObject): string | null {
  const said = actorDetailSchema.safeParse(detail);
  if (!said.success) return 'its detail cannot be understood';
  const { restored, ...actor } = said.data;
  const before = ledger.actors.get(actor.id);
  if (type === 'actor.added') {
    if (before) return 'it adds an actor that is there already';
    ledger.actors.set(actor.id, { ...actor, withdrawnAt: null });
    return null;
  }
  if (!before) return 'it changes an actor that was never added';
  if ((before.withdrawnAt !== null) !== (restored === true)) {
    return restored === true
      ? 'it restores an actor that was not withdrawn'
      : 'it changes an actor that was withdrawn';
  }
  if (before.createdAt !== actor.createdAt) return 'it gives the actor another time of creation';
  ledger.actors.set(actor.id, { ...actor, withdrawnAt: null });
  return null;
}

function applyLink(ledger: ActorLedger, detail: JsonObject): string | null {
  const said = linkDetailSchema.safeParse(detail);
  if (!said.success) return 'its detail cannot be understood';
  const { linkId, captureId, actorId, role, note, createdAt } = said.data;
  if (ledger.links.has(linkId)) return 'it makes a link that is there already';
  if (!ledger.actors.has(actorId)) return 'it links an actor that was never added';
  ledger.links.set(linkId, { id: linkId, captureId, actorId, role, note, createdAt, withdrawnAt: null });
  return null;
}

/** The links that stand: neither taken away nor of a withdrawn actor. Oldest first. */
export function standingLinks(ledger: ActorLedger): Link[] {
  return [...ledger.links.values()]
    .filter((link) => link.withdrawnAt === null && ledger.actors.get(link.actorId)?.withdrawnAt === null)
    .map(({ id, captureId, actorId, role, note, createdAt }) => ({
      id,
      captureId,
      actorId,
      role,
      note,
      createdAt,
    }))
    .sort((a, b) => order(a.createdAt, b.createdAt) || order(a.id, b.id));
}

/** The actors that stand, by name, each with the number of captures that standing links join to it. */
export function standingActors(ledger: ActorLedger): Actor[] {
  const captures = new Map<string, Set<string>>();
  for (const link of standingLinks(ledger)) {
    captures.set(link.actorId, (captures.get(link.actorId) ?? new Set()).add(link.captureId));
  }
  return [...ledger.actors.values()]
    .filter((actor) => actor.withdrawnAt === null)
    .map(({ id, kind, name, note, handles, createdAt }) => {
      return { id, kind, name, note, handles, createdAt, captureCount: captures.get(id)?.size ?? 0 };
    })
    .sort((a, b) => order(a.name.toLowerCase(), b.name.toLowerCase()) || order(a.id, b.id));
}

/** By code unit, so that it is the same on every machine. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
