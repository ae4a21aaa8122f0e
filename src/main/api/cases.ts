import { api } from './implementer.ts';

export const casesRouter = {
  recent: api.cases.recent.handler(({ context: { workspace } }) => workspace.recent()),
  forget: api.cases.forget.handler(({ input, context: { workspace } }) =>
    workspace.settings.forgetCase(input.path),
  ),
  create: api.cases.create.handler(({ input: { path, ...info }, context: { workspace } }) =>
    workspace.describe(workspace.create(path, info)),
  ),
  open: api.cases.open.handler(({ input, context: { workspace } }) =>
    workspace.describe(workspace.open(input.path)),
  ),
  get: api.cases.get.handler(({ input, context: { workspace } }) =>
    workspace.describe(workspace.case(input.caseId)),
  ),
  close: api.cases.close.handler(({ input, context: { workspace } }) => workspace.closeCase(input.caseId)),
};
