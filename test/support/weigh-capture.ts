import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { captureStateSchema, resourceAccountSchema } from '../../src/shared/domain/provenance.ts';

const weighedSchema = z.object({
  /** Largest resident set of the capturing process, the browser’s own not counted, in bytes. */
  peak: z.number(),
  state: captureStateSchema,
  sealed: z.number(),
  largest: resourceAccountSchema,
});

const program = fileURLToPath(new URL('capture-process.ts', import.meta.url));

/** Captures one address in a process of its own and says how much memory that process had at most. */
export async function weighCapture(url: string): Promise<z.infer<typeof weighedSchema>> {
  const folder = mkdtempSync(join(tmpdir(), 'constat-weigh-'));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, folder, url]);
    return weighedSchema.parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
