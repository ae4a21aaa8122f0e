import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import type { Verification } from '../../../../shared/domain/custody.ts';
import { ConstatError } from '../../../../shared/problems.ts';
import { exitCodes } from '../exit-codes.ts';
import { plain, printJson, progressLine, size } from '../output.ts';
import { casePath, withSession, type Session } from '../session.ts';

interface Options {
  against?: string;
  original?: string[];
  json?: true;
}

/** `constat verify CASE|BUNDLE` */
export const verifyCommand = new Command('verify')
  .description('recompute everything in a case or in a bundle')
  .argument('[path]', 'a case file, a bundle folder or a bundle zip; the case of this folder if left out')
  .option('--against <file>', 'a checkpoint kept outside the case, which its log must still contain')
  .option(
    '--original <file...>',
    'sealed archives that came another way, to be compared with the copies in the bundle',
  )
  .option('--json', 'print the whole account as JSON')
  .action((path: string | undefined, options: Options) =>
    withSession(async (session) => {
      const target = path ?? casePath(undefined);
      if (options.original && !isBundle(target))
        throw new ConstatError('INPUT_INVALID', { reason: '--original is for a bundle' });
      const verification = isBundle(target)
        ? await bundle(session, target, options.original ?? [])
        : await wholeCase(session, target, options.against);
      progressLine('', process.stderr.isTTY);
      if (options.json) printJson(verification);
      else print(verification);
      if (!verification.ok) process.exitCode = exitCodes.failed;
    }),
  );

function isBundle(path: string): boolean {
  if (path.endsWith('.zip')) return true;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function bundle({ client }: Session, path: string, originals: string[]): Promise<Verification> {
  for await (const news of await client.bundles.verify({ path, originals })) {
    if (news.type === 'result') return news.verification;
    progressLine(plain(news.item));
  }
  throw new ConstatError('INTERNAL', { reason: 'the verification ended without a result' });
}

async function wholeCase(
  { workspace }: Session,
  path: string,
  against: string | undefined,
): Promise<Verification> {
  const { verifyOpenCase } = await import('../../../api/verification.ts');
  const opened = workspace.open(path, { readOnly: true });
  const note = against === undefined ? undefined : readNote(against);
  return verifyOpenCase(opened, (news) => news.type === 'progress' && progressLine(plain(news.item)), note);
}

function readNote(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConstatError('INPUT_INVALID', { reason: `${path} cannot be read` }, { cause });
  }
}

function print(verification: Verification): void {
  const passed = verification.checks.filter((check) => check.status === 'pass').length;
  for (const check of verification.checks.filter((one) => one.status !== 'pass')) {
    process.stdout.write(
      `${check.status === 'fail' ? 'FAIL' : 'NOTE'}  ${plain(check.item)}: ${plain(check.message)}\n`,
    );
  }
  const { captures, events, bytes } = verification.counts;
  process.stdout.write(
    `${verification.ok ? 'VERIFIED' : 'NOT VERIFIED'}: ${plain(verification.subject)}; ${passed} of ${verification.checks.length} checks passed ` +
      `(${captures} captures, ${events} log entries, ${size(bytes)})\n`,
  );
  for (const signer of verification.signers) {
    process.stdout.write(`Signed with the key ${plain(signer)} (compare it over another channel)\n`);
  }
  if (verification.checkpoint) {
    process.stdout.write(
      `Log of ${verification.checkpoint.size} entries, root ${verification.checkpoint.root}\n`,
    );
  }
}
