import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { FolderPen, Package } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Form } from 'react-aria-components';
import type { Progress as ProgressNews } from '../../../shared/contract/base.ts';
import type { BundleFormat, BundleLanguage, BundleResult } from '../../../shared/domain/bundle.ts';
import { platform } from '../../app/platform.ts';
import { languageOf, usePreferences } from '../../app/preferences.ts';
import { codeOf } from '../../app/problem.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choice.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureNotice, useFailureText } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { linkButtonStyle } from '../../ui/link-style.ts';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useSelection } from '../captures/selection.ts';
import { fileNameOf, inFolder } from '../cases/suggest-path.ts';
import { Runs, useRun } from '../custody/use-run.ts';
import { BundlePreview } from './bundle-preview.tsx';
import { type Copies, CopiesChoice, mustConfirm } from './copies-choice.tsx';
import { BundleResultCard } from './bundle-result-card.tsx';

const exports = new Runs<{ bundle: BundleResult }>();
const aboutPath = new Set(['DESTINATION_EXISTS', 'DESTINATION_UNWRITABLE']);

/** Hands a case over: what, to whom, why and where to; first shown, then written. */
export function ExportScreen() {
  const t = useText();
  const sayFailure = useFailureText();
  const { caseId } = useParams({ from: '/case/$caseId/export' });
  const queries = useQueryClient();
  const { data: info } = useQuery(rpc.system.info.queryOptions());
  const { data: open } = useQuery(rpc.cases.get.queryOptions({ input: { caseId } }));
  const captures = useQuery(rpc.captures.list.queryOptions({ input: { caseId } }));
  const { chosen } = useSelection(caseId);
  const [scope, setScope] = useState<'all' | 'chosen'>(chosen.size > 1 ? 'chosen' : 'all');
  const [format, setFormat] = useState<BundleFormat>('folder');
  const ownLanguage = languageOf(usePreferences().language);
  const [language, setLanguage] = useState<BundleLanguage>(ownLanguage);
  const [typed, setTyped] = useState<string | null>(null);
  const [recipient, setRecipient] = useState('');
  const [purpose, setPurpose] = useState('');
  const [copies, setCopies] = useState<Copies>('auto');
  const [confirmed, setConfirmed] = useState(false);
  const say = useCallback(
    (news: ProgressNews) => t('export.said', { done: news.done, total: news.total }),
    [t],
  );
  const { run, start, stop, reset } = useRun(exports, caseId, say);

  const ending = format === 'zip' ? '.zip' : '';
  const name = `${(open && fileNameOf(open.title)) || t('cases.fileName')}-${t('export.fileName')}${ending}`;
  const destination = typed ?? (info ? inFolder(info.defaultFolder, name) : '');
  const captureIds = scope === 'chosen' && chosen.size > 0 ? [...chosen] : null;
  const preview = useQuery(rpc.bundles.preview.queryOptions({ input: { caseId, request: { captureIds } } }));
  const loggedIn = preview.data?.loggedIn ?? null;
  const unconfirmed = mustConfirm({ copies, loggedIn, confirmed });
  const exists = useQuery({
    ...rpc.system.pathExists.queryOptions({ input: { path: destination.trim() } }),
    enabled: destination.trim() !== '' && run.state !== 'done' && run.state !== 'running',
    staleTime: 0,
  });
  const code = run.state === 'failed' ? codeOf(run.error) : null;
  const isAboutPath = code !== null && aboutPath.has(code);
  const pathError =
    isAboutPath && run.state === 'failed'
      ? sayFailure(run.error)
      : exists.data
        ? t('export.pathTaken')
        : null;
  const { chooseDestination } = platform;

  if (captures.data?.length === 0) {
    return (
      <Page title={t('export.title')} lead={t('export.lead')}>
        <Empty icon={Package} title={t('export.nothing')} text={t('export.nothingText')}>
          <Link to="/case/$caseId/captures" params={{ caseId }} className={linkButtonStyle}>
            {t('nav.captures')}
          </Link>
        </Empty>
      </Page>
    );
  }

  const begin = async () => {
    const request = {
      captureIds,
      destination: destination.trim(),
      format,
      language,
      recipient,
      purpose,
      copies,
      withCredentials: copies === 'sealed' && confirmed,
    };
    await start((signal) => client.bundles.export({ caseId, request }, { signal }));
    void queries.invalidateQueries({ queryKey: rpc.custody.key() });
    void queries.invalidateQueries({ queryKey: rpc.cases.get.queryKey({ input: { caseId } }) });
  };

  return (
    <Page title={t('export.title')} lead={t('export.lead')}>
      {run.state === 'done' ? (
        <BundleResultCard
          bundle={run.result.bundle}
          onAgain={() => {
            setTyped(null);
            reset();
          }}
        />
      ) : (
        <div data-pane className="grid gap-6 lg:grid-cols-[3fr_2fr] lg:gap-10">
          <Form
            validationBehavior="aria"
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (destination.trim() && !unconfirmed && run.state !== 'running') void begin();
            }}
          >
            <Segments
              label={t('export.scope')}
              value={captureIds === null ? 'all' : 'chosen'}
              options={[
                { id: 'all', label: t('export.all', { count: captures.data?.length ?? 0 }) },
                ...(chosen.size > 0
                  ? [{ id: 'chosen' as const, label: t('export.chosen', { count: chosen.size }) }]
                  : []),
              ]}
              onChange={setScope}
            />
            {chosen.size === 0 && <p className="-mt-2.5 text-xs text-faint">{t('export.scopeHint')}</p>}
            <CopiesChoice
              copies={copies}
              onChange={(chosenCopies) => {
                setCopies(chosenCopies);
                setConfirmed(false);
              }}
              loggedIn={loggedIn}
              confirmed={confirmed}
              onConfirm={setConfirmed}
            />
            <Segments
              label={t('export.format')}
              value={format}
              options={[
                { id: 'folder', label: t('export.folder') },
                { id: 'zip', label: t('export.zip') },
              ]}
              onChange={setFormat}
            />
            <Segments
              label={t('export.language')}
              value={language}
              options={[
                { id: 'en', label: t('language.en') },
                { id: 'fr', label: t('language.fr') },
              ]}
              onChange={setLanguage}
            />
            <TextField
              data
              label={t('export.destination')}
              description={t(format === 'zip' ? 'export.destinationZip' : 'export.destinationFolder')}
              value={destination}
              onChange={(value) => {
                setTyped(value);
                if (run.state === 'failed') reset();
              }}
              error={pathError}
              aside={
                chooseDestination && (
                  <Button
                    icon={FolderPen}
                    onPress={() =>
                      void chooseDestination(destination, format).then(
                        (path) => path !== null && setTyped(path),
                      )
                    }
                  >
                    {t('choose')}
                  </Button>
                )
              }
            />
            <TextField
              label={t('export.recipient')}
              description={t('export.recipientHint')}
              value={recipient}
              onChange={setRecipient}
              maxLength={500}
            />
            <TextField
              label={t('export.purpose')}
              value={purpose}
              onChange={setPurpose}
              rows={2}
              maxLength={2000}
            />
            {run.state === 'failed' && !isAboutPath && <FailureNotice error={run.error} />}
            {run.state === 'stopped' && <p className="text-sm text-soft">{t('export.stopped')}</p>}
            {run.state === 'running' ? (
              <div className="flex items-end gap-3">
                <div className="min-w-0 flex-1">
                  <Progress
                    label={t('export.running')}
                    done={run.progress?.done ?? null}
                    total={run.progress?.total ?? 0}
                    item={run.progress?.item ?? ''}
                  />
                </div>
                <Button onPress={stop}>{t('cancel')}</Button>
              </div>
            ) : (
              <div>
                <Button
                  kind="primary"
                  type="submit"
                  icon={Package}
                  isDisabled={!destination.trim() || unconfirmed}
                >
                  {t('export.start')}
                </Button>
              </div>
            )}
          </Form>
          <BundlePreview caseId={caseId} captureIds={captureIds} copies={copies} />
        </div>
      )}
    </Page>
  );
}
