import { api } from './implementer.ts';

export const profilesRouter = {
  list: api.profiles.list.handler(({ context: { workspace } }) => workspace.profiles.list()),
  create: api.profiles.create.handler(({ input, context: { workspace } }) =>
    workspace.profiles.create(input.name),
  ),
  rename: api.profiles.rename.handler(({ input, context: { workspace } }) =>
    workspace.profiles.rename(input.name, input.to),
  ),
  remove: api.profiles.remove.handler(({ input, context: { workspace } }) =>
    workspace.profiles.remove(input.name),
  ),
};
