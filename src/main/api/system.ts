import { existsSync } from 'node:fs';
import { browserIfAny } from '../capture/find-browser.ts';
import { software } from '../../shared/software.ts';
import { api } from './implementer.ts';

export const systemRouter = {
  info: api.system.info.handler(async ({ context: { workspace } }) => ({
    version: software.version,
    host: workspace.host,
    browser: await browserIfAny(),
    operator: workspace.operator,
    defaultFolder: workspace.settings.defaultFolder,
  })),
  nameOperator: api.system.nameOperator.handler(({ input, context: { workspace } }) => {
    workspace.settings.operatorName = input.name;
    return workspace.operator;
  }),
  preferences: api.system.preferences.handler(({ context: { workspace } }) => workspace.settings.preferences),
  prefer: api.system.prefer.handler(({ input, context: { workspace } }) => {
    workspace.settings.preferences = input;
    return workspace.settings.preferences;
  }),
  queueSettings: api.system.queueSettings.handler(({ context: { workspace } }) => workspace.settings.queue),
  setQueueSettings: api.system.setQueueSettings.handler(({ input, context: { workspace } }) => {
    workspace.settings.queue = input;
    return workspace.settings.queue;
  }),
  pathExists: api.system.pathExists.handler(({ input }) => existsSync(input.path)),
};
