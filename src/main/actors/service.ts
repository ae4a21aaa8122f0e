import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import type { CustodyLog } from '../custody/log.ts';
import type { CaseFile } from '../vault/case-file.ts';
import { standingActors, standingLinks, type LedgerActor } from '../../shared/actor-ledger.ts';
import {
  actorInputSchema,
  type Actor,
  type ActorInput,
  type Handle,
  type Link,
  type Role,
} from '../../shared/domain/actor.ts';
import type { JsonObject } from '../../shared/domain/common.ts';
import { ConstatError } from '../../shared/problems.ts';
import { findActor } from './find-actor.ts';
import { ActorStore } from './store.ts';

/**
 * Who is behind what was captured: actors, their handles, and what joins them to captures. Each change and its entry in
 * the custody log are one transaction; nothing is ever deleted, and what changes nothing is no entry.
 * Every method that changes throws what `CaseFile.transaction` throws (CASE_READ_ONLY, DISK_FULL …).
 */
export class ActorService {
  readonly #file: CaseFile;
  readonly #log: CustodyLog;
  readonly #store: ActorStore;

  constructor({ file, log }: { file: CaseFile; log: CustodyLog }) {
    this.#file = file;
    this.#log = log;
    this.#store = new ActorStore(file);
  }

  /** Actors that stand, by name, each with the number of captures it is linked to. */
  list(): Actor[] {
    return standingActors(this.#store.ledger());
  }

  /** The actor meant by an identifier, its beginning, a name or a handle. Throws ACTOR_NOT_FOUND, ACTOR_AMBIGUOUS. */
  find(nameOrId: string): Actor {
    return findActor(this.list(), nameOrId);
  }

  /** Adds an actor. Throws INPUT_INVALID. */
  add(input: ActorInput): Actor {
    const said = understood(input);
    return this.#file.transaction(() => {
      const time = new Date().toISOString();
      const actor: LedgerActor = { ...said, id: uuid(), createdAt: time, withdrawnAt: null };
      this.#log.append({
        type: 'actor.added',
        subject: { kind: 'actor', id: actor.id },
        detail: detailOf(actor),
        time,
      });
      this.#store.insert(actor);
      return this.#listed(actor.id);
    });
  }

  /** Changes an actor to what is given; the same again is no event. Throws ACTOR_NOT_FOUND, INPUT_INVALID. */
  change(actorId: string, input: ActorInput): Actor {
    const said = understood(input);
    return this.#file.transaction(() => {
      const before = this.#standing(actorId);
      const after: LedgerActor = { ...before, ...said };
      if (!isDeepStrictEqual(detailOf(before), detailOf(after))) {
        this.#log.append({
          type: 'actor.changed',
          subject: { kind: 'actor', id: actorId },
          detail: detailOf(after),
        });
        this.#store.update(after);
      }
      return this.#listed(actorId);
    });
  }

  /** Takes an actor and its links out of the lists; the log and the tables keep both. Throws ACTOR_NOT_FOUND. */
  withdraw(actorId: string): void {
    this.#file.transaction(() => {
      const actor = this.#standing(actorId);
      const leaf = this.#log.append({
        type: 'actor.withdrawn',
        subject: { kind: 'actor', id: actorId },
        detail: { id: actorId, name: actor.name },
      });
      this.#store.update({ ...actor, withdrawnAt: leaf.time });
    });
  }

  /** The way back from `withdraw`; the links come back too. Restoring what stands is no event. Throws ACTOR_NOT_FOUND. */
  restore(actorId: string): Actor {
    return this.#file.transaction(() => {
      const actor = this.#store.ledger().actors.get(actorId);
      if (!actor) throw new ConstatError('ACTOR_NOT_FOUND', { id: actorId });
      if (actor.withdrawnAt !== null) {
        const detail = { ...detailOf(actor), restored: true };
        this.#log.append({ type: 'actor.changed', subject: { kind: 'actor', id: actorId }, detail });
        this.#store.update({ ...actor, withdrawnAt: null });
      }
      return this.#listed(actorId);
    });
  }

  /**
   * Joins captures to an actor, all or none of them. A capture joined already in that role is passed over; where it is
   * the only one asked for, LINK_EXISTS. Gives the new links. Throws ACTOR_NOT_FOUND, CAPTURE_NOT_FOUND, INPUT_INVALID.
   */
  link(captureIds: readonly string[], actorId: string, role: Role, note = ''): Link[] {
    const wanted = [...new Set(captureIds)];
    const said = composedText(note.trim());
    if (said.length > 4000)
      throw new ConstatError('INPUT_INVALID', { reason: 'a note has at most 4000 characters' });
    return this.#file.transaction(() => {
      const actor = this.#standing(actorId);
      for (const id of wanted)
        if (!this.#store.captureExists(id)) throw new ConstatError('CAPTURE_NOT_FOUND', { id });
      const joined = new Set(
        this.links()
          .filter((link) => link.actorId === actorId && link.role === role)
          .map((link) => link.captureId),
      );
      const fresh = wanted.filter((id) => !joined.has(id));
      if (wanted.length === 1 && fresh.length === 0) {
        throw new ConstatError('LINK_EXISTS', { actor: actor.name, role });
      }
      return fresh.map((captureId) => this.#join(captureId, actor, role, said));
    });
  }

  #join(captureId: string, actor: LedgerActor, role: Role, note: string): Link {
    const time = new Date().toISOString();
    const link: Link = {
      id: uuid(),
      captureId,
      actorId: actor.id,
      role,
      note,
      createdAt: time,
    };
    this.#log.append({
      type: 'actor.linked',
      subject: { kind: 'capture', id: captureId },
      detail: {
        linkId: link.id,
        captureId,
        actorId: actor.id,
        actorName: actor.name,
        role,
        note,
        createdAt: time,
      },
      time,
    });
    this.#store.insertLink(link);
    return link;
  }

  /** Takes a link away; the log keeps it. Throws LINK_NOT_FOUND. */
  unlink(linkId: string): void {
    this.#file.transaction(() => {
      const ledger = this.#store.ledger();
      const link = standingLinks(ledger).find(({ id }) => id === linkId);
      const actor = link ? ledger.actors.get(link.actorId) : undefined;
      if (!link || !actor) throw new ConstatError('LINK_NOT_FOUND', { id: linkId });
      const leaf = this.#log.append({
        type: 'actor.unlinked',
        subject: { kind: 'capture', id: link.captureId },
        detail: {
          linkId,
          captureId: link.captureId,
          actorId: actor.id,
          actorName: actor.name,
          role: link.role,
        },
      });
      this.#store.withdrawLink(linkId, leaf.time);
    });
  }

  /** The links that stand, oldest first; with `captureId`, those of one capture. */
  links(captureId?: string): Link[] {
    return captureId === undefined ? standingLinks(this.#store.ledger()) : this.#store.linksOf(captureId);
  }

  #standing(actorId: string): LedgerActor {
    const actor = this.#store.ledger().actors.get(actorId);
    if (!actor || actor.withdrawnAt !== null) throw new ConstatError('ACTOR_NOT_FOUND', { id: actorId });
    return actor;
  }

  #listed(actorId: string): Actor {
    const actor = this.list().find(({ id }) => id === actorId);
    if (!actor) throw new ConstatError('ACTOR_NOT_FOUND', { id: actorId });
    return actor;
  }
}

/** What was given, checked, in Unicode's composed form, so that the same name is the same bytes whoever typed it. */
function understood(input: ActorInput): ActorInput {
  const read = actorInputSchema.safeParse(input);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConstatError('INPUT_INVALID', {
      reason: issue ? `${issue.path.join('.')}: ${issue.message}` : 'an actor',
    });
  }
  const { kind, name, note, handles } = read.data;
  return { kind, name: composedText(name), note: composedText(note), handles: handles.map(composed) };
}

function composed({ platform, handle, url }: Handle): Handle {
  return { platform: composedText(platform), handle: composedText(handle), url: composedText(url) };
}

/** NFC, and whole characters only: half a surrogate pair has no place in canonical JSON. */
function composedText(text: string): string {
  return text.toWellFormed().normalize('NFC');
}

function detailOf({ id, kind, name, note, handles, createdAt }: LedgerActor): JsonObject {
  return {
    id,
    kind,
    name,
    note,
    createdAt,
    handles: handles.map(({ platform, handle, url }) => ({ platform, handle, url })),
  };
}
