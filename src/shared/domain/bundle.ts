import { z } from 'zod';
import { idSchema, sha256Schema } from './common.ts';
import { checkpointSchema } from './custody.ts';

export const bundleFormatSchema = z.enum(['folder', 'zip']);
export type BundleFormat = z.infer<typeof bundleFormatSchema>;

/** Languages a bundle's report and instructions can be written in. */
export const bundleLanguageSchema = z.enum(['en', 'fr']);
export type BundleLanguage = z.infer<typeof bundleLanguageSchema>;

export const bundleRequestSchema = z.object({
  /** Which captures; null means all of the case. */
  captureIds: z.array(idSchema).min(1).nullable().default(null),
  /** Folder to create, or zip file to write. Must not exist. */
  destination: z.string().min(1),
  format: bundleFormatSchema.default('folder'),
  /** To whom and why, for the custody log and bag-info; may be empty. */
  recipient: z.string().trim().max(500).default(''),
  purpose: z.string().trim().max(2000).default(''),
  language: bundleLanguageSchema.default('en'),
  /**
   * What of each capture: the sealed original, or a working copy without cookies, authorisation, passwords and tokens. `auto`: a
   * copy of those made with a named profile or by hand.
   */
  copies: z.enum(['auto', 'sealed', 'redacted']).default('auto'),
  /** With `sealed`: the person knows that originals made while logged in hold what opens the account. */
  withCredentials: z.boolean().default(false),
});
export type BundleRequest = z.infer<typeof bundleRequestSchema>;

export const bundleResultSchema = z.object({
  path: z.string(),
  format: bundleFormatSchema,
  files: z.int(),
  bytes: z.int(),
  captures: z.int(),
  /** How many of them as working copies without credentials. */
  redacted: z.int(),
  /** Of tagmanifest-sha256.txt, which covers everything else. */
  tagManifestSha256: sha256Schema,
  checkpoint: checkpointSchema,
});
export type BundleResult = z.infer<typeof bundleResultSchema>;
