import { FolderSearch } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { platform } from '../../app/platform.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { BundleCheck } from './bundle-check.tsx';

/** Verifies a bundle that somebody handed over: it takes no case, no key and no network. */
export function CheckBundleScreen() {
  const t = useText();
  const [path, setPath] = useState('');
  const [asked, setAsked] = useState<{ path: string; times: number } | null>(null);
  const { chooseBundle } = platform;
  return (
    <Page title={t('check.title')} lead={t('check.lead')}>
      <Form
        validationBehavior="aria"
        data-pane
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim()) setAsked((before) => ({ path: path.trim(), times: (before?.times ?? 0) + 1 }));
        }}
      >
        <TextField
          data
          label={t('check.path')}
          description={t('check.pathHint')}
          value={path}
          onChange={setPath}
          aside={
            chooseBundle && (
              <Button
                icon={FolderSearch}
                onPress={() => void chooseBundle().then((chosen) => chosen && setPath(chosen))}
              >
                {t('choose')}
              </Button>
            )
          }
        />
        <div>
          <Button kind="primary" type="submit" isDisabled={!path.trim()}>
            {t('check.start')}
          </Button>
        </div>
      </Form>
      {asked && <BundleCheck key={asked.times} path={asked.path} times={asked.times} />}
    </Page>
  );
}
