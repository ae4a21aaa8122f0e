import { useQuery } from '@tanstack/react-query';
import { ExternalLink, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Capture } from '../../../shared/domain/capture.ts';
import { isDesktop, platform } from '../../app/platform.ts';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { linkButtonStyle } from '../../ui/link-style.ts';
import { useNoted } from './use-noted.ts';

/** The page alive again out of the sealed archive, in another origin, without a network. */
export function ReplayView({ caseId, capture }: { caseId: string; capture: Capture }) {
  const t = useText();
  const replay = useQuery({
    ...rpc.captures.replay.queryOptions({ input: { caseId, captureId: capture.id } }),
    gcTime: 0,
    retry: false,
  });
  useNoted(caseId, replay.isSuccess, capture.id);
  const [isLoaded, setLoaded] = useState(false);
  if (replay.isPending) return <Waiting text={t('replay.preparing')} />;
  if (replay.isError) {
    return (
      <div className="p-4">
        <FailureNotice error={replay.error} />
      </div>
    );
  }
  const { url } = replay.data;
  const { openReplay } = platform;
  return (
    <div className="flex min-h-96 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <ShieldCheck aria-hidden className="size-4 shrink-0 text-faint" />
        <p className="min-w-0 flex-1 basis-64 text-xs text-soft">{t('replay.note')}</p>
        {openReplay && (
          <Button size="small" icon={ExternalLink} onPress={() => void openReplay(url)}>
            {t('replay.window')}
          </Button>
        )}
        {!isDesktop && (
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            className={`${linkButtonStyle} min-h-6.5! px-2! text-xs!`}
          >
            <ExternalLink aria-hidden className="size-3.5" />
            {t('replay.window')}
          </a>
        )}
      </div>
      <div className="relative flex flex-1 border-t">
        {!isLoaded && (
          <div className="absolute inset-0">
            <Waiting text={t('replay.loading')} />
          </div>
        )}
        <iframe
          src={url}
          title={t('replay.title', { title: capture.title || capture.finalUrl })}
          // The frame is of another origin than the application: with these two it can run its own player and no more.
          // oxlint-disable-next-line react/iframe-missing-sandbox
          sandbox="allow-scripts allow-same-origin"
          referrerPolicy="no-referrer"
          onLoad={() => setLoaded(true)}
          className="relative size-full min-h-96 flex-1 border-0"
        />
      </div>
    </div>
  );
}
