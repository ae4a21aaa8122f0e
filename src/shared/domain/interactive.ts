import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

/** How a recording by hand ended: by the person, by their closing the window, by the browser's failing, or by the limit of time. */
export const sessionEndSchema = z.enum(['finished', 'window-closed', 'browser-gone', 'time-limit']);
export type SessionEnd = z.infer<typeof sessionEndSchema>;

/** A recording by hand while it runs, for whoever drives it. In memory only: what is thrown away leaves no address behind. */
export const sessionStateSchema = z.object({
  startedAt: instantSchema,
  /** Of the tab that is in front; null where it shows nothing of the web. */
  address: z.string().nullable(),
  title: z.string(),
  tabs: z.array(z.object({ address: z.string().nullable(), title: z.string(), front: z.boolean() })),
  /** Documents opened so far, and how many of them were marked. */
  pages: z.int(),
  marked: z.int(),
  /** True once the window was closed and the person is asked what to do: finish, or throw away. */
  windowClosed: z.boolean(),
  /** True once it was finished and is being sealed. */
  ending: z.boolean(),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

/** What the sealed account says of a recording by hand. */
export const interactiveAccountSchema = z.object({
  endedBy: sessionEndSchema,
  /** Every document of the web that was opened in a tab, in order. */
  pages: z.array(
    z.object({
      /** As in pages.jsonl and in WARC-Page-ID. */
      id: idSchema,
      /** Tabs are counted from 1. */
      tab: z.int(),
      url: z.string(),
      /** The address it had last, where a script changed it. */
      shown: z.string(),
      title: z.string(),
      status: z.int().nullable(),
      openedAt: instantSchema,
      /** How often the person marked it. */
      marked: z.int(),
      /** What is kept of how it looked: all of it, a view when it had calmed down, or nothing. */
      look: z.enum(['whole', 'view', 'none']),
    }),
  ),
});
export type InteractiveAccount = z.infer<typeof interactiveAccountSchema>;
