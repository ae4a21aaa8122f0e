import { z } from 'zod';
import { instantSchema } from './common.ts';

/** How a profile is called in a case file: says that two captures used the same one, and nothing else. */
export const profilePseudonymPattern = /^profile-[0-9a-f]{16}$/;

/** What the person calls a browser profile. It stays on their machine. */
export const profileNameSchema = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'A name has no control characters.')
  .refine((name) => !profilePseudonymPattern.test(name), 'This form is kept for pseudonyms.');

/** A browser profile kept from one recording to the next: cookies, logins and storage of one virtual identity. */
export const profileSchema = z.object({
  name: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  inUse: z.boolean(),
});
export type Profile = z.infer<typeof profileSchema>;
