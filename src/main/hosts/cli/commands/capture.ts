import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { CaptureJob } from '../../../../shared/domain/capture.ts';
import { captureOptionsSchema } from '../../../../shared/domain/capture-options.ts';
import { ConstatError } from '../../../../shared/problems.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { plain, printJson, progressLine, size } from '../output.ts';
import { openCase, withSession, type Session } from '../session.ts';

interface Options {
  case?: string;
  file?: string;
  allowPrivate?: true;
  viewport?: { width: number; height: number };
  locale?: string;
  timeZone?: string;
  pdf: boolean;
  json?: true;
}

function viewport(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new InvalidArgumentError('Write it as 1280x900.');
  return { width: Number(width), height: Number(height) };
}

/** `constat capture URL…` */
export const captureCommand = new Command('capture')
  .description('capture pages, each into a sealed archive')
  .argument('[url...]', 'addresses, http or https')
  .option('-c, --case <file>', 'the case')
  .option('-f, --file <file>', 'read addresses from a file, one a line (- for standard input)')
  .option('--allow-private', 'allow private and loopback addresses, for these captures only')
  .option('--viewport <WxH>', 'size of the window in CSS pixels', viewport)
  .option('--locale <tag>', 'language asked for, for example fr-FR')
  .option('--time-zone <name>', 'time zone of the page, for example Pacific/Noumea')
  .option('--no-pdf', 'make no PDF')
  .option('--json', 'print the results as JSON')
  .action((given: string[], options: Options) =>
    withSession(async (session) => {
      const urls = [...given, ...fromFile(options.file)];
      if (urls.length === 0) throw new ConstatError('INPUT_INVALID', { reason: 'no address was given' });
      const caseId = openCase(session, options.case);
      const asked = captureOptionsSchema.parse({
        allowPrivateAddresses: options.allowPrivate ?? false,
        viewport: options.viewport,
        locale: options.locale,
        timeZone: options.timeZone,
        pdf: options.pdf,
      });
      const jobs = await session.client.captures.start({ caseId, urls, options: asked });
      const ended = await followAll(session, caseId, jobs);
      await report(session, caseId, ended, options.json === true);
    }),
  );

function fromFile(name: string | undefined): string[] {
  if (name === undefined) return [];
  let text: string;
  try {
    text = readFileSync(name === '-' ? 0 : name, 'utf8');
  } catch (cause) {
    throw new ConstatError('INPUT_INVALID', { reason: `${name} cannot be read` }, { cause });
  }
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

async function followAll(session: Session, caseId: string, jobs: CaptureJob[]): Promise<CaptureJob[]> {
  const stop = new AbortController();
  const captures = session.workspace.case(caseId).captures;
  const watching = (async () => {
    for await (const news of captures.watch(stop.signal)) {
      if (news.type === 'job' && news.job.state === 'running') {
        const { step, url, resources, bytes } = news.job;
        progressLine(`${plain(url)}: ${step ?? 'starting'}, ${resources} answers, ${size(bytes)}`);
      }
    }
  })();
  const ended = await Promise.all(jobs.map((job) => captures.settled(job.id)));
  stop.abort();
  await watching;
  progressLine('', process.stderr.isTTY);
  return ended;
}

async function report({ client }: Session, caseId: string, jobs: CaptureJob[], json: boolean): Promise<void> {
  const results = [];
  for (const job of jobs) {
    const found =
      job.captureId === null ? null : await client.captures.get({ caseId, captureId: job.captureId });
    const capture = found?.capture ?? null;
    const remarks = found?.provenance.verdict.remarks ?? [];
    results.push({ url: job.url, state: job.state, capture, remarks, problem: job.problem });
    const code = capture
      ? capture.state === 'COMPLETE'
        ? exitCodes.done
        : exitCodes.partial
      : exitCodeOf(job.problem?.code ?? 'INTERNAL');
    if (process.exitCode === undefined || process.exitCode === exitCodes.done) process.exitCode = code;
    if (json) continue;
    if (capture) {
      process.stdout.write(
        `${capture.state} exhibit ${capture.exhibit}: ${plain(capture.title || capture.finalUrl)}\n` +
          `  ${plain(capture.finalUrl)}\n  ${capture.resourceCount} resources, ${size(capture.sizeBytes)}, SHA-256 ${capture.sha256}\n`,
      );
      for (const remark of remarks) process.stdout.write(`  ! ${plain(remark)}\n`);
    } else {
      process.stderr.write(
        `${job.state.toUpperCase()} ${plain(job.url)}: ${plain(job.problem?.message ?? '')}\n`,
      );
    }
  }
  if (json) printJson(results);
}
