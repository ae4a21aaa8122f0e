import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Checkbox, Select } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';

interface Props {
  options: CaptureOptions;
  onChange: (options: CaptureOptions) => void;
  proxyWrong: boolean;
}

const kept = ['expand', 'play', 'otherSizes', 'videoTool', 'mhtml', 'accessibility'] as const;
const screens = ['20', '200', '2000'] as const;
const consents = ['leave', 'refuse', 'accept'] as const;
const witnesses = ['auto', 'wire', 'browser'] as const;

/** What is done with a page while it is captured, and the way there. */
export function BehaviourOptions({ options, onChange, proxyWrong }: Props) {
  const t = useText();
  return (
    <div className="flex flex-col gap-3.5">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
        <Select
          label={t('options.consent')}
          value={options.consent}
          options={consents.map((id) => ({ id, label: t(`consent.${id}`) }))}
          onChange={(consent) => onChange({ ...options, consent })}
        />
        <Select
          label={t('options.witness')}
          value={options.witness}
          options={witnesses.map((id) => ({ id, label: t(`witness.${id}`) }))}
          onChange={(witness) => onChange({ ...options, witness })}
        />
        <Select
          label={t('options.screens')}
          value={screens.find((id) => Number(id) >= options.maxScreens) ?? '2000'}
          options={screens.map((id) => ({ id, label: t(`screens.${id}`) }))}
          onChange={(id) => onChange({ ...options, maxScreens: Number(id), scrollTimeout: scrollTimes[id] })}
        />
        <TextField
          data
          label={t('options.proxy')}
          placeholder="socks5://127.0.0.1:1080"
          value={options.proxy}
          onChange={(proxy) => onChange({ ...options, proxy })}
          error={proxyWrong ? t('options.proxyWrong') : null}
        />
      </div>
      {kept.map((name) => (
        <Checkbox
          key={name}
          isSelected={options[name]}
          onChange={(isOn) => onChange({ ...options, [name]: isOn })}
        >
          {t(`options.${name}`)}
        </Checkbox>
      ))}
      <Checkbox
        isSelected={options.allowBadCertificates}
        onChange={(allowBadCertificates) => onChange({ ...options, allowBadCertificates })}
        description={t('options.certificatesHint')}
      >
        {t('options.certificates')}
      </Checkbox>
    </div>
  );
}

/** A longer way down needs more time (milliseconds). */
const scrollTimes = { '20': 20_000, '200': 20_000, '2000': 300_000 } as const;
