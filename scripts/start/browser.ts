import { createInterface } from 'node:readline';
import { ensureBuilt } from '../../src/main/hosts/interface/built.ts';
import { startWebHost } from '../../src/main/hosts/web/host.ts';
import { openBrowser } from '../../src/main/hosts/web/open-browser.ts';
import { operatorHome } from '../../src/main/vault/home.ts';

export interface BrowserOptions {
  port: number;
  open: boolean;
  cases: string[];
}

/** Runs the browser host until Ctrl-C, or until it is told to end. */
export async function runInBrowser(
  { port, open, cases }: BrowserOptions,
  say: (line: string) => void,
): Promise<void> {
  const rendererDir = ensureBuilt('interface', say);
  const host = await startWebHost({ home: operatorHome(), port, rendererDir, openCases: cases });
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const address = (one: string) => say(`\n  ${one}\n`);
  if (open && (await openBrowser(host.url))) {
    say('Constat is open in your browser. Enter shows an address for another one, Ctrl-C ends it.');
  } else {
    say('Open this address in a browser of this machine. It works once.');
    address(host.url);
    say('Enter shows another one, Ctrl-C ends Constat.');
  }
  const lines = process.stdin.isTTY ? createInterface({ input: process.stdin }) : null;
  lines?.on('line', () => address(host.newAddress()));
  // In a terminal readline takes Ctrl-C for itself.
  lines?.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  await ended;
  lines?.close();
  say('Closing …');
  process.once('SIGINT', () => process.exit(130));
  await host.close();
}
