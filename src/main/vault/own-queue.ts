import { hash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { idSchema } from '../../shared/domain/common.ts';
import { ensurePrivateFolder, writePrivately } from './home.ts';

/** Lines that say nothing any more, after which the file is written anew. */
const staleLimit = 5000;

/**
 * Which jobs of a case this installation queued itself and has not seen ended: kept in the operator's own folder, because whatever the case
 * says of them may have been written by anybody. Holds identifiers and digests, no address. One writer: whoever has the case open.
 */
export class OwnQueue {
  readonly #folder: string;
  readonly #path: string;
  readonly #known: Map<string, string>;
  #stale = 0;
  #torn: boolean;

  constructor(home: string, caseId: string) {
    this.#folder = join(home, 'queued');
    this.#path = join(this.#folder, `${idSchema.parse(caseId)}.txt`);
    const text = read(this.#path);
    this.#known = parse(text);
    this.#torn = text !== '' && !text.endsWith('\n');
  }

  /** Notes jobs with what each was asked to do. */
  add(jobs: readonly { id: string; request: string }[]): void {
    if (jobs.length === 0) return;
    const lines = jobs.map(({ id, request }) => {
      const digest = digestOf(id, request);
      this.#known.set(id, digest);
      return `+ ${id} ${digest}\n`;
    });
    ensurePrivateFolder(this.#folder);
    if (this.#torn) this.#rewrite();
    else appendFileSync(this.#path, lines.join(''), { mode: 0o600, flush: true });
  }

  /** Whether this installation queued the job, with this request word for word. */
  has(id: string, request: string): boolean {
    return this.#known.get(id) === digestOf(id, request);
  }

  /** Forgets a job that is over. */
  remove(id: string): void {
    if (!this.#known.delete(id)) return;
    this.#stale += 1;
    if (this.#known.size === 0) rmSync(this.#path, { force: true });
    else if (this.#torn || this.#stale >= staleLimit) this.#rewrite();
    else appendFileSync(this.#path, `- ${id}\n`, { mode: 0o600 });
  }

  #rewrite(): void {
    const lines = [...this.#known].map(([id, digest]) => `+ ${id} ${digest}\n`);
    writePrivately(this.#path, lines.join(''));
    this.#stale = 0;
    this.#torn = false;
  }
}

/** The identifier is no secret, but without the case nobody has it: the digest of a known address alone would give it away. */
function digestOf(id: string, request: string): string {
  return hash('sha256', `${id}\n${request}`, 'hex');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Nothing was queued.
    return '';
  }
}

/** A last line cut short by a crash says nothing. */
function parse(text: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, sign, id, digest] = /^([+-]) (\S{36})(?: ([0-9a-f]{64}))?$/.exec(line) ?? [];
    if (sign === '-' && id) known.delete(id);
    else if (id && digest) known.set(id, digest);
  }
  return known;
}
