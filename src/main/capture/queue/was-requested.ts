import { isDeepStrictEqual } from 'node:util';
import { captureOptionsSchema } from '../../../shared/domain/capture-options.ts';
import type { CaptureJob } from '../../../shared/domain/capture.ts';
import type { CustodyLog } from '../../custody/log.ts';

/** Whether the log says that this job was asked for, of this address and with these options: a row of the case alone proves nothing. */
export function wasRequested(
  log: CustodyLog,
  { id, url, options }: Pick<CaptureJob, 'id' | 'url' | 'options'>,
): boolean {
  return log.events({ subjects: [{ kind: 'job', id }] }).some(({ leaf, detail }) => {
    if (leaf.type !== 'capture.requested' || detail?.['url'] !== url) return false;
    const asked = captureOptionsSchema.safeParse(detail['options']);
    return asked.success && isDeepStrictEqual(asked.data, options);
  });
}
