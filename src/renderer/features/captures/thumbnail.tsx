import { ImageOff } from 'lucide-react';
import { useArtefact } from './use-artefact.ts';

/** The small picture of a capture; an empty frame until it is there. Decorative: the row says in words what it is. */
export function Thumbnail({ caseId, captureId }: { caseId: string; captureId: string }) {
  const { url, isError } = useArtefact({ caseId, captureId, kind: 'thumbnail' });
  return (
    <span className="grid h-14 w-20 shrink-0 place-items-center overflow-hidden rounded-sm border bg-sunken">
      {url && <img src={url} alt="" className="size-full object-cover object-top" />}
      {isError && <ImageOff aria-hidden className="size-4 text-faint" />}
    </span>
  );
}
