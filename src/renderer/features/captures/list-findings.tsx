import type { ListPreview, ListRemark } from '../../../shared/domain/capture-queue.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useProblemText } from '../../ui/failure-notice.tsx';
import { Instant } from '../../ui/instant.tsx';

const remarksShown = 100;

/** What is in a list, in numbers, and the lines that are not simply captured. */
export function ListFindings({ preview, again }: { preview: ListPreview; again: boolean }) {
  const t = useText();
  const { fresh, resumable, bad, repeated, queued, captured, remarks } = preview;
  const shown = remarks.slice(0, remarksShown);
  const more = bad + repeated + queued + captured - shown.length;
  return (
    <section aria-label={t('list.found')} aria-live="polite" className="flex flex-col gap-1.5 text-sm">
      <p className="tnum font-medium text-ink">
        {t('list.numbers', { fresh, resumable, bad, known: again ? 0 : repeated + queued + captured })}
      </p>
      {shown.length > 0 && (
        <ul
          aria-label={t('list.remarks')}
          tabIndex={0}
          className="flex max-h-44 flex-col gap-1 overflow-y-auto rounded-md border bg-sunken/60 px-3 py-2 text-xs text-soft"
        >
          {shown.map((remark) => (
            <li key={remark.line} className="wrap-anywhere">
              <span className="tnum text-faint">{t('list.line', { line: remark.line })}</span>{' '}
              <Remark remark={remark} />
            </li>
          ))}
          {more > 0 && <li className="text-faint">{t('list.more', { count: more })}</li>}
        </ul>
      )}
    </section>
  );
}

function Remark({ remark }: { remark: ListRemark }) {
  const t = useText();
  const say = useProblemText();
  if (remark.type === 'bad') return <bdi className="text-bad">{say(remark.problem)}</bdi>;
  return (
    <>
      {remark.type === 'repeated' && t('list.repeated', { line: remark.firstLine })}
      {remark.type === 'queued' && t('list.isQueued')}
      {remark.type === 'captured' && (
        <>
          {t('list.captured', { exhibit: remark.exhibit })} <Instant value={remark.capturedAt} />
        </>
      )}{' '}
      <bdi dir="ltr">{remark.url}</bdi>
    </>
  );
}
