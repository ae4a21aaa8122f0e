import type { Capture } from '../../../shared/domain/capture.ts';
import type { OpenCase } from '../../../shared/domain/case.ts';
import type { Say } from '../../i18n/use-text.tsx';

/** What a report needs to point at captures: exhibit, address, time in UTC and the hash of what is sealed. */
export function referenceText(captures: readonly Capture[], open: OpenCase, t: Say): string {
  const name = open.reference ? `${open.title} (${open.reference})` : open.title;
  return captures
    .map((capture) =>
      [
        t('reference.exhibit', { exhibit: capture.exhibit, title: capture.title || capture.finalUrl }),
        t('reference.address', { url: capture.finalUrl }),
        t('reference.time', { time: capture.startedAt }),
        t('reference.hash', { hash: capture.sha256 }),
        t('reference.case', { name, id: capture.id }),
      ].join('\n'),
    )
    .join('\n\n');
}
