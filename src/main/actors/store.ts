import type { CaseFile } from '../vault/case-file.ts';
import { standingLinks, type ActorLedger, type LedgerActor } from '../../shared/actor-ledger.ts';
import type { ActorKind, Handle, Link, Role } from '../../shared/domain/actor.ts';

interface ActorRow {
  id: string;
  kind: ActorKind;
  name: string;
  note: string;
  createdAt: string;
  withdrawnAt: string | null;
}

interface HandleRow extends Handle {
  actorId: string;
}

interface LinkRow {
  id: string;
  captureId: string;
  actorId: string;
  role: Role;
  note: string;
  createdAt: string;
  withdrawnAt: string | null;
}

const actorColumns = `id, kind, name, note, created_at AS createdAt, withdrawn_at AS withdrawnAt`;
const linkColumns = `id, capture_id AS captureId, actor_id AS actorId, role, note,
  created_at AS createdAt, withdrawn_at AS withdrawnAt`;

/** The SQL of the actors' room. Rows are the working copy of what the log says; the service keeps the two in step. */
export class ActorStore {
  readonly #file: CaseFile;

  constructor(file: CaseFile) {
    this.#file = file;
  }

  insert(actor: LedgerActor): void {
    this.#file
      .prepare<[string, string, string, string, string]>(
        'INSERT INTO actor (id, kind, name, note, created_at, withdrawn_at) VALUES (?, ?, ?, ?, ?, NULL)',
      )
      .run(actor.id, actor.kind, actor.name, actor.note, actor.createdAt);
    this.#writeHandles(actor.id, actor.handles);
  }

  update(actor: LedgerActor): void {
    this.#file
      .prepare<[string, string, string, string | null, string]>(
        'UPDATE actor SET kind = ?, name = ?, note = ?, withdrawn_at = ? WHERE id = ?',
      )
      .run(actor.kind, actor.name, actor.note, actor.withdrawnAt, actor.id);
    this.#file.prepare<[string]>('DELETE FROM actor_handle WHERE actor_id = ?').run(actor.id);
    this.#writeHandles(actor.id, actor.handles);
  }

  #writeHandles(actorId: string, handles: readonly Handle[]): void {
    const insert = this.#file.prepare<[string, number, string, string, string]>(
      'INSERT INTO actor_handle (actor_id, position, platform, handle, url) VALUES (?, ?, ?, ?, ?)',
    );
    handles.forEach(({ platform, handle, url }, position) =>
      insert.run(actorId, position, platform, handle, url),
    );
  }

  insertLink(link: Link): void {
    this.#file
      .prepare<[string, string, string, string, string, string]>(
        `INSERT INTO capture_actor (id, capture_id, actor_id, role, note, created_at, withdrawn_at)
         VALUES (?, ?, ?, ?, ?, ?, NULL)`,
      )
      .run(link.id, link.captureId, link.actorId, link.role, link.note, link.createdAt);
  }

  withdrawLink(linkId: string, withdrawnAt: string): void {
    this.#file
      .prepare<[string, string]>('UPDATE capture_actor SET withdrawn_at = ? WHERE id = ?')
      .run(withdrawnAt, linkId);
  }

  captureExists(captureId: string): boolean {
    return this.#file.prepare<[string]>('SELECT 1 FROM capture WHERE id = ?').get(captureId) !== undefined;
  }

  /** Everything, withdrawn ones too, in the shape in which the log adds it up. */
  ledger(): ActorLedger {
    const actors = new Map<string, LedgerActor>();
    for (const row of this.#file
      .prepare<[], ActorRow>(`SELECT ${actorColumns} FROM actor ORDER BY id`)
      .all()) {
      actors.set(row.id, { ...row, handles: [] });
    }
    const handles = this.#file.prepare<[], HandleRow>(
      'SELECT actor_id AS actorId, platform, handle, url FROM actor_handle ORDER BY actor_id, position',
    );
    for (const { actorId, ...handle } of handles.all()) actors.get(actorId)?.handles.push(handle);
    const links = this.#file.prepare<[], LinkRow>(
      `SELECT ${linkColumns} FROM capture_actor ORDER BY created_at, id`,
    );
    return { actors, links: new Map(links.all().map((row) => [row.id, row])), problems: [] };
  }

  /** The standing links of one capture. */
  linksOf(captureId: string): Link[] {
    return standingLinks(this.ledger()).filter((link) => link.captureId === captureId);
  }
}
