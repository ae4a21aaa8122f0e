import { useCallback, useSyncExternalStore } from 'react';
import type { Progress } from '../../../shared/contract/base.ts';
import { announce } from '../../ui/announcer.tsx';

/** Something long that reports as it goes: not begun, at work, done, failed or stopped. */
export type Run<Result> =
  | { state: 'idle' }
  | { state: 'running'; progress: Progress | null }
  | { state: 'done'; result: Result }
  | { state: 'failed'; error: unknown }
  | { state: 'stopped' };

type News<Result> = Progress | (Result & { type: 'result' });

interface Slot<Result> {
  run: Run<Result & { type: 'result' }>;
  stopper: AbortController | null;
}

/** Runs of one kind, each under a name. They go on while one looks at something else, and are found again on return. */
export class Runs<Result> {
  readonly #slots = new Map<string, Slot<Result>>();
  readonly #listeners = new Set<() => void>();
  readonly #idle: Slot<Result> = { run: { state: 'idle' }, stopper: null };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(name: string): Run<Result & { type: 'result' }> {
    return (this.#slots.get(name) ?? this.#idle).run;
  }

  #set(name: string, slot: Slot<Result>): void {
    this.#slots.set(name, slot);
    for (const listener of this.#listeners) listener();
  }

  /** Begins anew; a run of that name that is still at work is stopped. Resolves when it is over, however it ended. */
  async start(
    name: string,
    open: (signal: AbortSignal) => Promise<AsyncIterable<News<Result>>>,
    say: (progress: Progress) => string,
  ): Promise<void> {
    this.stop(name);
    const stopper = new AbortController();
    const isCurrent = () => this.#slots.get(name)?.stopper === stopper;
    this.#set(name, { run: { state: 'running', progress: null }, stopper });
    try {
      for await (const news of await open(stopper.signal)) {
        if (!isCurrent() || stopper.signal.aborted) break;
        if (isResult(news)) this.#set(name, { run: { state: 'done', result: news }, stopper });
        else {
          this.#set(name, { run: { state: 'running', progress: news }, stopper });
          announce(say(news));
        }
      }
      if (isCurrent() && stopper.signal.aborted) this.#set(name, { run: { state: 'stopped' }, stopper });
    } catch (error) {
      if (!isCurrent()) return;
      this.#set(name, {
        run: stopper.signal.aborted ? { state: 'stopped' } : { state: 'failed', error },
        stopper,
      });
    }
  }

  stop(name: string): void {
    this.#slots.get(name)?.stopper?.abort();
  }

  reset(name: string): void {
    this.#set(name, this.#idle);
  }
}

function isResult<Result>(news: News<Result>): news is Result & { type: 'result' } {
  return news.type === 'result';
}

/** One run by its name, and the ways to begin, stop and forget it. */
export function useRun<Result>(runs: Runs<Result>, name: string, say: (progress: Progress) => string) {
  const run = useSyncExternalStore(runs.subscribe, () => runs.get(name));
  const start = useCallback(
    (open: (signal: AbortSignal) => Promise<AsyncIterable<News<Result>>>) => runs.start(name, open, say),
    [runs, name, say],
  );
  const stop = useCallback(() => runs.stop(name), [runs, name]);
  const reset = useCallback(() => runs.reset(name), [runs, name]);
  return { run, start, stop, reset };
}
