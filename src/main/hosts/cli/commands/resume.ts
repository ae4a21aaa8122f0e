import { Command } from 'commander';
import { followQueue, tellLeft } from '../follow-queue.ts';
import { ListReport } from '../list-report.ts';
import { openCase, withSession } from '../session.ts';

/** `constat resume CASE` */
export const resumeCommand = new Command('resume')
  .description('go on with the captures that an earlier session left in a case')
  .argument('[case]', 'the case')
  .option('-c, --case <file>', 'the case')
  .option('--all', 'also those that another installation asked for, where the log of the case says so')
  .option('--json', 'print one JSON object a line')
  .action((path: string | undefined, options: { case?: string; all?: true; json?: true }) =>
    withSession(async (session) => {
      const caseId = openCase(session, options.case ?? path);
      const { captures } = session.workspace.case(caseId);
      const report = new ListReport(captures, options.json === true);
      for (const job of await captures.salvaged()) report.ended(job);
      const { jobIds, left } = await captures.resume({ foreign: options.all ?? false });
      const stopped = await followQueue(captures, jobIds, (job) => report.ended(job));
      process.exitCode = report.end(stopped);
      if (left > 0) tellLeft(captures);
    }),
  );
