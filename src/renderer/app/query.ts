import { QueryClient } from '@tanstack/react-query';
import { connection } from './connection.ts';
import { failureOf } from './problem.ts';

/**
 * What was answered stays good until something says otherwise: a change made here, or news from the core. Nothing is
 * asked again because a window got the focus: looking at a capture is an event in the log.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (count, error) => count < 3 && failureOf(error).kind === 'lost',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

let wasLost = false;

connection.subscribe(() => {
  if (connection.get() === 'lost') wasLost = true;
  if (connection.get() !== 'open' || !wasLost) return;
  wasLost = false;
  void queryClient.invalidateQueries();
});
