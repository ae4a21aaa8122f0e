import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ArtefactKind, Capture } from '../../../shared/domain/capture.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Segments } from '../../ui/choice.tsx';
import { Waiting } from '../../ui/empty.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { linkButtonStyle } from '../../ui/link-style.ts';
import { PlainText } from './plain-text.tsx';
import { useArtefact } from './use-artefact.ts';

const shown = ['screenshot', 'fullPage', 'text', 'pdf'] as const satisfies readonly ArtefactKind[];
type Shown = (typeof shown)[number];

/** The page as it looked when it was captured, from the files that were sealed with it. */
export function PageView({ caseId, capture }: { caseId: string; capture: Capture }) {
  const t = useText();
  const [kind, setKind] = useState<Shown>('screenshot');
  const artefact = useArtefact({ caseId, captureId: capture.id, kind });
  const name = artefact.file?.name ?? `${capture.exhibit}-${kind}`;
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segments
          bare
          label={t('artefact.which')}
          value={kind}
          options={shown.map((id) => ({ id, label: t(`artefact.${id}`) }))}
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
      {artefact.url && (kind === 'screenshot' || kind === 'fullPage') && (
        <img
          src={artefact.url}
          alt={t(`artefact.alt.${kind}`, { title: capture.title || capture.finalUrl })}
          className="w-full rounded-md border"
        />
      )}
      {artefact.file && kind === 'text' && <PlainText file={artefact.file} />}
      {artefact.file && kind === 'pdf' && <p className="text-sm text-soft">{t('artefact.pdfNote')}</p>}
    </div>
  );
}
