import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { ResourceAccount } from '../../../shared/domain/provenance.ts';
import { matches } from '../../app/matches.ts';
import { useText } from '../../i18n/use-text.tsx';
import { bytesText } from '../../ui/amounts.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { English } from '../../ui/english.tsx';
import { TextField } from '../../ui/field.tsx';

const atFirst = 100;

const isLacking = (resource: ResourceAccount) =>
  resource.failure !== null || resource.truncated !== null || resource.blocked;

/** Every request of the capture and what came of it, in the order in which they were made. */
export function Resources({ resources }: { resources: readonly ResourceAccount[] }) {
  const t = useText();
  const [text, setText] = useState('');
  const [onlyLacking, setOnlyLacking] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const found = resources.filter(
    (resource) =>
      (!onlyLacking || isLacking(resource)) &&
      matches(text, resource.url, resource.mimeType ?? '', resource.sha256 ?? ''),
  );
  const shown = isWhole ? found : found.slice(0, atFirst);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <TextField label={t('res.filter')} value={text} onChange={setText} />
        </div>
        <Checkbox isSelected={onlyLacking} onChange={setOnlyLacking}>
          {t('res.onlyLacking', { count: resources.filter(isLacking).length })}
        </Checkbox>
      </div>
      <ol className="divide-y rounded-md border text-xs" aria-label={t('prov.resources')}>
        {shown.map((resource, index) => (
          <Resource key={`${index} ${resource.url}`} resource={resource} />
        ))}
      </ol>
      {found.length === 0 && <p className="text-sm text-faint">{t('res.none')}</p>}
      {shown.length < found.length && (
        <Button size="small" className="self-start" onPress={() => setWhole(true)}>
          {t('res.all', { count: found.length })}
        </Button>
      )}
    </div>
  );
}

function Resource({ resource }: { resource: ResourceAccount }) {
  const t = useText();
  const intl = useIntl();
  const facts = [
    resource.status === null ? t('res.noAnswer') : String(resource.status),
    resource.mimeType,
    resource.size === null ? null : bytesText(intl, resource.size),
    resource.protocol,
    resource.serverAddress,
    resource.fromServiceWorker ? t('res.serviceWorker') : null,
    resource.fromCache ? t('res.cache') : null,
  ].filter(Boolean);
  return (
    <li className="flex flex-col gap-0.5 px-2.5 py-1.5">
      <span className="data text-ink">
        <span className="text-faint">{resource.method}</span> {resource.url}
      </span>
      <span className="tnum text-soft">{facts.join(' · ')}</span>
      {resource.sha256 && <span className="data text-faint">sha256:{resource.sha256}</span>}
      {resource.truncated && <span className="text-warn">{t(`res.truncated.${resource.truncated}`)}</span>}
      {resource.failure && (
        <span className={resource.blocked ? 'text-bad' : 'text-warn'}>
          <English>{resource.failure}</English>
        </span>
      )}
    </li>
  );
}
