import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ArtefactKind } from '../../../shared/domain/capture.ts';
import { rpc } from '../../app/rpc.ts';

interface Artefact {
  caseId: string;
  captureId: string;
  kind: ArtefactKind;
}

/** A file of a capture, its text or picture, with an address to show it under for as long as the caller is on screen. */
export function useArtefact(input: Artefact, isWanted = true) {
  const {
    data: file,
    isError,
    error,
    isPending,
  } = useQuery({
    ...rpc.captures.artefact.queryOptions({ input }),
    enabled: isWanted,
    retry: false,
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    // An object URL is made and given back outside React; there is nothing to derive it from while rendering.
    // oxlint-disable-next-line react/set-state-in-effect
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return { file, url, isError, error, isPending };
}
