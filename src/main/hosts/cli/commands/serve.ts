import { Command, InvalidArgumentError } from 'commander';
import { printJson } from '../output.ts';

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535)
    throw new InvalidArgumentError('A number from 0 to 65535.');
  return number;
}

/** `constat serve [CASE…]` */
export const serveCommand = new Command('serve')
  .description('open the interface in a browser of this machine')
  .argument('[case...]', 'cases to open at once')
  .option('--port <number>', 'port on 127.0.0.1; a free one if left out', port, 0)
  .option('--json', 'print the address as JSON')
  .action(async (openCases: string[], options: { port: number; json?: true }) => {
    const { ensureBuilt } = await import('../../interface/built.ts');
    const { operatorHome } = await import('../../../vault/home.ts');
    const { startWebHost } = await import('../../web/host.ts');
    const rendererDir = ensureBuilt('interface', (line) => process.stderr.write(`${line}\n`));
    const host = await startWebHost({ home: operatorHome(), port: options.port, rendererDir, openCases });
    if (options.json) printJson({ url: host.url });
    else
      process.stdout.write(
        `Constat is at ${host.url}\nThe address works once, on this machine only. Ctrl-C ends it.\n`,
      );
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await host.close();
  });
