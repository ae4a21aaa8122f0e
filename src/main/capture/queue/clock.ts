/** Where the queue takes the time from, so that a test can set it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after so many milliseconds; gives the way to stop it. */
  after(milliseconds: number, work: () => void): () => void;
}

/** Longest wait of a timer of the system's (milliseconds). */
const longest = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, Math.min(longest, Math.max(0, milliseconds)));
    return () => clearTimeout(timer);
  },
};
