import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CaptureJob } from '../../../../shared/domain/capture.ts';
import { ConstatError } from '../../../../shared/problems.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { followQueue, tellLeft, tellSalvaged } from '../follow-queue.ts';
import { addHowOptions, howOf, number, type HowOptions } from '../how-to-capture.ts';
import { ListReport } from '../list-report.ts';
import { plain, printJson, size } from '../output.ts';
import { openCase, withSession, type Session } from '../session.ts';

interface Options extends HowOptions {
  case?: string;
  from?: string;
  again?: true;
  tries?: number;
  concurrency?: number;
  pause?: number;
  resume?: true;
  json?: true;
}

/** `constat capture URL…` */
export const captureCommand = addHowOptions(
  new Command('capture')
    .description('capture pages, each into a sealed archive')
    .argument('[url...]', 'addresses, http or https; a case may stand before them')
    .option('-c, --case <file>', 'the case')
    .option('-f, --from <file>', 'a list of addresses, one a line, # for remarks (- for standard input)')
    .option('--again', 'also what the list repeats, and what is asked for or captured already')
    .option('--tries <number>', 'how often each is tried where a server does not answer', number(1, 20))
    .option('--concurrency <number>', 'captures at the same time', number(1, 8))
    .option('--pause <seconds>', 'between two captures from one host', number(0, 600))
    .option('--resume', 'go on with what an earlier session left, too')
    .option('--json', 'print the results as JSON; with a list, one object a line as they come'),
).action((given: string[], options: Options) =>
  withSession(async (session) => {
    const { path, urls } = sorted(given, options.case);
    const text = options.from === undefined ? null : listIn(options.from);
    if (urls.length === 0 && text === null && !options.resume)
      throw new ConstatError('INPUT_INVALID', { reason: 'no address was given' });
    const asked = howOf(options);
    session.workspace.queueHere = {
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ...(options.pause === undefined ? {} : { hostPause: options.pause * 1000 }),
    };
    const caseId = openCase(session, path);
    const { captures } = session.workspace.case(caseId);
    await tellSalvaged(captures);
    const tries = options.tries === undefined ? {} : { tries: options.tries };
    const jobs =
      urls.length === 0
        ? []
        : await session.client.captures.start({ caseId, urls, options: asked, ...tries });
    if (text === null && !options.resume) {
      const ended: CaptureJob[] = [];
      const stopped = await followQueue(captures, idsOf(jobs), (job) => void ended.push(job));
      ended.sort((one, other) => idsOf(jobs).indexOf(one.id) - idsOf(jobs).indexOf(other.id));
      await report(session, caseId, ended, options.json === true);
      if (stopped) process.stderr.write(`The queue stopped: ${plain(stopped.message)}\n`);
    } else {
      const listed = new ListReport(captures, options.json === true);
      const jobIds = idsOf(jobs);
      if (text !== null) {
        const request = { text, options: asked, again: options.again ?? false, ...tries };
        const { jobIds: added, remarks } = await captures.startList(request);
        for (const remark of remarks) listed.remark(remark, request.again);
        jobIds.push(...added);
      }
      if (options.resume)
        for (const id of (await captures.resume({ foreign: false })).jobIds) jobIds.push(id);
      process.exitCode = listed.end(await followQueue(captures, jobIds, (job) => listed.ended(job)));
    }
    tellLeft(captures);
  }),
);

/** `constat capture CASE URL…` is understood too: nothing that ends in .constat and is no web address is an address. */
function sorted(
  given: readonly string[],
  named: string | undefined,
): { path: string | undefined; urls: string[] } {
  const [first, ...rest] = given;
  if (named === undefined && first?.endsWith('.constat') && !/^https?:/i.test(first))
    return { path: first, urls: rest };
  return { path: named, urls: [...given] };
}

function listIn(name: string): string {
  try {
    return readFileSync(name === '-' ? 0 : name, 'utf8');
  } catch (cause) {
    throw new ConstatError('INPUT_INVALID', { reason: `${name} cannot be read` }, { cause });
  }
}

function idsOf(jobs: readonly CaptureJob[]): string[] {
  return jobs.map(({ id }) => id);
}

/** Prints how jobs ended, and sets the exit status. */
export async function report(
  { client }: Session,
  caseId: string,
  jobs: CaptureJob[],
  json: boolean,
): Promise<void> {
  const results = [];
  for (const job of jobs) {
    const found =
      job.captureId === null ? null : await client.captures.get({ caseId, captureId: job.captureId });
    const capture = found?.capture ?? null;
    const remarks = found?.provenance.verdict.remarks ?? [];
    const findings = found?.provenance.page.findings ?? [];
    results.push({ url: job.url, state: job.state, capture, findings, remarks, problem: job.problem });
    const code = capture
      ? capture.state === 'COMPLETE'
        ? exitCodes.done
        : exitCodes.partial
      : exitCodeOf(job.problem?.code ?? 'INTERNAL');
    if (process.exitCode === undefined || process.exitCode === exitCodes.done) process.exitCode = code;
    if (json) continue;
    if (capture) {
      process.stdout.write(
        `${capture.state}${capture.pageKind === null ? '' : ` (${capture.pageKind})`} exhibit ${capture.exhibit}: ${plain(capture.title || capture.finalUrl)}\n` +
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
