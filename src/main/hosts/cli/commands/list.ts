import { Command } from 'commander';
import { plain, printJson, printTable, size } from '../output.ts';
import { openCase, withSession } from '../session.ts';

/** `constat list` */
export const listCommand = new Command('list')
  .description('list the captures of a case')
  .option('-c, --case <file>', 'the case')
  .option('--json', 'print the list as JSON')
  .action((options: { case?: string; json?: true }) =>
    withSession(async (session) => {
      const caseId = openCase(session, options.case, { readOnly: true });
      const captures = await session.client.captures.list({ caseId });
      if (options.json) return printJson(captures);
      if (captures.length === 0) return void process.stdout.write('No captures yet: constat capture URL\n');
      printTable([
        ['No.', 'State', 'Page', 'Captured (UTC)', 'Size', 'Title and address'],
        ...captures.map((capture) => [
          String(capture.exhibit),
          capture.state,
          capture.pageKind ?? '',
          capture.startedAt.slice(0, 19).replace('T', ' '),
          size(capture.sizeBytes),
          plain(`${capture.title || '(no title)'} <${capture.finalUrl}>`),
        ]),
      ]);
    }),
  );
