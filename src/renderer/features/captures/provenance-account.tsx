import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import type { Capture } from '../../../shared/domain/capture.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { Sentence, useText } from '../../i18n/use-text.tsx';
import { bytesText, durationText } from '../../ui/amounts.ts';
import { English } from '../../ui/english.tsx';
import { utcText } from '../../ui/instant.tsx';

/** The provenance as one would tell it to a judge: sentences that each say one thing, and what they do not say. */
export function Account({ capture, provenance }: { capture: Capture; provenance: Provenance }) {
  const t = useText();
  return (
    <div className="flex max-w-[72ch] flex-col gap-4 text-sm text-ink">
      <div className="flex flex-col gap-2">
        <Who provenance={provenance} />
        <Where provenance={provenance} />
        <What provenance={provenance} />
        <Witnessed provenance={provenance} />
        <Sealed capture={capture} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Limits title={t('prov.shows')} lines={provenance.witness.shows} />
        <Limits title={t('prov.doesNotShow')} lines={provenance.witness.doesNotShow} />
      </div>
    </div>
  );
}

const Strong = ({ children }: { children: ReactNode }) => <bdi className="font-medium">{children}</bdi>;
const Address = ({ children }: { children: string }) => <span className="data text-soft">{children}</span>;

function Who({ provenance }: { provenance: Provenance }) {
  const intl = useIntl();
  const { time, environment, operator } = provenance;
  const { browser, viewport } = environment;
  return (
    <p>
      <Sentence
        id="prov.who"
        values={{
          operator: <Strong>{operator.name}</Strong>,
          start: <Strong>{utcText(intl, time.start)}</Strong>,
          duration: durationText(intl, time.durationMs, 'long'),
          zone: time.zone,
          offset: <bdi dir="ltr">{time.offset}</bdi>,
        }}
      />{' '}
      <Sentence
        id={environment.profile === 'named' ? 'prov.withKept' : 'prov.with'}
        values={{
          browser: `${browser.name} ${browser.version}`,
          viewport: `${viewport.width} × ${viewport.height}`,
          locale: environment.locale,
        }}
      />
    </p>
  );
}

function Where({ provenance }: { provenance: Provenance }) {
  const { url, page, exchanges } = provenance;
  const main =
    exchanges.find((resource) => resource.url === url.final && resource.type === 'Document') ??
    exchanges.find((resource) => resource.url === url.final);
  const status = page.status ?? '—';
  return (
    <p>
      {url.redirects.length === 0 ? (
        <Sentence id="prov.address" values={{ url: <Address>{url.final}</Address>, status }} />
      ) : (
        <Sentence
          id="prov.redirected"
          values={{
            entered: <Address>{url.entered}</Address>,
            count: url.redirects.length,
            final: <Address>{url.final}</Address>,
            status,
          }}
        />
      )}{' '}
      {main?.serverAddress && (
        <Sentence id="prov.server" values={{ address: <bdi dir="ltr">{main.serverAddress}</bdi> }} />
      )}{' '}
      {main && (
        <Sentence
          id={main.tls ? 'prov.encrypted' : 'prov.plain'}
          values={{ protocol: main.tls?.protocol, issuer: main.tls?.issuer ?? '—' }}
        />
      )}
    </p>
  );
}

function What({ provenance }: { provenance: Provenance }) {
  const t = useText();
  const intl = useIntl();
  const { exchanges, network } = provenance;
  const bytes = exchanges.reduce((sum, resource) => sum + (resource.size ?? 0), 0);
  const lacking = exchanges.filter(
    (resource) => resource.failure !== null || resource.truncated !== null,
  ).length;
  const refused = network.refused.length;
  return (
    <p>
      {t('prov.recorded', { count: exchanges.length, size: bytesText(intl, bytes) })}{' '}
      {t('prov.lacking', { count: lacking })} {refused > 0 && t('prov.refusedCount', { count: refused })}
    </p>
  );
}

function Witnessed({ provenance }: { provenance: Provenance }) {
  const t = useText();
  const { witness, network } = provenance;
  const { comparison } = witness;
  return (
    <p>
      {t(`prov.witness.${witness.kind}`)} {witness.why !== '' && <English>{witness.why}</English>}{' '}
      {comparison && t('witness.compared', { compared: comparison.compared, same: comparison.same })}{' '}
      {network.via !== null && t('prov.via', { proxy: network.via })}{' '}
      {network.clock && <English>{network.clock.words}</English>}
    </p>
  );
}

function Sealed({ capture }: { capture: Capture }) {
  const t = useText();
  const intl = useIntl();
  return (
    <p>
      {t('prov.sealed', {
        time: utcText(intl, capture.finishedAt),
        size: bytesText(intl, capture.sizeBytes),
        seq: capture.sealedSeq,
      })}
    </p>
  );
}

function Limits({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section className="rounded-md border bg-sunken/60 px-3 py-2.5">
      <h3 className="text-xs font-semibold text-soft">{title}</h3>
      <ul className="mt-1 flex list-disc flex-col gap-1 ps-4 text-xs text-soft">
        {lines.map((line) => (
          <li key={line}>
            <English>{line}</English>
          </li>
        ))}
      </ul>
    </section>
  );
}
