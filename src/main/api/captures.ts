import { ConstatError } from '../../shared/problems.ts';
import { api } from './implementer.ts';

export const capturesRouter = {
  start: api.captures.start.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.start(input.urls, input.options),
  ),
  cancel: api.captures.cancel.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.cancel(input.jobId),
  ),
  jobs: api.captures.jobs.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.jobs(),
  ),
  dismissJob: api.captures.dismissJob.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.dismiss(input.jobId),
  ),
  list: api.captures.list.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.list(),
  ),
  get: api.captures.get.handler(async ({ input: { caseId, captureId }, context: { workspace } }) => {
    const { captures, actors } = workspace.case(caseId);
    const found = await captures.get(captureId);
    workspace.noteSeen(caseId, captureId, 'item.viewed');
    return { ...found, links: actors.links(captureId) };
  }),
  artefact: api.captures.artefact.handler(
    async ({ input: { caseId, captureId, kind }, context: { workspace } }) => {
      const { bytes, name, mediaType } = await workspace.case(caseId).captures.artefact(captureId, kind);
      return new File([Buffer.from(bytes)], name, { type: mediaType });
    },
  ),
  replay: api.captures.replay.handler(({ input: { caseId, captureId }, context: { workspace } }) => {
    if (!workspace.replay) throw new ConstatError('INPUT_INVALID', { reason: 'this host cannot replay' });
    workspace.waczOf(caseId, captureId);
    workspace.noteSeen(caseId, captureId, 'item.replayed');
    return { url: workspace.replay.url(caseId, captureId) };
  }),
  watch: api.captures.watch.handler(async function* ({ input, signal, context: { workspace } }) {
    yield* workspace.case(input.caseId).captures.watch(signal);
  }),
};
