import { CircleCheck, CircleX, ShieldAlert, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useIntl } from 'react-intl';
import type { Check, Verification } from '../../../shared/domain/custody.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText } from '../../ui/amounts.ts';
import { Digest } from '../../ui/digest.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { English } from '../../ui/english.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Instant } from '../../ui/instant.tsx';

const looks = {
  fail: { icon: CircleX, style: 'text-bad' },
  warning: { icon: TriangleAlert, style: 'text-warn' },
  pass: { icon: CircleCheck, style: 'text-good' },
} as const;

/** What a verification found: the answer first, then what failed, then all else that was looked at. */
export function VerificationResult({ verification }: { verification: Verification }) {
  const t = useText();
  const intl = useIntl();
  const heading = useRef<HTMLHeadingElement>(null);
  // A new result is a new card (its caller keys it), so that this runs once for each.
  useEffect(() => heading.current?.focus(), []);
  const { ok, checks, counts, signers, checkpoint, finishedAt } = verification;
  const of = (status: Check['status']) => checks.filter((check) => check.status === status);
  const failed = of('fail');
  const warnings = of('warning');
  const passed = of('pass');
  const Icon = ok ? ShieldCheck : ShieldAlert;
  return (
    <section className="flex flex-col gap-4" aria-label={t('verify.result')}>
      <div
        className={`flex items-start gap-3 rounded-lg px-4 py-3.5 ${ok ? 'bg-good-wash text-good' : 'bg-bad-wash text-bad'}`}
      >
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
        <div>
          <h2 ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
            {ok ? t('verify.ok') : t('verify.failed', { count: failed.length })}
          </h2>
          <p className="mt-0.5 text-sm">
            {t('verify.counts', {
              captures: counts.captures,
              events: counts.events,
              size: bytesText(intl, counts.bytes),
            })}
          </p>
        </div>
      </div>
      {failed.length > 0 && <Checks title={t('verify.failedChecks')} checks={failed} />}
      {warnings.length > 0 && <Checks title={t('verify.warnings')} checks={warnings} />}
      {signers.length > 0 && (
        <div className="px-4 text-sm">
          <p className="text-soft">{t('verify.signers', { count: signers.length })}</p>
          <ul>
            {signers.map((signer) => (
              <li key={signer}>
                <Digest value={signer} label={t('fact.key')} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <Disclosure title={t('verify.passed')} hint={passed.length} level={3} isOpen={passed.length <= 12}>
          <CheckList checks={passed} />
        </Disclosure>
        <Disclosure title={t('verify.meaning')} level={3}>
          <p className="max-w-[72ch] text-sm text-soft">{t('verify.meaningText')}</p>
        </Disclosure>
        <Disclosure title={t('verify.technical')} level={3}>
          <Facts>
            <Fact name={t('verify.finished')}>
              <Instant value={finishedAt} form="long" />
            </Fact>
            {checkpoint && (
              <>
                <Fact name={t('verify.root')}>
                  <Digest value={checkpoint.root} label={t('verify.root')} />
                </Fact>
                <Fact name={t('verify.size')}>{checkpoint.size}</Fact>
                <Fact name={t('verify.note')}>
                  <pre
                    dir="ltr"
                    className="font-mono text-[0.7rem] leading-4.5 whitespace-pre-wrap wrap-anywhere"
                  >
                    {checkpoint.note}
                  </pre>
                </Fact>
              </>
            )}
          </Facts>
        </Disclosure>
      </div>
    </section>
  );
}

function Checks({ title, checks }: { title: string; checks: readonly Check[] }) {
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-sm font-semibold text-ink">{title}</h3>
      <CheckList checks={checks} />
    </div>
  );
}

function CheckList({ checks }: { checks: readonly Check[] }) {
  const t = useText();
  // Several findings about one thing stand together under its name.
  const items = Map.groupBy(checks, (check) => check.item);
  return (
    <ul className="divide-y rounded-md border">
      {[...items].map(([item, findings]) => {
        const status = findings[0]?.status ?? 'pass';
        const { icon: Icon, style } = looks[status];
        return (
          <li key={item} className="flex items-start gap-2.5 px-3 py-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${style}`} />
            <div className="min-w-0 flex-1">
              <p className="text-sm font-medium text-ink wrap-anywhere">
                <span className="sr-only">{t(`check.${status}`)}: </span>
                <English>{item}</English>
              </p>
              {findings.map(({ message }, index) => (
                <p key={`${index} ${message}`} className="text-xs text-soft wrap-anywhere">
                  <English>{message}</English>
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
