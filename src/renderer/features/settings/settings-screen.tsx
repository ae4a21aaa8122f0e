import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { languages, type Preferences } from '../../../shared/domain/preferences.ts';
import type { SystemInfo } from '../../../shared/domain/system.ts';
import { preferences, usePreferences } from '../../app/preferences.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choice.tsx';
import { Digest } from '../../ui/digest.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { notify } from '../../ui/toasts.tsx';
import { QueueSection } from './queue-section.tsx';
import { ProfilesSection } from './profiles-section.tsx';
import { isNamed } from './operator-name.ts';

const themes: Preferences['theme'][] = ['system', 'light', 'dark'];
const languageChoices: Preferences['language'][] = ['system', ...languages];

/** Who the operator is, how the interface looks and speaks, and what it works with. */
export function SettingsScreen() {
  const t = useText();
  const { language, theme } = usePreferences();
  const info = useQuery(rpc.system.info.queryOptions());
  return (
    <Page title={t('settings.title')}>
      {info.isPending && <Waiting text={t('settings.reading')} />}
      {info.isError && <FailureNotice error={info.error} />}
      {info.data && <OperatorSection info={info.data} />}
      <Section title={t('settings.appearance')}>
        <div className="flex flex-wrap gap-x-8 gap-y-4">
          <Segments
            label={t('settings.language')}
            value={language}
            options={languageChoices.map((id) => ({ id, label: t(`language.${id}`) }))}
            onChange={(chosen) => preferences.set({ language: chosen })}
          />
          <Segments
            label={t('settings.theme')}
            value={theme}
            options={themes.map((id) => ({ id, label: t(`theme.${id}`) }))}
            onChange={(chosen) => preferences.set({ theme: chosen })}
          />
        </div>
      </Section>
      <QueueSection />
      {info.data && (
        <Section title={t('settings.browser')}>
          {info.data.browser ? (
            <Facts>
              <Fact name={t('settings.browserFound')}>
                {info.data.browser.name} {info.data.browser.version}
              </Fact>
              <Fact name={t('settings.browserPath')}>
                <Digest value={info.data.browser.path} label={t('settings.browserPath')} />
              </Fact>
            </Facts>
          ) : (
            <div className="flex flex-col items-start gap-2 rounded-md bg-warn-wash px-3 py-2.5 text-sm text-warn">
              <p>{t('settings.noBrowser')}</p>
              <Button size="small" icon={RefreshCw} onPress={() => void info.refetch()}>
                {t('settings.lookAgain')}
              </Button>
            </div>
          )}
        </Section>
      )}
      <ProfilesSection />
      {info.data && (
        <Section title={t('settings.about')}>
          <Facts>
            <Fact name="Constat">{info.data.version}</Fact>
            <Fact name={t('settings.host')}>{t(`host.${info.data.host}`)}</Fact>
            <Fact name={t('settings.folder')}>
              <span className="data">{info.data.defaultFolder}</span>
            </Fact>
          </Facts>
        </Section>
      )}
    </Page>
  );
}

function OperatorSection({ info }: { info: SystemInfo }) {
  const t = useText();
  const queries = useQueryClient();
  const own = isNamed(info.operator) ? info.operator.name : '';
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? own;
  const save = useMutation({
    mutationFn: () => client.system.nameOperator({ name: name.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rpc.system.info.key() });
      setTyped(null);
      notify(t('settings.nameSaved'));
    },
  });
  return (
    <Section title={t('settings.operator')}>
      <Form
        validationBehavior="aria"
        className="flex max-w-xl flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <TextField
          label={t('cases.operator')}
          description={t('cases.operatorHint')}
          value={name}
          onChange={setTyped}
          maxLength={100}
          aside={
            <Button type="submit" isDisabled={!name.trim() || name.trim() === own || save.isPending}>
              {t('save')}
            </Button>
          }
        />
        {save.isError && <FailureNotice error={save.error} />}
      </Form>
      <Facts>
        <Fact name={t('fact.key')}>
          <Digest value={info.operator.fingerprint} label={t('fact.key')} />
          <p className="max-w-[60ch] text-xs text-faint">{t('settings.keyNote')}</p>
        </Fact>
      </Facts>
    </Section>
  );
}
