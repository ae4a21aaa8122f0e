import { createInterface } from 'node:readline';
import { Command } from 'commander';
import type { CaptureJob } from '../../../../shared/domain/capture.ts';
import { captureOptionsSchema } from '../../../../shared/domain/capture-options.ts';
import { plain, progressLine, size } from '../output.ts';
import { openCase, withSession, type Session } from '../session.ts';
import { report } from './capture.ts';

interface Options {
  profile?: string;
  allowPrivate?: true;
  locale?: string;
  timeZone?: string;
  json?: true;
}

/** `constat record CASE URL` */
export const recordCommand = new Command('record')
  .description('open a window that you drive, record all of it, and seal it')
  .argument('<case>', 'the case')
  .argument('<url>', 'where to begin, http or https')
  .option('--profile <name>', 'a browser profile you keep (constat profile)')
  .option('--allow-private', 'allow private and loopback addresses, for this recording only')
  .option('--locale <tag>', 'language asked for, for example fr-FR')
  .option('--time-zone <name>', 'time zone of the pages, for example Pacific/Noumea')
  .option('--json', 'print the result as JSON')
  .addHelpText(
    'after',
    `
While it runs: Enter finishes and seals it, and so does closing the window or one Ctrl-C; a second Ctrl-C throws it away.
m and Enter keeps the page in front whole, as it looks then.`,
  )
  .action((path: string, url: string, options: Options) =>
    withSession(
      async (session) => {
        const caseId = openCase(session, path);
        const asked = captureOptionsSchema.parse({
          allowPrivateAddresses: options.allowPrivate ?? false,
          locale: options.locale,
          timeZone: options.timeZone,
          profile: options.profile,
        });
        const job = await session.client.captures.startInteractive({
          caseId,
          url,
          options: asked,
          whenClosed: 'seal',
        });
        const ended = await follow(session, caseId, job);
        await report(session, caseId, [ended], options.json === true);
      },
      { ownInterrupts: true },
    ),
  );

async function follow({ workspace, client }: Session, caseId: string, job: CaptureJob): Promise<CaptureJob> {
  const { captures } = workspace.case(caseId);
  const which = { caseId, jobId: job.id };
  let asked = 0;
  const interrupted = (): void => {
    asked += 1;
    if (asked > 1) ask(client.captures.cancel(which));
    else ask(client.captures.finishInteractive(which));
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim().toLowerCase() === 'm') ask(client.captures.markPage(which));
    else ask(client.captures.finishInteractive(which));
  });
  process.stderr.write(
    'Recording. Enter: finish and seal. m, Enter: mark this page. Ctrl-C twice: throw away.\n',
  );
  const stop = new AbortController();
  const watching = (async () => {
    for await (const news of captures.watch(stop.signal)) {
      if (news.type === 'job' && news.job.id === job.id) tellState(news.job);
    }
  })();
  try {
    return await captures.settled(job.id);
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    lines.close();
    stop.abort();
    await watching;
    if (process.stderr.isTTY) progressLine('', true);
  }
}

function tellState({ session, resources, bytes }: CaptureJob): void {
  if (!session) return;
  const minutes = Math.floor((Date.now() - Date.parse(session.startedAt)) / 60_000);
  const where = session.ending ? 'sealing' : plain(session.address ?? 'an empty tab');
  progressLine(
    `● REC ${minutes} min, ${session.pages} pages (${session.marked} marked), ${resources} answers, ${size(bytes)}: ${where}`,
  );
}

/** What is asked of a recording that is over meanwhile changes nothing. */
function ask(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
