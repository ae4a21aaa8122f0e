import { z } from 'zod';

/** What a page can be besides its content. */
export const pageKinds = [
  'login-wall',
  'consent-wall',
  'paywall',
  'bot-check',
  'rate-limit',
  'deleted',
  'suspended',
  'not-in-your-country',
  'soft-404',
  'empty-feed',
  'error-page',
  'age-gate',
  'private',
] as const;
export const pageKindSchema = z.enum(pageKinds);
export type PageKind = z.infer<typeof pageKindSchema>;

/** A rule that fired on the page as it was captured. */
export const pageFindingSchema = z.object({
  kind: pageKindSchema,
  /** Identifier of the rule. */
  rule: z.string(),
  /** Platform the rule belongs to, or `generic`. */
  platform: z.string(),
  /** In a sentence: what was seen that made the rule fire. */
  reason: z.string(),
  /** For walls: how much could be read all the same, in words, where the page says so; else null. */
  readable: z.string().nullable().default(null),
});
export type PageFinding = z.infer<typeof pageFindingSchema>;

/** The document as served against the document as shown. */
export const scriptChangesSchema = z.object({
  servedElements: z.int(),
  shownElements: z.int(),
  addedElements: z.int(),
  removedElements: z.int(),
  /** Characters of readable text that are shown and were not served in the document. */
  addedText: z.int(),
  scripts: z.int(),
  /** What stands in the shown document and no script or served document of the record explains; in sentences. */
  unexplained: z.array(z.string()),
});
export type ScriptChanges = z.infer<typeof scriptChangesSchema>;
