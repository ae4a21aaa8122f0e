import { useCallback, useEffect } from 'react';
import type { Progress as ProgressNews } from '../../../shared/contract/base.ts';
import type { Verification } from '../../../shared/domain/custody.ts';
import { client } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Runs, useRun } from '../custody/use-run.ts';
import { VerificationResult } from '../custody/verification-result.tsx';

const checks = new Runs<{ verification: Verification }>();

/** Verifies the bundle at a path, and says what was found. It begins by itself, and anew with each of `times`. */
export function BundleCheck({ path, times }: { path: string; times: number }) {
  const t = useText();
  const say = useCallback(
    (news: ProgressNews) => t('verify.said', { done: news.done, total: news.total }),
    [t],
  );
  const { run, start, stop } = useRun(checks, `${path} ${times}`, say);
  useEffect(() => {
    void start((signal) => client.bundles.verify({ path }, { signal }));
    // Nobody would see the end of a check whose card is gone.
    return stop;
  }, [path, start, stop]);
  if (run.state === 'failed') return <FailureNotice error={run.error} />;
  if (run.state === 'stopped') return <p className="text-sm text-soft">{t('verify.stopped')}</p>;
  if (run.state === 'done')
    return (
      <VerificationResult key={run.result.verification.startedAt} verification={run.result.verification} />
    );
  const progress = run.state === 'running' ? run.progress : null;
  return (
    <div className="flex items-end gap-3">
      <div className="min-w-0 flex-1">
        <Progress
          label={t('check.running')}
          done={progress?.done ?? null}
          total={progress?.total ?? 0}
          item={progress?.item ?? ''}
        />
      </div>
      <Button onPress={stop}>{t('cancel')}</Button>
    </div>
  );
}
