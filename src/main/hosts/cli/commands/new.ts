import { Command } from 'commander';
import { printJson } from '../output.ts';
import { withSession } from '../session.ts';

/** `constat new FILE` */
export const newCommand = new Command('new')
  .description('create a case file')
  .argument('<file>', 'where to put it, for example lagoon.constat')
  .requiredOption('-t, --title <text>', 'what the case is called')
  .option('-r, --reference <text>', 'file or proceeding number', '')
  .option('-p, --purpose <text>', 'on what authority, or for what purpose', '')
  .option('--json', 'print the result as JSON')
  .action((file: string, options: { title: string; reference: string; purpose: string; json?: true }) =>
    withSession(async ({ client }) => {
      const { title, reference, purpose } = options;
      const made = await client.cases.create({ path: file, title, reference, purpose });
      if (options.json) printJson(made);
      else process.stdout.write(`Created the case “${made.title}” in ${made.path}\n`);
    }),
  );
