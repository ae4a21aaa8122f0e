import { z } from 'zod';
import { newCaseSchema, openCaseSchema, recentCaseSchema } from '../domain/case.ts';
import { base, inCase } from './base.ts';

export const casesContract = {
  recent: base.output(z.array(recentCaseSchema)),
  /** Takes a case off the recent list; the file stays where it is. */
  forget: base.input(z.object({ path: z.string() })).output(z.void()),
  create: base.input(newCaseSchema.extend({ path: z.string().min(1) })).output(openCaseSchema),
  open: base.input(z.object({ path: z.string().min(1) })).output(openCaseSchema),
  get: base.input(inCase).output(openCaseSchema),
  close: base.input(inCase).output(z.void()),
};
