import { z } from 'zod';
import { actorInputSchema, actorSchema, linkSchema, roleSchema } from '../domain/actor.ts';
import { idSchema } from '../domain/common.ts';
import { base, inCase } from './base.ts';

export const actorsContract = {
  list: base.input(inCase).output(z.array(actorSchema)),
  add: base.input(inCase.extend({ actor: actorInputSchema })).output(actorSchema),
  change: base.input(inCase.extend({ actorId: idSchema, actor: actorInputSchema })).output(actorSchema),
  /** Takes the actor and its links out of the lists; the log keeps what was said. `restore` is the way back. */
  withdraw: base.input(inCase.extend({ actorId: idSchema })).output(z.void()),
  restore: base.input(inCase.extend({ actorId: idSchema })).output(actorSchema),
  link: base
    .input(
      inCase.extend({
        captureIds: z.array(idSchema).min(1).max(1000),
        actorId: idSchema,
        role: roleSchema,
        note: z.string().trim().max(4000).default(''),
      }),
    )
    .output(z.array(linkSchema)),
  unlink: base.input(inCase.extend({ linkId: idSchema })).output(z.void()),
  links: base.input(inCase).output(z.array(linkSchema)),
};
