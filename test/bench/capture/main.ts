/**
 * What a capture keeps of what a site served: `npm run bench:capture -- [fidelity|soak|speed|memory] …`.
 *
 * `fidelity [--witness browser|wire|auto] [--told] [--account] [CASE…]` captures every case of the hard site (or those whose name begins so) and
 * compares it with the site's own log, byte by byte; ends with 1 when anything is missing.
 */
import { parseArgs } from 'node:util';
import { captureOptionsSchema } from '../../../src/shared/domain/capture-options.ts';
import { fidelity } from './fidelity.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    witness: { type: 'string', default: 'auto' },
    told: { type: 'boolean', default: false },
    account: { type: 'boolean', default: false },
  },
});
const [kind = 'fidelity', ...rest] = positionals;
const { witness } = captureOptionsSchema.parse({ witness: values.witness });

switch (kind) {
  case 'fidelity':
    process.exitCode = (await fidelity(rest, witness, values)) ? 0 : 1;
    break;
  default:
    console.error(`There is no part “${kind}”.`);
    process.exitCode = 2;
}
