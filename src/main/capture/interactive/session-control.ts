import type { SessionState } from '../../../shared/domain/interactive.ts';
import { ConstatError } from '../../../shared/problems.ts';

/** What the recording is asked from outside while it runs, and what it tells. */
export class SessionControl {
  /** What closing the window means: seal what there is, or wait for the person to say. */
  readonly whenClosed: 'seal' | 'ask';
  #state: SessionState = {
    startedAt: new Date().toISOString(),
    address: null,
    title: '',
    tabs: [],
    pages: 0,
    marked: 0,
    windowClosed: false,
    ending: false,
  };
  readonly #marks: PromiseWithResolvers<void>[] = [];
  #finishing = false;
  #over = false;
  #wake: () => void = () => undefined;
  #changed: () => void = () => undefined;

  constructor(whenClosed: 'seal' | 'ask') {
    this.whenClosed = whenClosed;
  }

  get state(): SessionState {
    return this.#state;
  }

  get finishing(): boolean {
    return this.#finishing;
  }

  /** Ends the recording; what it has is then sealed. */
  finish(): void {
    this.#finishing = true;
    this.tell({ ending: true });
    this.#wake();
  }

  /** Has the page in front kept as it looks now. Resolves once that is done. Rejects with SESSION_NOT_FOUND where it is over. */
  async mark(): Promise<void> {
    if (this.#over || this.#finishing) throw new ConstatError('SESSION_NOT_FOUND');
    const wanted = Promise.withResolvers<void>();
    this.#marks.push(wanted);
    this.#wake();
    return wanted.promise;
  }

  /** Has the recording look at once whether it is still wanted. */
  wake(): void {
    this.#wake();
  }

  /** For the recording: marks that were asked for since. */
  takeMarks(): PromiseWithResolvers<void>[] {
    return this.#marks.splice(0);
  }

  /** For the recording: says how it stands. Watchers hear of it when something of it changed. */
  tell(change: Partial<SessionState>): void {
    const next = { ...this.#state, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    this.#changed();
  }

  /** For the recording: no more marks are taken. */
  end(): void {
    this.#over = true;
    for (const mark of this.takeMarks()) mark.reject(new ConstatError('SESSION_NOT_FOUND'));
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  /** Resolves after `milliseconds`, or as soon as something is asked. */
  async turn(milliseconds: number): Promise<void> {
    if (this.#marks.length > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
