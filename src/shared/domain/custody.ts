import { z } from 'zod';
import { idSchema, instantSchema, jsonObjectSchema, sha256Schema } from './common.ts';

/** What can happen to a case or an item. Past tense; the names follow `custody.md` 2.4. */
export const eventTypeSchema = z.enum([
  'case.created',
  'operator.enrolled',
  'capture.requested',
  'capture.postponed',
  'capture.resumed',
  'capture.failed',
  'capture.cancelled',
  'capture.interrupted',
  'item.sealed',
  'item.viewed',
  'item.replayed',
  'case.verified',
  'actor.added',
  'actor.changed',
  'actor.withdrawn',
  'actor.linked',
  'actor.unlinked',
  'export.created',
]);
export type EventType = z.infer<typeof eventTypeSchema>;

export const subjectSchema = z.object({
  kind: z.enum(['case', 'operator', 'job', 'capture', 'actor', 'link', 'bundle']),
  id: z.string(),
});
export type Subject = z.infer<typeof subjectSchema>;

/**
 * The leaf of the log: RFC 8785 canonical JSON of this object. It names no person and no address: what the event says
 * is in the detail, which stands beside the log under a salt and can be withheld or erased without breaking the tree.
 */
export const leafSchema = z.object({
  v: z.literal(1),
  case: idSchema,
  seq: z.int().min(0),
  time: instantSchema,
  type: eventTypeSchema,
  subject: subjectSchema,
  /** Fingerprint of the operator's key (`SHA256:…`, as ssh-keygen prints it). */
  operator: z.string(),
  software: z.string(),
  /** The evidence this event seals or hands over, where there is one. */
  evidence: z.object({ sha256: sha256Schema, size: z.int() }).nullable(),
  /** SHA-256 of (32 bytes of salt ‖ RFC 8785 JSON of the detail). */
  detail: sha256Schema,
});
export type Leaf = z.infer<typeof leafSchema>;

/** An event as the interface and the bundle show it. */
export const custodyEventSchema = z.object({
  leaf: leafSchema,
  leafHash: sha256Schema,
  /** Null where it was withheld. */
  detail: jsonObjectSchema.nullable(),
  salt: z.string().nullable(),
});
export type CustodyEvent = z.infer<typeof custodyEventSchema>;

/** Head of the log: how many leaves, the root over them, and the C2SP signed note that says so. */
export const checkpointSchema = z.object({
  size: z.int(),
  root: sha256Schema,
  note: z.string(),
  signedAt: instantSchema,
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const checkSchema = z.object({
  /** What was looked at, in words a person can find again: “exhibit 3, archive.wacz”. */
  item: z.string(),
  status: z.enum(['pass', 'fail', 'warning']),
  /** What was done and what came out, a sentence. */
  message: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

/** What a verification looked at and found. `ok` is false as soon as one check failed. */
export const verificationSchema = z.object({
  ok: z.boolean(),
  subject: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  checks: z.array(checkSchema),
  /** Fingerprints of the keys that signed; a bundle's own first. To be compared over another channel. */
  signers: z.array(z.string()),
  counts: z.object({ captures: z.int(), events: z.int(), bytes: z.int() }),
  checkpoint: checkpointSchema.nullable(),
});
export type Verification = z.infer<typeof verificationSchema>;
