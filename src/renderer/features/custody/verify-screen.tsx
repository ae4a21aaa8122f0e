import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { useCallback } from 'react';
import type { Progress as ProgressNews } from '../../../shared/contract/base.ts';
import type { Verification } from '../../../shared/domain/custody.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Digest } from '../../ui/digest.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { CustodyView } from './custody-view.tsx';
import { Runs, useRun } from './use-run.ts';
import { VerificationResult } from './verification-result.tsx';

const verifications = new Runs<{ verification: Verification }>();

/** Recomputes everything a case rests on, and says what was found. */
export function VerifyScreen() {
  const t = useText();
  const { caseId } = useParams({ from: '/case/$caseId/verify' });
  const queries = useQueryClient();
  const checkpoint = useQuery({
    ...rpc.custody.checkpoint.queryOptions({ input: { caseId } }),
    refetchOnMount: 'always',
  });
  const say = useCallback(
    (news: ProgressNews) => t('verify.said', { done: news.done, total: news.total }),
    [t],
  );
  const { run, start, stop } = useRun(verifications, caseId, say);
  const begin = async () => {
    await start((signal) => client.custody.verify({ caseId }, { signal }));
    void queries.invalidateQueries({ queryKey: rpc.custody.key() });
    void queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) });
  };

  return (
    <Page title={t('verify.title')} lead={t('verify.lead')}>
      <div data-pane className="flex flex-col gap-5">
        {run.state !== 'running' && (
          <div>
            <Button kind="primary" icon={BadgeCheck} onPress={() => void begin()}>
              {t(run.state === 'idle' ? 'verify.start' : 'verify.again')}
            </Button>
          </div>
        )}
        {run.state === 'running' && (
          <div className="flex items-end gap-3">
            <div className="min-w-0 flex-1">
              <Progress
                label={t('verify.running')}
                done={run.progress?.done ?? null}
                total={run.progress?.total ?? 0}
                item={run.progress?.item ?? ''}
              />
            </div>
            <Button onPress={stop}>{t('cancel')}</Button>
          </div>
        )}
        {run.state === 'failed' && <FailureNotice error={run.error} />}
        {run.state === 'stopped' && <p className="text-sm text-soft">{t('verify.stopped')}</p>}
        {run.state === 'done' && (
          <VerificationResult
            key={run.result.verification.startedAt}
            verification={run.result.verification}
          />
        )}
      </div>
      <Section title={t('verify.anchor')}>
        <p className="max-w-[72ch] text-sm text-soft">{t('verify.anchorText')}</p>
        {checkpoint.data && (
          <p className="text-sm">
            <span className="text-soft">{t('verify.anchorValue', { size: checkpoint.data.size })}</span>{' '}
            <Digest value={checkpoint.data.root} label={t('verify.root')} />
          </p>
        )}
      </Section>
      <div>
        <Disclosure title={t('custody.whole')} level={2}>
          <div className="-mx-4">
            <CustodyView caseId={caseId} captureId={null} />
          </div>
        </Disclosure>
      </div>
    </Page>
  );
}
