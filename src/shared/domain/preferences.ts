import { z } from 'zod';

/** The languages the interface speaks. */
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/**
 * How the interface looks to its operator: kept in their own folder, never in a case. A value that is not known here, of a newer
 * version perhaps, falls back instead of making the settings unreadable.
 */
export const preferencesSchema = z.object({
  language: z.enum(['system', ...languages]).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  sidebar: z.boolean().catch(true),
  /** Width of the list beside a capture or an actor, in CSS pixels. */
  listWidth: z.number().min(280).max(900).catch(430),
});
export type Preferences = z.infer<typeof preferencesSchema>;
