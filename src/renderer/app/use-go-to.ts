import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';

/** The ways to the places of the interface, for commands; links use the router's own Link. */
export function useGoTo() {
  const navigate = useNavigate();
  return useMemo(() => {
    const to = (path: '/' | '/check' | '/settings') => () => void navigate({ to: path });
    const inCase =
      (
        path:
          '/case/$caseId/captures' | '/case/$caseId/actors' | '/case/$caseId/verify' | '/case/$caseId/export',
      ) =>
      (caseId: string) =>
        void navigate({ to: path, params: { caseId } });
    return {
      cases: to('/'),
      check: to('/check'),
      settings: to('/settings'),
      captures: inCase('/case/$caseId/captures'),
      actors: inCase('/case/$caseId/actors'),
      verify: inCase('/case/$caseId/verify'),
      export: inCase('/case/$caseId/export'),
      capture: (caseId: string, captureId: string) =>
        void navigate({ to: '/case/$caseId/captures/$captureId', params: { caseId, captureId } }),
      actor: (caseId: string, actorId: string) =>
        void navigate({ to: '/case/$caseId/actors/$actorId', params: { caseId, actorId } }),
    };
  }, [navigate]);
}
