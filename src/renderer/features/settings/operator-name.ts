import type { Operator } from '../../../shared/domain/system.ts';

/** Whether the operator chose a name; without one the core calls them by the first signs of their key. */
export function isNamed({ name, fingerprint }: Operator): boolean {
  return name !== `Operator ${fingerprint.slice(7, 15)}`;
}
