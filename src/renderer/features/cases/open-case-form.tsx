import { FolderSearch } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { platform } from '../../app/platform.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { useFailureText } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { useOpenCase } from './use-open-case.ts';

/** Opens a case by the path of its file. */
export function OpenCaseForm() {
  const t = useText();
  const say = useFailureText();
  const [path, setPath] = useState('');
  const open = useOpenCase();
  const { chooseCase } = platform;
  return (
    <Form
      validationBehavior="aria"
      className="flex flex-col items-start gap-3 [&>*]:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim()) open.mutate(path.trim());
      }}
    >
      <TextField
        data
        label={t('cases.path')}
        description={t('cases.openHint')}
        value={path}
        onChange={(value) => {
          setPath(value);
          open.reset();
        }}
        error={open.isError ? say(open.error) : null}
        aside={
          chooseCase && (
            <Button
              icon={FolderSearch}
              onPress={() => void chooseCase().then((chosen) => chosen && setPath(chosen))}
            >
              {t('choose')}
            </Button>
          )
        }
      />
      <Button type="submit" isDisabled={!path.trim() || open.isPending} className="w-fit!">
        {t('cases.open')}
      </Button>
    </Form>
  );
}
