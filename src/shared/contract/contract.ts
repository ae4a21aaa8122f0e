import { actorsContract } from './actors.ts';
import { bundlesContract } from './bundles.ts';
import { capturesContract } from './captures.ts';
import { casesContract } from './cases.ts';
import { custodyContract } from './custody.ts';
import { profilesContract } from './profiles.ts';
import { systemContract } from './system.ts';

/** All that an interface may ask for. Desktop, browser host and command line call this and nothing else. */
export const contract = {
  system: systemContract,
  cases: casesContract,
  captures: capturesContract,
  actors: actorsContract,
  custody: custodyContract,
  bundles: bundlesContract,
  profiles: profilesContract,
};
