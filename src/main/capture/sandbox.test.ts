import { describe, expect, it } from 'vitest';
import { judgeSandbox } from './sandbox.ts';

const status = (seccomp: string, pids: string) => `Name:\tchromium\nNSpid:\t${pids}\nSeccomp:\t${seccomp}\n`;

describe('what the kernel says of the sandbox', () => {
  it('believes a filter and a namespace together', () => {
    expect(judgeSandbox(status('2', '812\t4'), false).sandbox).toBe(true);
    expect(judgeSandbox(status('2', '812'), true).sandbox).toBe(true);
  });

  it.each([
    ['0', '812\t4', true],
    ['2', '812', false],
    ['1', '812', true],
  ])('does not believe the switch alone: seccomp %s, pids %s', (seccomp, pids, apart) => {
    const { sandbox, sandboxNote } = judgeSandbox(status(seccomp, pids), apart);
    expect(sandbox).toBe(false);
    expect(sandboxNote).toContain(`seccomp ${seccomp}`);
  });
});
