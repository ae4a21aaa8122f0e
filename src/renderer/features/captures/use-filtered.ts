import { useMemo } from 'react';
import type { Actor, Link } from '../../../shared/domain/actor.ts';
import type { ListedCapture } from '../../../shared/domain/capture.ts';
import { matches } from '../../app/matches.ts';
import type { CaptureFilter } from '../../app/routes.tsx';

/** A link with the actor it leads to. */
export interface NamedLink extends Link {
  actor: Actor;
}

/** The links of each capture with their actors, by the id of the capture. */
export function useLinksByCapture(
  links: readonly Link[] | undefined,
  actors: readonly Actor[] | undefined,
): Map<string, NamedLink[]> {
  return useMemo(() => {
    const known = new Map((actors ?? []).map((actor) => [actor.id, actor]));
    const byCapture = new Map<string, NamedLink[]>();
    for (const link of links ?? []) {
      const actor = known.get(link.actorId);
      if (!actor) continue;
      const list = byCapture.get(link.captureId);
      if (list) list.push({ ...link, actor });
      else byCapture.set(link.captureId, [{ ...link, actor }]);
    }
    return byCapture;
  }, [links, actors]);
}

/** The captures that a filter lets through: newest first unless asked otherwise. */
export function useFiltered(
  captures: readonly ListedCapture[],
  linksOf: ReadonlyMap<string, NamedLink[]>,
  { q, state, actor, order }: CaptureFilter,
): ListedCapture[] {
  return useMemo(() => {
    const found = captures.filter((capture) => {
      if (state && capture.state !== state) return false;
      const links = linksOf.get(capture.id) ?? [];
      if (actor && !links.some((link) => link.actorId === actor)) return false;
      const names = links.map((link) => link.actor.name);
      return (
        !q ||
        matches(q, String(capture.exhibit), capture.title, capture.finalUrl, capture.requestedUrl, ...names)
      );
    });
    return found.sort((a, b) => (order === 'oldest' ? a.exhibit - b.exhibit : b.exhibit - a.exhibit));
  }, [captures, linksOf, q, state, actor, order]);
}
