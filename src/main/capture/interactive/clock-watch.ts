/** One look at both clocks: the one that can be set, and the one that only counts (milliseconds). */
export interface ClockReading {
  wall: number;
  counted: number;
}

/** Seconds that are not worth a word: a busy machine, the clock's own corrections. */
const SLACK = 5000;

/**
 * What happened to the clocks between two readings that should be `every` milliseconds apart, in a sentence; null where nothing did.
 * A sleeping computer stops the counting clock on some systems and not on others; a clock that is set moves only the other one.
 */
export function clockJump(before: ClockReading, now: ClockReading, every: number): string | null {
  const wall = now.wall - before.wall;
  const counted = now.counted - before.counted;
  const ahead = wall - counted;
  if (ahead < -SLACK) return `The clock of this computer was set back by ${seconds(-ahead)}.`;
  if (ahead > SLACK)
    return `The clock of this computer went on by ${seconds(ahead)} more than was counted: it slept, or its clock was set.`;
  if (counted > every + SLACK)
    return `Nothing was done for ${seconds(counted)}: this computer slept or was overloaded.`;
  return null;
}

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;
