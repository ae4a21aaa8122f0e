import { api } from './implementer.ts';
import { actorsRouter } from './actors.ts';
import { bundlesRouter } from './bundles.ts';
import { capturesRouter } from './captures.ts';
import { casesRouter } from './cases.ts';
import { custodyRouter } from './custody.ts';
import { profilesRouter } from './profiles.ts';
import { systemRouter } from './system.ts';

/** The whole contract, implemented. Every host serves this one value. */
export const router = api.router({
  system: systemRouter,
  cases: casesRouter,
  captures: capturesRouter,
  actors: actorsRouter,
  custody: custodyRouter,
  bundles: bundlesRouter,
  profiles: profilesRouter,
});
