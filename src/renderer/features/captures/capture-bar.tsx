import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Aperture, CircleDot, ChevronDown, ListPlus } from 'lucide-react';
import { useState } from 'react';
import {
  Button as AriaButton,
  Disclosure,
  DisclosurePanel,
  Form,
  Label,
  TextArea,
  TextField,
} from 'react-aria-components';
import { captureOptionsSchema, type CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { Capture } from '../../../shared/domain/capture.ts';
import { client, rpc } from '../../app/rpc.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { inputStyle } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ListDialog } from './list-dialog.tsx';
import { addressesIn } from './addresses.ts';
import { CaptureOptionFields, optionProblems } from './capture-options.tsx';

const startOptions = (): CaptureOptions => captureOptionsSchema.parse({ locale: navigator.language });

/** Where one says what to capture. */
export function CaptureBar({ caseId, captures }: { caseId: string; captures: readonly Capture[] }) {
  const t = useText();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [options, setOptions] = useState(startOptions);
  const [isListing, setListing] = useState(false);
  const addresses = addressesIn(text);
  const problems = optionProblems(options);

  const started = () => {
    setText('');
    // Leave to reach into this network is given for these captures and no others.
    setOptions((before) => ({ ...before, allowPrivateAddresses: false }));
    void queries.invalidateQueries({ queryKey: rpc.captures.jobs.queryKey({ input: { caseId } }) });
  };
  const start = useMutation({
    mutationFn: () =>
      client.captures.start({
        caseId,
        urls: addresses,
        options: { ...options, timeZone: options.timeZone.trim() },
      }),
    onSuccess: started,
  });
  const byHand = useMutation({
    mutationFn: (url: string) =>
      client.captures.startInteractive({
        caseId,
        url,
        options: { ...options, timeZone: options.timeZone.trim() },
        whenClosed: 'ask',
      }),
    onSuccess: started,
  });
  const canStart = addresses.length > 0 && !start.isPending && !problems.locale && !problems.timeZone;
  const submit = () => canStart && start.mutate();

  return (
    <Form
      validationBehavior="aria"
      className="flex flex-col gap-2 px-3 pt-3 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex items-start gap-2">
        <TextField
          value={text}
          onChange={(value) => {
            setText(value);
            start.reset();
            byHand.reset();
          }}
          className="min-w-0 flex-1"
        >
          <Label className="sr-only">{t('bar.label')}</Label>
          <TextArea
            dir="ltr"
            rows={Math.min(6, Math.max(1, text.split('\n').length))}
            placeholder={t('bar.placeholder')}
            spellCheck={false}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey) return;
              event.preventDefault();
              submit();
            }}
            className={`${inputStyle} block resize-none whitespace-pre`}
          />
        </TextField>
        <Button kind="primary" type="submit" icon={Aperture} isDisabled={!canStart}>
          {addresses.length > 1 ? t('bar.captureMany', { count: addresses.length }) : t('bar.capture')}
        </Button>
      </div>
      <div className="flex flex-wrap gap-x-2">
        <Button
          size="small"
          kind="quiet"
          icon={CircleDot}
          className="-ms-2"
          isDisabled={addresses.length !== 1 || byHand.isPending || problems.locale || problems.timeZone}
          onPress={() => byHand.mutate(addresses[0] ?? '')}
        >
          {t('bar.byHand')}
        </Button>
        <Button
          size="small"
          kind="quiet"
          icon={ListPlus}
          isDisabled={problems.locale || problems.timeZone}
          onPress={() => setListing(true)}
        >
          {t('list.open')}
        </Button>
      </div>
      <ListDialog
        caseId={caseId}
        options={{ ...options, timeZone: options.timeZone.trim() }}
        isOpen={isListing}
        onClose={() => setListing(false)}
      />
      <KnownAlready addresses={addresses} captures={captures} />
      {start.isError && <FailureNotice error={start.error} />}
      {byHand.isError && <FailureNotice error={byHand.error} />}
      <Disclosure className="group">
        <AriaButton
          slot="trigger"
          className="flex min-h-6 max-w-full items-center gap-1 rounded-sm text-xs text-faint hover:text-ink"
        >
          <ChevronDown
            aria-hidden
            className="size-3.5 shrink-0 transition-transform group-expanded:rotate-180"
          />
          <span className="shrink-0">{t('options.title')}</span>
          <span className={`truncate ${options.allowPrivateAddresses ? 'font-medium text-warn' : ''}`}>
            {t('options.summary', {
              private: String(options.allowPrivateAddresses),
              viewport: `${options.viewport.width} × ${options.viewport.height}`,
              locale: options.locale,
              pdf: String(options.pdf),
            })}
          </span>
        </AriaButton>
        <DisclosurePanel>
          <div className="pt-2.5 pb-1">
            <CaptureOptionFields options={options} onChange={setOptions} problems={problems} />
          </div>
        </DisclosurePanel>
      </Disclosure>
    </Form>
  );
}

/** Says that an address was captured before, and when. It may be captured again: pages change. */
function KnownAlready({ addresses, captures }: { addresses: string[]; captures: readonly Capture[] }) {
  const t = useText();
  const asked = new Set(addresses);
  const known = captures.filter((capture) => asked.has(capture.requestedUrl) || asked.has(capture.finalUrl));
  const last = known.at(-1);
  if (!last) return null;
  return (
    <p className="text-xs text-soft">
      {t('bar.known', { count: known.length })} <Instant value={last.startedAt} />
    </p>
  );
}
