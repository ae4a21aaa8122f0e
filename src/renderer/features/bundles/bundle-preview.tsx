import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { rpc } from '../../app/rpc.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText } from '../../ui/amounts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { Copies } from './copies-choice.tsx';

const gets: MessageKey[] = ['preview.pictures', 'preview.log', 'preview.report', 'preview.keys'];
const canCheck: MessageKey[] = ['preview.files', 'preview.signature', 'preview.tree', 'preview.player'];

/** What the recipient will have in hand, before anything is written, and what they can check without this program. */
export function BundlePreview({
  caseId,
  captureIds,
  copies,
}: {
  caseId: string;
  captureIds: string[] | null;
  copies: Copies;
}) {
  const t = useText();
  const intl = useIntl();
  const preview = useQuery(rpc.bundles.preview.queryOptions({ input: { caseId, request: { captureIds } } }));
  const asCopies = copies === 'redacted' || (copies === 'auto' && (preview.data?.loggedIn ?? 0) > 0);
  return (
    <aside
      aria-label={t('preview.title')}
      className="flex flex-col gap-4 self-start rounded-lg border bg-canvas p-4"
    >
      <h2 className="text-sm font-semibold text-ink">{t('preview.title')}</h2>
      {preview.isError && <FailureNotice error={preview.error} />}
      {preview.data && (
        <p className="tnum text-sm text-ink">
          {t('preview.counts', { ...preview.data, size: bytesText(intl, preview.data.bytes) })}
        </p>
      )}
      <List title={t('preview.gets')} lines={[asCopies ? 'preview.copies' : 'preview.archives', ...gets]} />
      <List title={t('preview.canCheck')} lines={canCheck} />
      {captureIds && <p className="text-xs text-faint">{t('preview.note')}</p>}
    </aside>
  );
}

function List({ title, lines }: { title: string; lines: readonly MessageKey[] }) {
  const t = useText();
  return (
    <div>
      <h3 className="text-xs font-medium text-soft">{title}</h3>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 ps-4 text-sm text-soft marker:text-faint">
        {lines.map((line) => (
          <li key={line}>{t(line)}</li>
        ))}
      </ul>
    </div>
  );
}
