import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useArtefact } from './use-artefact.ts';

const rest = 120;

/** The small picture of a capture; an empty frame until it is there. Decorative: the row says in words what it is. */
export function Thumbnail({ caseId, captureId }: { caseId: string; captureId: string }) {
  // Rows that only fly past while one scrolls do not ask for their picture.
  const [isHere, setHere] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setHere(true), rest);
    return () => clearTimeout(timer);
  }, []);
  const { url, isError } = useArtefact({ caseId, captureId, kind: 'thumbnail' }, isHere);
  return (
    <span className="grid h-14 w-20 shrink-0 place-items-center overflow-hidden rounded-sm border bg-sunken">
      {url && <img src={url} alt="" className="size-full object-cover object-top" />}
      {isError && <ImageOff aria-hidden className="size-4 text-faint" />}
    </span>
  );
}
