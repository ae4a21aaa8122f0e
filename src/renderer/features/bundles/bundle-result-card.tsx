import { BadgeCheck, FolderOpen, PackageCheck, RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import type { BundleResult } from '../../../shared/domain/bundle.ts';
import { platform } from '../../app/platform.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText } from '../../ui/amounts.ts';
import { Button } from '../../ui/button.tsx';
import { Digest } from '../../ui/digest.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { BundleCheck } from './bundle-check.tsx';

/** What was written, where it is, and the one hash that covers it all; with the way to verify it at once. */
export function BundleResultCard({ bundle, onAgain }: { bundle: BundleResult; onAgain: () => void }) {
  const t = useText();
  const intl = useIntl();
  const heading = useRef<HTMLHeadingElement>(null);
  const [checks, setChecks] = useState(0);
  useEffect(() => heading.current?.focus(), []);
  const { reveal } = platform;
  return (
    <div data-pane className="flex flex-col gap-5">
      <section className="flex flex-col gap-4 rounded-lg border p-4 sm:p-5">
        <div className="flex items-start gap-3">
          <PackageCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-good" />
          <div>
            <h2 ref={heading} tabIndex={-1} className="text-base font-semibold text-ink outline-none">
              {t('result.title')}
            </h2>
            <p className="tnum mt-0.5 text-sm text-soft">
              {t('result.counts', {
                captures: bundle.captures,
                files: bundle.files,
                size: bytesText(intl, bundle.bytes),
              })}
            </p>
            {bundle.redacted > 0 && (
              <p className="mt-0.5 text-sm text-soft">{t('result.redacted', { count: bundle.redacted })}</p>
            )}
          </div>
        </div>
        <Facts>
          <Fact name={t('result.path')}>
            <Digest value={bundle.path} label={t('result.path')} />
          </Fact>
          <Fact name={t('result.hash')}>
            <Digest value={bundle.tagManifestSha256} label={t('result.hash')} />
            <p className="text-xs text-faint">{t('result.hashNote')}</p>
          </Fact>
          <Fact name={t('result.checkpoint')}>
            {t('result.checkpointOver', { size: bundle.checkpoint.size })}
          </Fact>
        </Facts>
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" icon={BadgeCheck} onPress={() => setChecks((times) => times + 1)}>
            {t('result.verify')}
          </Button>
          {reveal && (
            <Button icon={FolderOpen} onPress={() => void reveal(bundle.path)}>
              {t('result.reveal')}
            </Button>
          )}
          <Button icon={RotateCcw} onPress={onAgain}>
            {t('result.again')}
          </Button>
        </div>
      </section>
      {checks > 0 && <BundleCheck key={checks} path={bundle.path} times={checks} />}
    </div>
  );
}
