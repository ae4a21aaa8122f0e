import { expect } from 'vitest';

type PollAssertion<T> = ReturnType<typeof expect.poll<T>>;

/** Waits until what is read is as expected. The limit is there so that a failure ends; it says nothing about speed. */
export function eventually<T>(read: () => T | Promise<T>): PollAssertion<T> {
  return expect.poll(read, { timeout: 30_000 });
}
