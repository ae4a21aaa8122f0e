import { api } from './implementer.ts';

export const actorsRouter = {
  list: api.actors.list.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).actors.list(),
  ),
  add: api.actors.add.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).actors.add(input.actor),
  ),
  change: api.actors.change.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).actors.change(input.actorId, input.actor),
  ),
  withdraw: api.actors.withdraw.handler(({ input, context: { workspace } }) => {
    workspace.case(input.caseId).actors.withdraw(input.actorId);
  }),
  restore: api.actors.restore.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).actors.restore(input.actorId),
  ),
  link: api.actors.link.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).actors.link(input.captureIds, input.actorId, input.role, input.note),
  ),
  unlink: api.actors.unlink.handler(({ input, context: { workspace } }) => {
    workspace.case(input.caseId).actors.unlink(input.linkId);
  }),
  links: api.actors.links.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).actors.links(),
  ),
};
