import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Captures wait more than they work: three at a time keep two cores busy.
    maxWorkers: 3,
    globalSetup: ['test/support/ensure-browser.ts'],
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'service',
          include: ['test/service/**/*.test.ts', 'test/faults/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // What takes minutes: every way to be killed, every step of VERIFY.txt, the command line from end to end.
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'interface',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
