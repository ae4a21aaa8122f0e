import { useIntl } from 'react-intl';
import type { OpenCase } from '../../../shared/domain/case.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText } from '../../ui/amounts.ts';
import { Instant } from '../../ui/instant.tsx';

/** What a case is, under its name: why it is kept, how much is in it, where it stands. */
export function CaseFacts({ open }: { open: OpenCase }) {
  const t = useText();
  const intl = useIntl();
  return (
    <dl className="mt-3 flex flex-col gap-2 px-2 text-xs">
      {open.readOnly && <p className="rounded-md bg-warn-wash px-2 py-1 text-warn">{t('case.readOnly')}</p>}
      {open.purpose && (
        <div>
          <dt className="text-faint">{t('case.purpose')}</dt>
          <dd className="line-clamp-5 text-soft" title={open.purpose}>
            <bdi>{open.purpose}</bdi>
          </dd>
        </div>
      )}
      <div>
        <dt className="text-faint">{t('case.created')}</dt>
        <dd className="text-soft">
          <Instant value={open.createdAt} />
        </dd>
      </div>
      <div>
        <dt className="text-faint">{t('case.holds')}</dt>
        <dd className="text-soft">
          {t('case.amount', { events: open.eventCount, size: bytesText(intl, open.sizeBytes) })}
        </dd>
      </div>
      <div>
        <dt className="text-faint">{t('case.file')}</dt>
        <dd className="text-soft" title={open.path}>
          <span className="data">{open.path}</span>
        </dd>
      </div>
    </dl>
  );
}
