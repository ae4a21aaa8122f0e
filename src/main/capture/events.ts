import type { Provenance } from '../../shared/domain/provenance.ts';

export type CaptureEvent = Provenance['events'][number];

/** A page that raises the same thing over and over is not written down for ever. */
const MANY = 1000;

/** What happened during a capture that was no request, in order: it goes into the provenance. */
export class EventLog {
  readonly #events: CaptureEvent[] = [];

  /** Notes something at this moment. `kind` is a short name in kebab-case, `words` a sentence; what comes from the page must be cut short. */
  note(kind: string, words: string): void {
    if (this.#events.length < MANY) this.#events.push({ at: new Date().toISOString(), kind, words });
  }

  all(): CaptureEvent[] {
    return [...this.#events];
  }
}
