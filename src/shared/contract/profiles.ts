import { z } from 'zod';
import { profileNameSchema, profileSchema } from '../domain/profile.ts';
import { base } from './base.ts';

/** The operator's own browser profiles. They belong to the machine, never to a case. */
export const profilesContract = {
  list: base.output(z.array(profileSchema)),
  create: base.input(z.object({ name: profileNameSchema })).output(profileSchema),
  rename: base.input(z.object({ name: z.string(), to: profileNameSchema })).output(profileSchema),
  /** Removes it whole: cookies, logins, storage. There is no way back. */
  remove: base.input(z.object({ name: z.string() })).output(z.void()),
};
