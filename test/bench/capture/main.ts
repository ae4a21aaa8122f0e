/**
 * What a capture keeps of what a site served, how long it takes and what it leaves behind: `npm run bench:capture -- [PART] …`.
 *
 * `fidelity [--witness browser|wire|auto] [--told] [--account] [CASE…]` captures every case of the hard site (or those whose name
 * begins so) and compares it with the site's own log, byte by byte; ends with 1 when anything is missing.
 * `folder PATH [NAME…]` does the same with the pages of somebody else’s test site.
 * `speed [--witness …] [--rounds 3] [--steps] [PAGE…]` times the same pages through a bare browser and through Constat.
 * `soak [COUNT]` captures 200 times in a row and looks for what grows (with `node --expose-gc` the heap is exact).
 * `replay [PAGE…]` replays captures without a network and compares the pictures.
 * `kill [COUNT]` kills 50 captures at random moments and looks at what the next start makes of them.
 * The peak of memory of one large capture is in memory.ts. Without a part: fidelity, then speed.
 */
import { parseArgs } from 'node:util';
import { captureOptionsSchema } from '../../../src/shared/domain/capture-options.ts';
import { fidelity } from './fidelity.ts';
import { folder } from './folder.ts';
import { kill } from './kill.ts';
import { replay } from './replay.ts';
import { soak } from './soak.ts';
import { speed } from './speed.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    witness: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '3' },
    told: { type: 'boolean', default: false },
    account: { type: 'boolean', default: false },
    steps: { type: 'boolean', default: false },
  },
});
const [kind = 'all', ...rest] = positionals;
const { witness } = captureOptionsSchema.parse({ witness: values.witness });
const timed = (names: string[]): Promise<boolean> =>
  speed(Number(values.rounds), witness, names, values.steps);

const parts: Record<string, () => Promise<boolean>> = {
  fidelity: () => fidelity(rest, witness, values),
  speed: () => timed(rest),
  folder: () => folder(rest[0] ?? '.', rest.slice(1), witness, values),
  replay: () => replay(rest),
  kill: () => kill(Number(rest[0] ?? 50)),
  soak: () => soak(Number(rest[0] ?? 200)),
  all: async () => {
    const whole = await fidelity([], witness, values);
    return (await timed([])) && whole;
  },
};

const part = parts[kind];
if (part) {
  process.exitCode = (await part()) ? 0 : 1;
} else {
  console.error(`There is no part “${kind}”.`);
  process.exitCode = 2;
}
