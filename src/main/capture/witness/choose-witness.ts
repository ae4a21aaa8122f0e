import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';

/** On the wire unless told otherwise; where an identity is at stake the browser speaks for itself. (design: decision 3) */
export function chooseWitness(
  { witness, profile }: CaptureOptions,
  instead: string | null,
  byHand: boolean,
): { kind: 'wire' | 'browser'; why: string } {
  if (instead !== null) return { kind: 'browser', why: instead };
  if (witness === 'wire') return { kind: 'wire', why: 'Recording on the wire was asked for.' };
  if (witness === 'browser') return { kind: 'browser', why: 'Recording by the browser alone was asked for.' };
  if (byHand)
    return {
      kind: 'browser',
      why: 'A person drives the window: servers see the browser’s own TLS, so that nothing stands out.',
    };
  return profile === null
    ? { kind: 'wire', why: 'An unattended capture on a new profile: recorded on the wire.' }
    : {
        kind: 'browser',
        why: 'A kept profile is used: servers see the browser’s own TLS, so that the identity does not stand out.',
      };
}
