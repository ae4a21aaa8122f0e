import { actors } from './actors.ts';
import { bundles } from './bundles.ts';
import { captures } from './captures.ts';
import { cases } from './cases.ts';
import { custody } from './custody.ts';
import { frame } from './frame.ts';
import { recording } from './recording.ts';
import { provenance } from './provenance.ts';

/** Every sentence of the interface in French. Each room of it is typed by the English one. */
export const fr = {
  ...frame,
  ...cases,
  ...captures,
  ...provenance,
  ...recording,
  ...actors,
  ...custody,
  ...bundles,
};
