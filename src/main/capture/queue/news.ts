import type { CaptureNews } from '../../../shared/contract/captures.ts';

/** Beyond this, what a slow watcher has not read yet is dropped, oldest first: the next news says the newer state anyway. */
const BACKLOG = 1000;

/** Tells whoever watches what happens to jobs and captures. */
export class News {
  readonly #watchers = new Set<(news: CaptureNews) => void>();
  #closed = false;
  #onClose = new Set<() => void>();

  tell(news: CaptureNews): void {
    for (const watcher of this.#watchers) watcher(news);
  }

  close(): void {
    this.#closed = true;
    for (const end of this.#onClose) end();
  }

  /** News from the moment of the call, until `signal` is aborted or the service closes. */
  watch(signal?: AbortSignal): AsyncGenerator<CaptureNews, void> {
    const waiting: CaptureNews[] = [];
    let wake: (() => void) | null = null;
    const hear = (news: CaptureNews): void => {
      waiting.push(news);
      if (waiting.length > BACKLOG) waiting.shift();
      wake?.();
    };
    const stop = (): void => wake?.();
    this.#watchers.add(hear);
    this.#onClose.add(stop);
    signal?.addEventListener('abort', stop, { once: true });
    const ended = (): boolean => this.#closed || signal?.aborted === true;
    const forget = (): void => {
      this.#watchers.delete(hear);
      this.#onClose.delete(stop);
      signal?.removeEventListener('abort', stop);
    };
    return (async function* () {
      try {
        for (;;) {
          const next = waiting.shift();
          if (next) {
            yield next;
            continue;
          }
          if (ended()) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        forget();
      }
    })();
  }
}
