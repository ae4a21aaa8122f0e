import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** An error of a script that nobody caught, as the browser's own log has it. */
export interface UncaughtError {
  text: string;
  url: string;
  line: number;
}

const head = /\[\d+:\d+:[^\]]*:CONSOLE[:(](\d+)\)?\] "(.*)$/;
const tail = /^(.*)", source: (.*) \((\d+)\)$/;
/** Lines of one message that are read. */
const LONG = 200;

/** How often (milliseconds) the log is looked at, how many bytes of it at once, and how long it may grow before it is emptied. */
const EVERY = 500;
const PIECE = 2_000_000;
const LIMIT = 16_000_000;

/**
 * Reads uncaught errors out of the browser's log, a file that only this capture has. The protocol tells of them only through Runtime, which a page can
 * notice; the log of the browser process is out of every page's sight. A page can print what looks like such a line: it then says of
 * itself that it failed, which it could have done in earnest.
 */
export class UncaughtErrors {
  /** Called with each error as it is read. */
  onError: (error: UncaughtError) => void = () => undefined;
  readonly #path: string;
  #timer: NodeJS.Timeout | null = null;
  #at = 0;
  #rest = '';
  #text: string[] | null = null;
  #last = '';

  constructor(path: string) {
    this.#path = path;
  }

  start(): void {
    const look = (): void => {
      try {
        this.look();
      } catch {
        // A log that cannot be read is not worth a capture.
        this.stop();
      }
    };
    this.#timer ??= setInterval(look, EVERY).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Reads what was added. A page that fails without end must not fill the disk: a log that is too long is emptied. */
  look(): void {
    if (!existsSync(this.#path)) return;
    const file = openSync(this.#path, 'r+');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(PIECE, Math.max(0, size - this.#at)));
      const read = readSync(file, bytes, 0, bytes.length, this.#at);
      this.#at = size > LIMIT ? 0 : this.#at + read;
      if (size > LIMIT) ftruncateSync(file, 0);
      const lines = (this.#rest + bytes.toString('utf8', 0, read)).split(/\r?\n/);
      this.#rest = (lines.pop() ?? '').slice(-PIECE);
      for (const line of lines) this.line(line);
    } finally {
      closeSync(file);
    }
  }

  /** Takes the next line of the log. */
  line(line: string): void {
    const begun = this.#text === null ? head.exec(line)?.[2] : line;
    if (begun === undefined) return;
    const text = this.#text ?? [];
    const ended = tail.exec(begun);
    if (!ended) {
      text.push(begun);
      this.#text = text.length < LONG ? text : null;
      return;
    }
    this.#text = null;
    const [, end = '', url = '', number = '0'] = ended;
    this.#told({ text: [...text, end].join('\n'), url, line: Number(number) });
  }

  /** What a worker failed at is told twice in a row. */
  #told(error: UncaughtError): void {
    const same = JSON.stringify(error);
    if (!error.text.startsWith('Uncaught ') || same === this.#last) return;
    this.#last = same;
    this.onError(error);
  }
}
