import { exportBundle } from '../bundle/export.ts';
import { previewBundle } from '../bundle/preview.ts';
import { verifyBundle } from '../bundle/verify.ts';
import type { ExportNews } from '../../shared/contract/bundles.ts';
import type { VerifyNews } from '../../shared/contract/custody.ts';
import { api } from './implementer.ts';
import { newsOf } from './news.ts';

export const bundlesRouter = {
  preview: api.bundles.preview.handler(({ input, context: { workspace } }) =>
    previewBundle(workspace.case(input.caseId), input.request.captureIds),
  ),
  export: api.bundles.export.handler(async function* ({ input, signal, context: { workspace } }) {
    const opened = workspace.case(input.caseId);
    workspace.settings.prepareDefaultFolder(input.request.destination);
    const deps = { ...opened, key: workspace.key, operatorName: workspace.operator.name };
    yield* newsOf<ExportNews>(async (emit, stop) => {
      const onProgress = (progress: { done: number; total: number; item: string }) =>
        emit({ type: 'progress', ...progress });
      return {
        type: 'result',
        bundle: await exportBundle(deps, input.request, { signal: stop, onProgress }),
      };
    }, signal);
  }),
  verify: api.bundles.verify.handler(async function* ({ input, signal }) {
    yield* newsOf<VerifyNews>(async (emit) => {
      const onProgress = (progress: { done: number; total: number; item: string }) =>
        emit({ type: 'progress', ...progress });
      return {
        type: 'result',
        verification: await verifyBundle(input.path, { onProgress, originals: input.originals }),
      };
    }, signal);
  }),
};
