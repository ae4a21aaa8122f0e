import type { Capture } from '../../../shared/domain/capture.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Account } from './provenance-account.tsx';
import { Environment, Network, Options, Seal } from './provenance-facts.tsx';
import { Resources } from './provenance-resources.tsx';
import { Artefacts, Events, WitnessComparison } from './provenance-witness.tsx';
import { Steps } from './provenance-steps.tsx';

/** How a capture came to be: first in sentences, then every value that stands behind them. */
export function ProvenanceView({ capture, provenance }: { capture: Capture; provenance: Provenance }) {
  const t = useText();
  return (
    <div className="flex flex-col gap-4 p-4">
      <Account capture={capture} provenance={provenance} />
      <div>
        <Disclosure title={t('prov.seal')}>
          <Seal capture={capture} provenance={provenance} />
        </Disclosure>
        <Disclosure title={t('prov.steps')} hint={provenance.stepOutcomes.length}>
          <Steps steps={provenance.stepOutcomes} />
        </Disclosure>
        <Disclosure title={t('prov.resources')} hint={provenance.exchanges.length}>
          <Resources resources={provenance.exchanges} />
        </Disclosure>
        {provenance.witness.comparison && (
          <Disclosure title={t('prov.comparison')} hint={provenance.witness.comparison.differences.length}>
            <WitnessComparison comparison={provenance.witness.comparison} />
          </Disclosure>
        )}
        {provenance.events.length > 0 && (
          <Disclosure title={t('prov.events')} hint={provenance.events.length}>
            <Events events={provenance.events} />
          </Disclosure>
        )}
        {provenance.artefacts.length > 0 && (
          <Disclosure title={t('prov.artefacts')} hint={provenance.artefacts.length}>
            <Artefacts artefacts={provenance.artefacts} />
          </Disclosure>
        )}
        <Disclosure title={t('prov.network')} hint={provenance.network.resolved.length}>
          <Network network={provenance.network} resources={provenance.exchanges} />
        </Disclosure>
        <Disclosure title={t('prov.environment')}>
          <Environment provenance={provenance} />
        </Disclosure>
        <Disclosure title={t('prov.options')}>
          <Options options={provenance.options} />
        </Disclosure>
      </div>
    </div>
  );
}
