import { useIntl } from 'react-intl';
import type { StepOutcome } from '../../../shared/domain/provenance.ts';
import { useText } from '../../i18n/use-text.tsx';
import { durationText } from '../../ui/amounts.ts';
import { English } from '../../ui/english.tsx';
import { Instant } from '../../ui/instant.tsx';

const colours: Record<StepOutcome['outcome'], string> = {
  done: 'text-good',
  partial: 'text-warn',
  failed: 'text-bad',
  skipped: 'text-faint',
};

/** Each step of the capture: when, how long, and what came of it. */
export function Steps({ steps }: { steps: readonly StepOutcome[] }) {
  const t = useText();
  const intl = useIntl();
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('prov.steps')}>
      <table className="w-full text-start text-xs">
        <thead>
          <tr className="border-b text-faint [&>th]:py-1 [&>th]:pe-3 [&>th]:text-start [&>th]:font-medium">
            <th scope="col">{t('steps.name')}</th>
            <th scope="col">{t('steps.outcome')}</th>
            <th scope="col">{t('steps.start')}</th>
            <th scope="col">{t('steps.duration')}</th>
            <th scope="col">{t('steps.note')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr
              key={step.name}
              className="border-b align-top last:border-b-0 [&>*]:py-1.5 [&>*]:pe-3 [&>*]:text-start"
            >
              <th scope="row" className="font-medium whitespace-nowrap text-ink">
                {t(`step.${step.name}`)}
              </th>
              <td className={`whitespace-nowrap ${colours[step.outcome]}`}>{t(`outcome.${step.outcome}`)}</td>
              <td className="text-soft">
                <Instant value={step.startedAt} />
              </td>
              <td className="tnum whitespace-nowrap text-soft">{durationText(intl, step.durationMs)}</td>
              <td className="min-w-40 text-soft wrap-anywhere">
                {step.note && <English>{step.note}</English>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
