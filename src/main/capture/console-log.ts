import { BodySpool } from '../archive/body-spool.ts';
import type { Payload } from '../archive/bytes.ts';
import type { CdpSession } from './cdp/connection.ts';
import type { UncaughtError } from './uncaught-errors.ts';

interface ConsoleLine {
  at: string;
  /** Where it ran: `page`, `iframe`, `worker`, `shared_worker`, `service_worker`; null where the browser does not say. */
  in: string | null;
  /** As Chromium names it: `console-api`, `javascript` (errors nobody caught), `network`, `security`, `deprecation` and so on. */
  source: string;
  level: string;
  text: string;
  url: string | null;
  line: number | null;
  column: number | null;
}

/** Beyond this many lines or bytes nothing more is written down: a page can print for ever. */
const MANY = 20_000;
const LIMIT = 8_000_000;
const LONG = 10_000;

/**
 * What the page, its frames and workers printed, the errors nobody caught, and what the browser complained of, as lines of JSON. Heard
 * through the Console and Log domains and the browser's own log, which hand over finished text: unlike Runtime, they look into no object
 * a page could have set a trap in.
 */
export class ConsoleLog {
  readonly #spool: BodySpool;
  readonly #sessions = new Set<CdpSession>();
  #lines = 0;
  #errors = 0;
  #isFull = false;

  constructor(spoolFolder: string) {
    this.#spool = new BodySpool(spoolFolder);
  }

  get lines(): number {
    return this.#lines;
  }

  /** Errors of scripts that nobody caught. */
  get errors(): number {
    return this.#errors;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  /** Begins to listen to a target, before it runs. */
  listen(session: CdpSession, type: string): void {
    if (this.#isFull) return;
    this.#sessions.add(session);
    session.onGone(() => this.#sessions.delete(session));
    session.on('Console.messageAdded', ({ message }) => {
      this.#write({
        at: new Date().toISOString(),
        in: type,
        source: message.source,
        level: message.level,
        text: message.text,
        url: message.url ?? null,
        line: message.line ?? null,
        column: message.column ?? null,
      });
    });
    session.on('Log.entryAdded', ({ entry }) =>
      this.#write({
        at: new Date(entry.timestamp).toISOString(),
        in: type,
        source: entry.source,
        level: entry.level,
        text: entry.text,
        url: entry.url ?? null,
        line: entry.lineNumber ?? null,
        column: null,
      }),
    );
    session.tell('Console.enable');
    session.tell('Log.enable');
  }

  /** An error nobody caught: the browser says where it stands, not in which frame it ran. */
  uncaught({ text, url, line }: UncaughtError): void {
    this.#errors += 1;
    const at = new Date().toISOString();
    this.#write({ at, in: null, source: 'javascript', level: 'error', text, url, line, column: null });
  }

  /** Ends the log: its lines, or null where nothing was said. */
  finish(): Payload | null {
    for (const session of this.#sessions) this.#leave(session);
    this.#isFull = true;
    return this.#lines === 0 ? null : this.#spool.finish();
  }

  discard(): void {
    this.#isFull = true;
    this.#spool.discard();
  }

  #write(line: ConsoleLine): void {
    if (this.#isFull) return;
    const text = line.text.length > LONG ? `${line.text.slice(0, LONG)}…` : line.text;
    this.#spool.write(Buffer.from(`${JSON.stringify({ ...line, text })}\n`, 'utf8'));
    this.#lines += 1;
    if (this.#lines < MANY && this.#spool.size < LIMIT) return;
    this.#isFull = true;
    for (const session of this.#sessions) this.#leave(session);
  }

  #leave(session: CdpSession): void {
    session.tell('Console.disable');
    session.tell('Log.disable');
  }
}
