import type { Provenance } from '../../../shared/domain/provenance.ts';
import type { Comparison } from '../../../shared/domain/witness.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Digest } from '../../ui/digest.tsx';
import { English } from '../../ui/english.tsx';
import { Instant } from '../../ui/instant.tsx';

/** How the accounts of the two witnesses compare, difference by difference. */
export function WitnessComparison({ comparison }: { comparison: Comparison }) {
  const t = useText();
  const { compared, same, differences } = comparison;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-ink">{t('witness.compared', { compared, same })}</p>
      {differences.length > 0 && (
        <ul className="flex flex-col gap-2">
          {differences.map(({ url, method, what, words }, index) => (
            // Two differences may read the same; the list never changes.
            // oxlint-disable-next-line no-array-index-key
            <li key={index} className="flex flex-col gap-0.5 border-s-2 border-edge ps-3">
              <English>{words}</English>
              <span className="data text-xs break-all text-faint">
                {method} {url} ({t(`witness.what.${what}`)})
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What happened that was no request: clicks of the recorder, dialogs, windows. */
export function Events({ events }: { events: Provenance['events'] }) {
  return (
    <ol className="flex flex-col gap-1.5 text-sm">
      {events.map(({ at, words }, index) => (
        // oxlint-disable-next-line no-array-index-key
        <li key={index} className="flex flex-wrap gap-x-3">
          <span className="text-xs text-faint">
            <Instant value={at} form="long" />
          </span>
          <English>{words}</English>
        </li>
      ))}
    </ol>
  );
}

/** What was put beside the bytes, with its digest. */
export function Artefacts({ artefacts }: { artefacts: Provenance['artefacts'] }) {
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {artefacts.map(({ uri, contentType, sha256, tool }, index) => (
        // Two sockets to one address have logs of the same name.
        // oxlint-disable-next-line no-array-index-key
        <li key={`${uri} ${index}`} className="flex flex-col gap-0.5">
          <span className="data break-all">{uri}</span>
          <span className="flex flex-wrap items-center gap-x-3 text-xs text-faint">
            <bdi dir="ltr">{contentType}</bdi> <Digest value={sha256} label="SHA-256" /> {tool}
          </span>
        </li>
      ))}
    </ul>
  );
}
