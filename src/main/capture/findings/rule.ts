import { z } from 'zod';
import { pageKindSchema } from '../../../shared/domain/page-finding.ts';
import { isSelector } from './document/select.ts';
import { wording } from './document/wording.ts';

const selectorSchema = z.string().refine(isSelector, 'a selector of one element');

/** Phrases by language, `|` between them: small letters, straight apostrophes, `…` for a few characters that vary. */
const phrasesSchema = z.record(
  z.string().regex(/^[a-z]{2}$/),
  z
    .string()
    .transform((phrases) => phrases.split(' | '))
    .pipe(z.array(z.string().min(2).refine(isComparable, 'in the form texts are compared in'))),
);

function isComparable(phrase: string): boolean {
  return phrase.split('…').every((part) => wording(part).low === part.trim());
}

/**
 * Where words must stand to count. In a title or heading they must be most of it, and in a dialog or the text they may stand anywhere:
 * a rule that reads the text bounds its length or asks for something else as well.
 */
const wordsSchema = z.strictObject({
  in: z.array(z.enum(['title', 'heading', 'dialog', 'text'])).min(1),
  say: phrasesSchema,
  /** They must stand in an element that one of these selects. */
  inside: z.array(selectorSchema).default([]),
  /** Part of a title or heading that must be these words, 0 to 1. */
  share: z.number().min(0).max(1).default(0.5),
  /** In the text: within the first so many characters. */
  within: z.int().optional(),
});
export type Words = z.infer<typeof wordsSchema>;

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: pageKindSchema,
  /** Hosts instead of those of the set, without `www.`; subdomains count. */
  hosts: z.array(z.string()).optional(),
  /** All of these must hold. */
  when: z.strictObject({
    /** Ranges of statuses of the page. */
    status: z.array(z.tuple([z.int(), z.int()])).optional(),
    /** Path and query of the final address, `*` for anything; one must fit and must not fit the address asked for. */
    arrivedAt: z.array(z.string()).optional(),
    /** Host of the final address, where it is not one that was asked for. */
    arrivedOn: z.array(z.string()).optional(),
    /** Path and query of the address asked for; one must fit. */
    askedFor: z.array(z.string()).optional(),
    /** Response headers of the page: one of them must be there, with one of the values in it (none: any value). */
    headers: z
      .array(z.strictObject({ name: z.string().regex(/^[a-z0-9-]+$/), has: z.array(z.string()).default([]) }))
      .optional(),
    /** Each of these must be found. */
    words: z.array(wordsSchema).optional(),
    /** One of these elements must be there, and not be marked as hidden. */
    has: z.array(selectorSchema).optional(),
    /** None of these may be there. */
    lacks: z.array(selectorSchema).optional(),
    /** One of these must stand in a script of the page. */
    script: z.array(z.string().min(6)).optional(),
    /** Characters of readable text. */
    maxText: z.int().optional(),
    minText: z.int().optional(),
    /** Structured data says that the page is not free to read. (schema.org isAccessibleForFree) */
    notFree: z.literal(true).optional(),
    /** A field for a password is shown. */
    password: z.literal(true).optional(),
  }),
  /** Looked at only when no other rule found anything. */
  fallback: z.boolean().default(false),
  /**
   * One sentence that says what was seen: {seen} the words, {status}, {to} final address, {header}, {element}, {length} characters of
   * readable text.
   */
  reason: z.string().regex(/^[A-Z{].*\.$/s),
  /** Words of the page that say how much of it can be read. */
  readable: phrasesSchema.optional(),
  /** For what covers a page whose text is there beneath: say how long that is. */
  covers: z.boolean().default(false),
});
export type Rule = z.infer<typeof ruleSchema>;

export const ruleSetSchema = z.strictObject({
  /** As people call it; `generic` for rules of any site. */
  platform: z.string(),
  /** Hosts of the platform, without `www.`; subdomains count. Empty: any. */
  hosts: z.array(z.string()),
  rules: z.array(ruleSchema),
});
export type RuleSet = z.infer<typeof ruleSetSchema>;
/** As written in a file of rules, before defaults are filled in. */
export type RuleSetSource = z.input<typeof ruleSetSchema>;
