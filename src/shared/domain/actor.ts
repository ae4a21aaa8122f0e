import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

export const actorKindSchema = z.enum(['person', 'organisation', 'stateBody', 'outlet', 'account']);
export type ActorKind = z.infer<typeof actorKindSchema>;

/** A name an actor goes by somewhere: `@bulletin` on `microblog`. The platform is free text. */
export const handleSchema = z.object({
  platform: z.string().trim().min(1).max(100),
  handle: z.string().trim().min(1).max(200),
  url: z.string().trim().max(2000).default(''),
});
export type Handle = z.infer<typeof handleSchema>;

export const actorInputSchema = z.object({
  kind: actorKindSchema,
  name: z.string().trim().min(1).max(200),
  note: z.string().trim().max(4000).default(''),
  handles: z.array(handleSchema).max(200).default([]),
});
export type ActorInput = z.infer<typeof actorInputSchema>;

export const actorSchema = actorInputSchema.extend({
  id: idSchema,
  createdAt: instantSchema,
  captureCount: z.int(),
});
export type Actor = z.infer<typeof actorSchema>;

/** What an actor has to do with a capture. */
export const roleSchema = z.enum(['author', 'subject', 'amplifier', 'mentioned']);
export type Role = z.infer<typeof roleSchema>;

export const linkSchema = z.object({
  id: idSchema,
  captureId: idSchema,
  actorId: idSchema,
  role: roleSchema,
  note: z.string().max(4000),
  createdAt: instantSchema,
});
export type Link = z.infer<typeof linkSchema>;
