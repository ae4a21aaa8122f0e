import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FolderPen } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { platform } from '../../app/platform.ts';
import { codeOf } from '../../app/problem.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice, useFailureText } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { isNamed } from '../settings/operator-name.ts';
import { fileNameOf, inFolder } from './suggest-path.ts';
import { useEnterCase } from './use-open-case.ts';

/** Problems that are about the path and are said under it. */
const aboutPath = new Set(['CASE_EXISTS', 'CASE_UNWRITABLE', 'CASE_READ_ONLY']);

/** Creates a case: what it is, why it is kept, who keeps it, and where. */
export function NewCaseForm() {
  const t = useText();
  const say = useFailureText();
  const queries = useQueryClient();
  const enter = useEnterCase();
  const { data: info } = useQuery(rpc.system.info.queryOptions());
  const [title, setTitle] = useState('');
  const [reference, setReference] = useState('');
  const [purpose, setPurpose] = useState('');
  const [typedPath, setPath] = useState<string | null>(null);
  const [typedName, setName] = useState<string | null>(null);

  const ownName = info && isNamed(info.operator) ? info.operator.name : '';
  const name = typedName ?? ownName;
  const suggested = info
    ? inFolder(info.defaultFolder, `${fileNameOf(title) || t('cases.fileName')}.constat`)
    : '';
  const path = typedPath ?? suggested;
  const exists = useQuery({
    ...rpc.system.pathExists.queryOptions({ input: { path: path.trim() } }),
    enabled: title.trim() !== '' && path.trim() !== '',
    staleTime: 0,
  });

  const create = useMutation({
    mutationFn: async () => {
      if (name.trim() && name.trim() !== ownName) {
        await client.system.nameOperator({ name: name.trim() });
        await queries.invalidateQueries({ queryKey: rpc.system.info.key() });
      }
      return client.cases.create({ title, reference, purpose, path: path.trim() });
    },
    onSuccess: enter,
  });
  const code = create.isError ? codeOf(create.error) : null;
  const pathError =
    code !== null && aboutPath.has(code) ? say(create.error) : exists.data ? t('cases.pathTaken') : null;
  const { chooseNewCase } = platform;

  return (
    <Form
      validationBehavior="aria"
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() && path.trim()) create.mutate();
      }}
    >
      <TextField label={t('cases.titleField')} value={title} onChange={setTitle} maxLength={200} isRequired />
      <TextField
        label={t('cases.reference')}
        description={t('cases.referenceHint')}
        value={reference}
        onChange={setReference}
        maxLength={200}
      />
      <TextField
        label={t('cases.purpose')}
        description={t('cases.purposeHint')}
        value={purpose}
        onChange={setPurpose}
        rows={2}
        maxLength={2000}
      />
      <TextField
        label={t('cases.operator')}
        description={t('cases.operatorHint')}
        value={name}
        onChange={setName}
        maxLength={100}
      />
      <TextField
        data
        label={t('cases.newPath')}
        description={t('cases.newPathHint')}
        value={path}
        onChange={(value) => {
          setPath(value);
          create.reset();
        }}
        error={pathError}
        aside={
          chooseNewCase && (
            <Button
              icon={FolderPen}
              onPress={() => void chooseNewCase(path).then((chosen) => chosen && setPath(chosen))}
            >
              {t('choose')}
            </Button>
          )
        }
      />
      {create.isError && !(code !== null && aboutPath.has(code)) && <FailureNotice error={create.error} />}
      <div>
        <Button kind="primary" type="submit" isDisabled={!title.trim() || !path.trim() || create.isPending}>
          {t('cases.create')}
        </Button>
      </div>
    </Form>
  );
}
