import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ProfileChoice } from '../recording/profile-choice.tsx';
import { Checkbox, Select } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { BehaviourOptions } from './behaviour-options.tsx';

const viewports = ['1280x900', '1920x1080', '820x1180', '390x844'] as const;
type ViewportName = (typeof viewports)[number];

const nameOf = ({ width, height }: CaptureOptions['viewport']): ViewportName =>
  viewports.find((name) => name === `${width}x${height}`) ?? '1280x900';

interface Props {
  options: CaptureOptions;
  onChange: (options: CaptureOptions) => void;
  problems: { locale: boolean; timeZone: boolean; proxy: boolean };
}

/** How the next captures are to be made. All of it ends up in their provenance. */
export function CaptureOptionFields({ options, onChange, problems }: Props) {
  const t = useText();
  return (
    <div className="flex flex-col gap-3.5">
      <Checkbox
        isSelected={options.allowPrivateAddresses}
        onChange={(allowPrivateAddresses) => onChange({ ...options, allowPrivateAddresses })}
        description={t('options.privateHint')}
      >
        {t('options.private')}
      </Checkbox>
      <Checkbox isSelected={options.pdf} onChange={(pdf) => onChange({ ...options, pdf })}>
        {t('options.pdf')}
      </Checkbox>
      <ProfileChoice profile={options.profile} onChange={(profile) => onChange({ ...options, profile })} />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
        <Select
          label={t('options.viewport')}
          value={nameOf(options.viewport)}
          options={viewports.map((id) => ({ id, label: t(`viewport.${id}`) }))}
          onChange={(name) => {
            const [width = 1280, height = 900] = name.split('x').map(Number);
            onChange({ ...options, viewport: { width, height } });
          }}
        />
        <TextField
          data
          label={t('options.locale')}
          value={options.locale}
          onChange={(locale) => onChange({ ...options, locale })}
          error={problems.locale ? t('options.localeWrong') : null}
        />
        <TextField
          data
          label={t('options.timeZone')}
          placeholder={t('options.timeZoneOwn')}
          value={options.timeZone}
          onChange={(timeZone) => onChange({ ...options, timeZone })}
          error={problems.timeZone ? t('options.timeZoneWrong') : null}
        />
      </div>
      <Disclosure title={t('options.more')} level={2}>
        <BehaviourOptions options={options} onChange={onChange} proxyWrong={problems.proxy} />
      </Disclosure>
    </div>
  );
}

function fails(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

/** Which of the options that are typed cannot be meant. */
export function optionProblems({ locale, timeZone, proxy }: CaptureOptions): Props['problems'] {
  return {
    locale: fails(() => Intl.getCanonicalLocales(locale)) || locale.trim() === '',
    timeZone:
      timeZone.trim() !== '' && fails(() => new Intl.DateTimeFormat('en', { timeZone: timeZone.trim() })),
    proxy: proxy.trim() !== '' && !/^(?:socks5h?|http|tor):\/\/[^\s/@]+\/?$/i.test(proxy.trim()),
  };
}
