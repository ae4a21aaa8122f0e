/**
 * Turns work that reports through a callback into a stream that ends with its result. When the reader goes away the
 * signal given to the work is aborted, so that a closed window does not leave an export running.
 */
export async function* newsOf<News>(
  work: (emit: (news: News) => void, signal: AbortSignal) => Promise<News>,
  outer?: AbortSignal,
): AsyncGenerator<News, void, undefined> {
  const stop = new AbortController();
  const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
  const waiting: News[] = [];
  let wake: (() => void) | undefined;
  let over = false;
  const result = work((news) => {
    waiting.push(news);
    wake?.();
  }, signal).finally(() => {
    over = true;
    wake?.();
  });
  // The rejection is rethrown below; without this line a reader that left early would make it an unhandled one.
  result.catch(() => undefined);
  try {
    while (true) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (over) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    yield await result;
  } finally {
    stop.abort();
  }
}
