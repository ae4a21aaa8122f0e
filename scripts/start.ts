import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../src/main/hosts/interface/built.ts';
import { ConstatError } from '../src/shared/problems.ts';
import { runInBrowser } from './start/browser.ts';
import { findElectron, runElectron } from './start/electron.ts';

const help = `npm start -- [options] [CASE.constat …]

Opens Constat: in a window of its own where Electron can run, otherwise in a browser of this machine.

  --web          use the browser even where Electron can run
  --no-open      print the address instead of opening a browser
  --port NUMBER  port on 127.0.0.1; a free one if left out
  --help         this text`;

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => console.log(line);

function choices() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      web: { type: 'boolean', default: false },
      open: { type: 'boolean', default: true },
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new TypeError(`“${values.port}” is no port`);
  return { ...values, port, cases: positionals.map((path) => resolve(path)) };
}

/** Runs the desktop. Null once it was used and closed, otherwise why there is none. */
async function desktop(cases: string[]): Promise<string | null> {
  const found = findElectron(root, say);
  if ('reason' in found) return found.reason;
  ensureBuilt('desktop', say);
  const ran = await runElectron(found.path, root, cases);
  if ('reason' in ran) return ran.reason;
  process.exitCode = ran.code;
  return null;
}

async function main(): Promise<void> {
  const { web, open, port, help: wantsHelp, cases } = choices();
  if (wantsHelp) return say(help);
  if (!web) {
    const reason = await desktop(cases);
    if (reason === null) return;
    say(`The Electron window cannot be had here (${reason}); opening the same interface in a browser.`);
  }
  await runInBrowser({ port, open, cases }, say);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConstatError) && !(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof ConstatError ? 1 : 2;
}
