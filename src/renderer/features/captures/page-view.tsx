import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ArtefactKind, Capture } from '../../../shared/domain/capture.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Segments } from '../../ui/choice.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { linkButtonStyle } from '../../ui/link-style.ts';
import { PlainText } from './plain-text.tsx';
import { useArtefact } from './use-artefact.ts';

const shown = [
  'screenshot',
  'fullPage',
  'beforeConsent',
  'text',
  'pdf',
  'dom',
  'mhtml',
  'accessibility',
  'console',
  'certificates',
] as const satisfies readonly ArtefactKind[];
type Shown = (typeof shown)[number];
const pictures = ['screenshot', 'fullPage', 'beforeConsent'] as const satisfies readonly Shown[];
const texts = new Set<Shown>(['text', 'console', 'certificates']);
/** Most captures have them; the others are offered where the account of the capture names them. */
const usual = new Set<Shown>(['screenshot', 'fullPage', 'text']);

/** What this capture holds: its account lists it by address. Older accounts list nothing. */
function heldBy({ artefacts }: Provenance): Shown[] {
  if (artefacts.length === 0) return ['screenshot', 'fullPage', 'text', 'pdf'];
  const prefix = (kind: Shown) => `urn:${kind === 'screenshot' ? 'view' : kind}:`;
  return shown.filter((kind) => usual.has(kind) || artefacts.some(({ uri }) => uri.startsWith(prefix(kind))));
}

interface Props {
  caseId: string;
  capture: Capture;
  provenance: Provenance;
}

/** The page as it looked when it was captured, from the files that were sealed with it. */
export function PageView({ caseId, capture, provenance }: Props) {
  const t = useText();
  const [kind, setKind] = useState<Shown>('screenshot');
  const artefact = useArtefact({ caseId, captureId: capture.id, kind });
  const picture = pictures.find((one) => one === kind);
  const name = artefact.file?.name ?? `${capture.exhibit}-${kind}`;
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segments
          bare
          label={t('artefact.which')}
          value={kind}
          options={heldBy(provenance).map((id) => ({ id, label: t(`artefact.${id}`) }))}
          onChange={setKind}
        />
        {artefact.url && (
          <a href={artefact.url} download={name} className={linkButtonStyle}>
            <Download aria-hidden className="size-3.5" />
            {t('artefact.save')}
          </a>
        )}
      </div>
      {artefact.isPending && <Waiting text={t('artefact.reading')} />}
      {artefact.isError && <FailureNotice error={artefact.error} />}
      {artefact.url && picture && (
        <img
          src={artefact.url}
          alt={t(`artefact.alt.${picture}`, { title: capture.title || capture.finalUrl })}
          className="w-full rounded-md border"
        />
      )}
      {artefact.file && texts.has(kind) && <PlainText file={artefact.file} />}
      {artefact.file && !picture && !texts.has(kind) && (
        <p className="text-sm text-soft">{t('artefact.saveNote')}</p>
      )}
    </div>
  );
}
