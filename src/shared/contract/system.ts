import { z } from 'zod';
import { queueSettingsSchema } from '../domain/capture-queue.ts';
import { preferencesSchema } from '../domain/preferences.ts';
import { operatorSchema, systemInfoSchema } from '../domain/system.ts';
import { base } from './base.ts';

export const systemContract = {
  info: base.output(systemInfoSchema),
  nameOperator: base.input(operatorSchema.pick({ name: true })).output(operatorSchema),
  /** How the interface looks to this operator; the shell's own store does not outlive a browser host. */
  preferences: base.output(preferencesSchema),
  prefer: base.input(preferencesSchema).output(preferencesSchema),
  /** How this operator's captures are queued. */
  queueSettings: base.output(queueSettingsSchema),
  setQueueSettings: base.input(queueSettingsSchema).output(queueSettingsSchema),
  /** Says whether something stands at a path, so that a form can warn before it is sent. */
  pathExists: base.input(z.object({ path: z.string() })).output(z.boolean()),
};
