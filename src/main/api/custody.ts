import type { VerifyNews } from '../../shared/contract/custody.ts';
import { ConstatError } from '../../shared/problems.ts';
import { api } from './implementer.ts';
import { newsOf } from './news.ts';
import { verifyOpenCase } from './verification.ts';

export const custodyRouter = {
  timeline: api.custody.timeline.handler(({ input, context: { workspace } }) => {
    const { log } = workspace.case(input.caseId);
    return log.events(
      input.captureId === null ? undefined : { subjects: [{ kind: 'capture', id: input.captureId }] },
    );
  }),
  checkpoint: api.custody.checkpoint.handler(({ input, context: { workspace } }) => {
    const head = workspace.case(input.caseId).log.head();
    if (!head) throw new ConstatError('INTERNAL', { reason: 'the log has no checkpoint' });
    return head;
  }),
  verify: api.custody.verify.handler(async function* ({ input, signal, context: { workspace } }) {
    const opened = workspace.case(input.caseId);
    yield* newsOf<VerifyNews>(
      async (emit) => ({ type: 'result', verification: await verifyOpenCase(opened, emit) }),
      signal,
    );
  }),
};
