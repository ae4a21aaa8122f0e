import { AtSign, Building2, Landmark, Newspaper, UserRound, type LucideIcon } from 'lucide-react';
import type { ActorKind } from '../../../shared/domain/actor.ts';

const icons: Record<ActorKind, LucideIcon> = {
  person: UserRound,
  organisation: Building2,
  stateBody: Landmark,
  outlet: Newspaper,
  account: AtSign,
};

/** The sign of a kind of actor; the word stands beside it wherever it matters. */
export function KindIcon({ kind, className = 'size-4' }: { kind: ActorKind; className?: string }) {
  const Icon = icons[kind];
  return <Icon aria-hidden className={`shrink-0 ${className}`} />;
}
