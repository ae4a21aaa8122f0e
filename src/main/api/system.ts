import { existsSync } from 'node:fs';
import { findBrowser } from '../capture/find-browser.ts';
import type { BrowserInfo } from '../../shared/domain/system.ts';
import { ConstatError } from '../../shared/problems.ts';
import { software } from '../../shared/software.ts';
import { api } from './implementer.ts';

/** That there is no browser is something to show, not a failure. */
async function browserIfAny(): Promise<BrowserInfo | null> {
  try {
    return await findBrowser();
  } catch (error) {
    if (error instanceof ConstatError && error.code === 'BROWSER_NOT_FOUND') return null;
    throw error;
  }
}

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
  pathExists: api.system.pathExists.handler(({ input }) => existsSync(input.path)),
};
