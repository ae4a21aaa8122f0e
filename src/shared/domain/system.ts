import { z } from 'zod';

export const browserInfoSchema = z.object({ name: z.string(), version: z.string(), path: z.string() });
export type BrowserInfo = z.infer<typeof browserInfoSchema>;

export const operatorSchema = z.object({
  /** What the operator calls themselves in the log; never taken from the machine. */
  name: z.string().trim().min(1).max(100),
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: z.string(),
});
export type Operator = z.infer<typeof operatorSchema>;

export const systemInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'web', 'cli']),
  /** Null where none was found. */
  browser: browserInfoSchema.nullable(),
  operator: operatorSchema,
  /** Where cases are put unless the person says otherwise. */
  defaultFolder: z.string(),
});
export type SystemInfo = z.infer<typeof systemInfoSchema>;
