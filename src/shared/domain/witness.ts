import { z } from 'zod';
import { instantSchema, sha256Schema } from './common.ts';

/** Who recorded: the browser alone, or the exit as well, with the browser's account compared to it. */
export const witnessKindSchema = z.enum(['browser', 'wire']);

export const seenBySchema = z.enum(['browser', 'wire', 'both']);

/** A point on which the two accounts of one exchange are not the same. */
export const differenceSchema = z.object({
  url: z.string(),
  method: z.string(),
  what: z.enum(['only-wire', 'only-browser', 'status', 'headers', 'body', 'not-compared']),
  /** In a sentence. */
  words: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const comparisonSchema = z.object({
  /** Exchanges both saw, and how many of them have the same status, headers and body. */
  compared: z.int(),
  same: z.int(),
  differences: z.array(differenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What the `Date` headers of answers say of this computer's clock. (RFC 9110 6.6.1: whole seconds, the origin's clock) */
export const clockSchema = z.object({
  samples: z.array(
    z.object({ host: z.string(), date: instantSchema, receivedAt: instantSchema, offsetMs: z.number() }),
  ),
  /** Median over hosts; positive where the servers' clocks are ahead of this computer's. */
  offsetMs: z.number(),
  /** In a sentence. */
  words: z.string(),
});
export type ClockCheck = z.infer<typeof clockSchema>;

/** A certificate a server sent, in the list beside the exchanges. */
export const certificateSchema = z.object({
  sha256: sha256Schema,
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  pem: z.string(),
});
export type Certificate = z.infer<typeof certificateSchema>;
