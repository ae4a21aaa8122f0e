import { useIntl } from 'react-intl';
import type { Capture } from '../../../shared/domain/capture.ts';
import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { Provenance, Tls } from '../../../shared/domain/provenance.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText, durationText } from '../../ui/amounts.ts';
import { Digest } from '../../ui/digest.tsx';
import { English } from '../../ui/english.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Instant } from '../../ui/instant.tsx';

/** What identifies the sealed record, to the last sign. */
export function Seal({ capture, provenance }: { capture: Capture; provenance: Provenance }) {
  const t = useText();
  const intl = useIntl();
  const exact = `${intl.formatNumber(capture.sizeBytes)} (${bytesText(intl, capture.sizeBytes)})`;
  return (
    <Facts>
      <Fact name={t('fact.sha256')}>
        <Digest value={capture.sha256} label="SHA-256" />
      </Fact>
      <Fact name={t('fact.bytes')}>{exact}</Fact>
      <Fact name={t('fact.seq')}>{capture.sealedSeq}</Fact>
      <Fact name={t('fact.captureId')}>
        <Digest value={capture.id} label={t('fact.captureId')} />
      </Fact>
      <Fact name={t('fact.start')}>
        <Instant value={provenance.time.start} form="long" />
      </Fact>
      <Fact name={t('fact.end')}>
        <Instant value={provenance.time.end} form="long" />
      </Fact>
      <Fact name={t('fact.zone')}>
        <bdi>
          {provenance.time.zone} ({provenance.time.offset})
        </bdi>
      </Fact>
      <Fact name={t('fact.operator')}>
        <bdi>{provenance.operator.name}</bdi>
      </Fact>
      <Fact name={t('fact.key')}>
        <Digest value={provenance.operator.keyFingerprint} label={t('fact.key')} />
      </Fact>
      <Fact name={t('fact.software')}>{provenance.software}</Fact>
    </Facts>
  );
}

/** The browser and the machine that captured. */
export function Environment({ provenance }: { provenance: Provenance }) {
  const t = useText();
  const { environment } = provenance;
  const { browser, viewport } = environment;
  return (
    <Facts>
      <Fact name={t('fact.browser')}>
        {browser.name} {browser.version}
        {browser.headless && ` (${t('fact.headless')})`}
      </Fact>
      <Fact name={t('fact.browserHash')}>
        <Digest value={browser.sha256} label={t('fact.browserHash')} />
      </Fact>
      <Fact name={t('fact.userAgent')}>
        <span className="data">{browser.userAgent}</span>
      </Fact>
      <Fact name={t('fact.sandbox')}>
        {t(environment.browserSandbox ? 'fact.sandboxOn' : 'fact.sandboxOff')}{' '}
        {environment.sandboxNote && <English>{environment.sandboxNote}</English>}
      </Fact>
      <Fact name={t('fact.viewport')}>
        <bdi dir="ltr">
          {viewport.width} × {viewport.height} @{viewport.deviceScaleFactor}
        </bdi>
      </Fact>
      <Fact name={t('fact.locale')}>{environment.locale}</Fact>
      <Fact name={t('fact.timeZone')}>{environment.timeZone}</Fact>
      <Fact name={t('fact.profile')}>
        {t(environment.profile === 'named' ? 'fact.profileKept' : 'fact.profileFresh')}
      </Fact>
      <Fact name={t('fact.platform')}>{environment.platform}</Fact>
      <Fact name={t('fact.versions')}>
        Node {environment.node}, Playwright {environment.playwright}
      </Fact>
      <Fact name={t('fact.arguments')}>
        <span className="data">{environment.browserArguments.join(' ')}</span>
      </Fact>
    </Facts>
  );
}

const flags = ['expand', 'play', 'otherSizes', 'videoTool', 'mhtml', 'accessibility'] as const;

/** What was asked for when the capture was started. */
export function Options({ options }: { options: CaptureOptions }) {
  const t = useText();
  const intl = useIntl();
  const yes = (value: boolean) => t(value ? 'yes' : 'no');
  return (
    <Facts>
      <Fact name={t('options.private')}>{yes(options.allowPrivateAddresses)}</Fact>
      <Fact name={t('options.pdf')}>{yes(options.pdf)}</Fact>
      {flags.map((name) => (
        <Fact key={name} name={t(`options.${name}`)}>
          {yes(options[name])}
        </Fact>
      ))}
      <Fact name={t('options.certificates')}>{yes(options.allowBadCertificates)}</Fact>
      <Fact name={t('options.consent')}>{t(`consent.${options.consent}`)}</Fact>
      <Fact name={t('options.witness')}>{t(`witness.${options.witness}`)}</Fact>
      <Fact name={t('options.proxy')}>
        {options.proxy === '' ? t('no') : <bdi dir="ltr">{options.proxy}</bdi>}
      </Fact>
      <Fact name={t('fact.maxScreens')}>{options.maxScreens}</Fact>
      <Fact name={t('options.viewport')}>
        <bdi dir="ltr">
          {options.viewport.width} × {options.viewport.height}
        </bdi>
      </Fact>
      <Fact name={t('options.locale')}>{options.locale}</Fact>
      <Fact name={t('options.timeZone')}>{options.timeZone || t('options.timeZoneOwn')}</Fact>
      <Fact name={t('fact.loadTimeout')}>{durationText(intl, options.loadTimeout)}</Fact>
      <Fact name={t('fact.settleTimeout')}>{durationText(intl, options.settleTimeout)}</Fact>
      <Fact name={t('fact.scrollTimeout')}>{durationText(intl, options.scrollTimeout)}</Fact>
      <Fact name={t('fact.maxBytes')}>{bytesText(intl, options.maxBytes)}</Fact>
    </Facts>
  );
}

interface NetworkProps {
  network: Provenance['network'];
  resources: Provenance['exchanges'];
}

/** Which names led to which addresses, what was refused, and how connections were encrypted. */
export function Network({ network, resources }: NetworkProps) {
  const t = useText();
  const secured = new Map<string, Tls>();
  for (const { url, tls } of resources) {
    if (tls && URL.canParse(url)) secured.set(new URL(url).host, tls);
  }
  return (
    <div className="flex flex-col gap-4">
      <Facts>
        {network.resolved.map(({ host, addresses, used }) => (
          <Fact key={host} name={host}>
            <span className="data">{used ?? t('net.unused')}</span>
            {addresses.length > 1 && (
              <span className="text-xs text-faint">
                {' '}
                {t('net.outOf', { addresses: addresses.join(', ') })}
              </span>
            )}
          </Fact>
        ))}
        {network.refused.map(({ host, port, reason }) => (
          <Fact key={`${host} ${port} ${reason}`} name={`${host}:${port}`}>
            <span className="text-bad">
              {t('net.refused')} <English>{reason}</English>
            </span>
          </Fact>
        ))}
        <Fact name={t('net.egress')}>
          <English>{network.egressAddress}</English>
        </Fact>
      </Facts>
      {secured.size > 0 && (
        <Facts>
          {[...secured].map(([host, tls]) => (
            <Fact key={host} name={host}>
              {[tls.protocol, tls.cipher, tls.issuer].filter(Boolean).join(', ')}
              {tls.validFrom && tls.validTo && (
                <span className="text-xs text-faint">
                  {' '}
                  (<Instant value={tls.validFrom} /> – <Instant value={tls.validTo} />)
                </span>
              )}
            </Fact>
          ))}
        </Facts>
      )}
    </div>
  );
}
