import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileText, ListPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { DropZone, FileTrigger, Label, TextArea, TextField } from 'react-aria-components';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { inputStyle, labelStyle } from '../../ui/field.tsx';
import { notify } from '../../ui/toasts.tsx';
import { ListFindings } from './list-findings.tsx';
import { useSettled } from './use-settled.ts';

/** Characters beyond which a list is not shown for changing. */
const longestShown = 200_000;

interface Props {
  caseId: string;
  options: CaptureOptions;
  isOpen: boolean;
  onClose: () => void;
}

/** Takes a list of addresses, shows what is in it, and queues it. */
export function ListDialog({ isOpen, onClose, ...rest }: Props) {
  const t = useText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('list.title')} width="wide">
      <ListForm {...rest} onDone={onClose} />
    </Dialog>
  );
}

function ListForm({ caseId, options, onDone }: Omit<Props, 'isOpen' | 'onClose'> & { onDone: () => void }) {
  const t = useText();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState('');
  const [again, setAgain] = useState(false);
  const settled = useSettled(text);
  const preview = useMutation({
    mutationFn: (asked: { text: string; again: boolean }) =>
      client.captures.previewList({ caseId, options, ...asked }),
  });
  const { mutate, reset } = preview;
  useEffect(() => {
    if (settled.trim() === '') reset();
    else mutate({ text: settled, again });
  }, [settled, again, mutate, reset]);
  const start = useMutation({
    mutationFn: () => client.captures.startList({ caseId, text, options, again }),
    onSuccess: ({ added, resumed }) => {
      notify(t('list.queued', { count: added + resumed }));
      onDone();
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: rpc.captures.jobs.queryKey({ input: { caseId } }) }),
        queries.invalidateQueries({ queryKey: rpc.captures.queue.queryKey({ input: { caseId } }) }),
      ]),
  });
  const take = async (file: File | undefined) => {
    if (!file) return;
    setFileName(file.name);
    setText(await file.text());
  };
  const found = text === settled && settled.trim() !== '' ? preview.data : undefined;
  const count = found ? found.fresh + found.resumable : 0;
  return (
    <DropZone
      onDrop={(event) => {
        const dropped = event.items.find((item) => item.kind === 'file');
        if (dropped) void dropped.getFile().then(take);
      }}
      className="flex flex-col gap-3 rounded-md drop-target:outline-2 drop-target:outline-offset-4 drop-target:outline-focus"
    >
      {text.length > longestShown ? (
        <p className="flex items-center gap-2 rounded-md bg-sunken px-3 py-2 text-sm text-soft">
          <FileText aria-hidden className="size-4 shrink-0" />
          <bdi className="min-w-0 flex-1 truncate">{fileName}</bdi>
          <Button size="small" onPress={() => setText('')}>
            {t('list.otherList')}
          </Button>
        </p>
      ) : (
        <TextField autoFocus value={text} onChange={setText} className="flex flex-col gap-1">
          <Label className={labelStyle}>{t('list.label')}</Label>
          <TextArea
            dir="ltr"
            rows={8}
            spellCheck={false}
            placeholder="https://"
            className={`${inputStyle} resize-y font-mono text-[0.78rem] whitespace-pre`}
          />
        </TextField>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FileTrigger onSelect={(files) => void take(files?.[0])}>
          <Button icon={FileText}>{t('list.choose')}</Button>
        </FileTrigger>
        <span className="text-xs text-faint">{t('list.hint')}</span>
      </div>
      {found && <ListFindings preview={found} again={again} />}
      {found && found.captured + found.queued + found.repeated > 0 && (
        <Checkbox isSelected={again} onChange={setAgain}>
          {t('list.again')}
        </Checkbox>
      )}
      {preview.isError && <FailureNotice error={preview.error} />}
      {start.isError && <FailureNotice error={start.error} />}
      <div className="flex justify-end">
        <Button
          kind="primary"
          icon={ListPlus}
          isDisabled={count === 0 || start.isPending || preview.isPending}
          onPress={() => start.mutate()}
        >
          {t('list.start', { count })}
        </Button>
      </div>
    </DropZone>
  );
}
