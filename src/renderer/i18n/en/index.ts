import { actors } from './actors.ts';
import { bundles } from './bundles.ts';
import { captures } from './captures.ts';
import { cases } from './cases.ts';
import { custody } from './custody.ts';
import { frame } from './frame.ts';
import { recording } from './recording.ts';
import { provenance } from './provenance.ts';

/** Every sentence of the interface in English. Its names are the names that other languages must fill. */
export const en = {
  ...frame,
  ...cases,
  ...captures,
  ...provenance,
  ...recording,
  ...actors,
  ...custody,
  ...bundles,
};
