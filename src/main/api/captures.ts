import { ConstatError } from '../../shared/problems.ts';
import { api } from './implementer.ts';

export const capturesRouter = {
  start: api.captures.start.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.start(input.urls, input.options, input.tries),
  ),
  startInteractive: api.captures.startInteractive.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.startInteractive(input.url, input.options, input.whenClosed),
  ),
  finishInteractive: api.captures.finishInteractive.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.finishInteractive(input.jobId),
  ),
  markPage: api.captures.markPage.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.markPage(input.jobId),
  ),
  previewList: api.captures.previewList.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.previewList(input),
  ),
  startList: api.captures.startList.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.startList(input),
  ),
  queue: api.captures.queue.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.summary(),
  ),
  resume: api.captures.resume.handler(async ({ input, context: { workspace } }) => {
    const { jobIds, left } = await workspace.case(input.caseId).captures.resume(input);
    return { resumed: jobIds.length, left };
  }),
  hold: api.captures.hold.handler(({ input, context: { workspace } }) => {
    const { captures } = workspace.case(input.caseId);
    captures.hold(input.held);
    return captures.summary();
  }),
  tryNow: api.captures.tryNow.handler(({ input, context: { workspace } }) =>
    workspace.case(input.caseId).captures.tryNow(input.jobId ?? undefined),
  ),
  cancelWaiting: api.captures.cancelWaiting.handler(async ({ input, context: { workspace } }) => ({
    cancelled: await workspace.case(input.caseId).captures.cancelWaiting(),
  })),
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
