import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { isTyping, runShortcut } from '../../app/commands.ts';
import { captureViews } from '../../app/routes.tsx';
import { rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { linkStyle } from '../../ui/link-style.ts';
import { CustodyView } from '../custody/custody-view.tsx';
import { CaptureHeader } from './capture-header.tsx';
import { PageView } from './page-view.tsx';
import { ProvenanceView } from './provenance-view.tsx';
import { ReplayView } from './replay-view.tsx';
import { useNoted } from './use-noted.ts';
import { useSettled } from './use-settled.ts';

/** One capture: the page as it looked, how the record came to be, what happened to it since, and the page alive. */
export function CapturePane() {
  const t = useText();
  const { caseId, captureId } = useParams({ from: '/case/$caseId/captures/$captureId' });
  const { view = 'page' } = useSearch({ from: '/case/$caseId/captures/$captureId' });
  const navigate = useNavigate();
  // Looking at a capture is written in the log: what the arrow keys only pass over is not opened.
  const settledId = useSettled(captureId);
  const found = useQuery(rpc.captures.get.queryOptions({ input: { caseId, captureId: settledId } }));
  const isThis = settledId === captureId;
  useNoted(caseId, found.isSuccess, settledId);

  return (
    // The keys of the list work on what it shows as well; what is typed in a field stays there.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      data-pane
      aria-label={t('capture.pane')}
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={(event) => {
        if (event.defaultPrevented || isTyping(event.target)) return;
        if (runShortcut(event, 'captures')) event.preventDefault();
      }}
    >
      <Link
        to="/case/$caseId/captures"
        params={{ caseId }}
        search={(before) => ({ ...before, view: undefined })}
        className={`${linkStyle} flex items-center gap-1.5 border-b px-4 py-2 lg:hidden`}
      >
        <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('capture.back')}
      </Link>
      {(found.isPending || !isThis) && !found.isError && <Waiting text={t('capture.reading')} />}
      {found.isError && isThis && (
        <div className="p-6">
          <FailureNotice error={found.error} />
        </div>
      )}
      {found.isSuccess && isThis && (
        <>
          <CaptureHeader caseId={caseId} capture={found.data.capture} provenance={found.data.provenance} />
          <Tabs
            selectedKey={view}
            onSelectionChange={(key) => {
              const next = captureViews.find((name) => name === key);
              void navigate({
                to: '.',
                search: (before) => ({ ...before, view: next === 'page' ? undefined : next }),
                replace: true,
              });
            }}
            className="flex min-h-0 flex-1 flex-col"
          >
            <TabList aria-label={t('capture.views')} className="flex gap-1 overflow-x-auto border-b px-3">
              {captureViews.map((name) => (
                <Tab
                  key={name}
                  id={name}
                  className="-mb-px shrink-0 border-b-2 border-transparent px-2.5 py-2 text-sm text-soft -outline-offset-2 hover:text-ink selected:border-accent selected:font-medium selected:text-ink"
                >
                  {t(`view.${name}`)}
                </Tab>
              ))}
            </TabList>
            <TabPanel id="page" className={panelStyle}>
              <PageView caseId={caseId} capture={found.data.capture} provenance={found.data.provenance} />
            </TabPanel>
            <TabPanel id="provenance" className={panelStyle}>
              <ProvenanceView capture={found.data.capture} provenance={found.data.provenance} />
            </TabPanel>
            <TabPanel id="custody" className={panelStyle}>
              <CustodyView caseId={caseId} captureId={captureId} />
            </TabPanel>
            <TabPanel id="replay" className={panelStyle}>
              <ReplayView caseId={caseId} capture={found.data.capture} />
            </TabPanel>
          </Tabs>
        </>
      )}
    </section>
  );
}

const panelStyle = 'flex min-h-0 flex-1 flex-col overflow-y-auto -outline-offset-2';
