import { z } from 'zod';
import { sha256Schema } from './common.ts';

/** Why something is left out of a copy. What each means stands in words in the copy's own list. */
export const omissionRules = {
  'credential-header': 'The whole value of a header that carries a credential, by the name of the header.',
  'secret-field':
    'The value of a field of a form, a multipart body, JSON or XML whose name says that it is a password or a token.',
  'secret-argument': 'The value of an argument of an address whose name says that it is a credential.',
  'user-in-address': 'The name and password in front of the host of an address.',
  'password-input': 'The value of an input of the kind password in an HTML document.',
  'same-value':
    'A value that one of the other rules leaves out, where it occurs again, written in any of the usual ways.',
  'body-not-read':
    'The whole of what was sent with a request, because it could not be looked into (too large, or its compression cannot be undone).',
  'digest-of-original':
    'The digest of a body as it was sealed, replaced by the digest of the body in this copy: the former could confirm a guess.',
} as const;

const ruleNames = Object.keys(omissionRules) as [
  keyof typeof omissionRules,
  ...(keyof typeof omissionRules)[],
];
export const omissionRuleSchema = z.enum(ruleNames);
export type OmissionRule = z.infer<typeof omissionRuleSchema>;

/** One thing left out: where, of what name, by which rule, how often, how many bytes. Never its digest. */
export const omissionSchema = z.strictObject({
  /** A file of the archive. */
  file: z.string(),
  /** Of the record, where the file is a WARC; null for other files. */
  record: z.string().nullable(),
  recordType: z.string().nullable(),
  where: z.enum(['head', 'body', 'field']),
  name: z.string(),
  rule: omissionRuleSchema,
  places: z.int().min(1),
  bytes: z.int().min(0),
});
export type Omission = z.infer<typeof omissionSchema>;

/** `evidence/omissions.json` of a working copy: all that is not as it was sealed. */
export const omissionsSchema = z.strictObject({
  format: z.literal('constat-omissions-1'),
  software: z.string().max(200),
  /** Whoever has the original and this method makes this copy again, byte for byte. */
  method: z.string(),
  statement: z.array(z.string()),
  original: z.strictObject({ sha256: sha256Schema, size: z.int() }),
  marker: z.string(),
  rules: z.record(omissionRuleSchema, z.string()),
  records: z.strictObject({ unchanged: z.int(), changed: z.int() }),
  omissions: z.array(omissionSchema),
  /** What was copied although it was not looked into. */
  notLookedInto: z.array(
    z.strictObject({ file: z.string(), record: z.string().nullable(), why: z.string() }),
  ),
  mayStillContain: z.array(z.string()),
});
export type Omissions = z.infer<typeof omissionsSchema>;

/** A line of `evidence/sealed-records.jsonl`: each record of the sealed archive, in order. */
export const sealedRecordSchema = z.strictObject({
  file: z.string(),
  offset: z.int(),
  length: z.int(),
  id: z.string(),
  type: z.string(),
  /** SHA-256 of the record's bytes where the copy has the same; null where something was left out. */
  sha256: sha256Schema.nullable(),
});
export type SealedRecord = z.infer<typeof sealedRecordSchema>;
