import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

// In a process of its own, so that the peak is that of one capture and nothing else.
it('captures a page with a 200 MB download in less than 400 MB, and keeps every byte', async () => {
  const { stdout } = await run(process.execPath, ['test/bench/capture/memory.ts', 'download', '200'], {
    timeout: 110_000,
  });
  const result = JSON.parse(stdout) as {
    kept: number;
    truncated: string | null;
    sha256: string;
    peakMegabytes: number;
  };
  // SHA-256 of 200 MiB of “Constat ” repeated.
  expect(result).toMatchObject({
    kept: 200 * 1024 * 1024,
    truncated: null,
    sha256: '98c212f8ac922c05a04b8791a9ea7e1e336f3b302a5923dfd88359386b56c901',
  });
  expect(result.peakMegabytes).toBeLessThan(400);
});
