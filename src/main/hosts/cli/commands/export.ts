import { Command, Option } from 'commander';
import type { BundleFormat, BundleLanguage } from '../../../../shared/domain/bundle.ts';
import { plain, printJson, progressLine, size } from '../output.ts';
import { openCase, withSession } from '../session.ts';

interface Options {
  case?: string;
  capture?: string[];
  format?: BundleFormat;
  lang: BundleLanguage;
  recipient: string;
  purpose: string;
  copies: 'auto' | 'sealed' | 'redacted';
  withCredentials?: true;
  json?: true;
}

/** `constat export DESTINATION` */
export const exportCommand = new Command('export')
  .description('write a bundle that anyone can verify without Constat')
  .argument('<destination>', 'folder to create, or a file ending in .zip')
  .option('-c, --case <file>', 'the case')
  .option('--capture <capture...>', 'only these captures (exhibit numbers or identifiers)')
  .addOption(
    new Option('--format <format>', 'folder or zip; told by the name if left out').choices(['folder', 'zip']),
  )
  .addOption(
    new Option('--lang <language>', 'of the report and of VERIFY.txt').choices(['en', 'fr']).default('en'),
  )
  .option('--recipient <text>', 'to whom it goes, for the log', '')
  .option('--purpose <text>', 'why, for the log', '')
  .addOption(
    new Option(
      '--copies <which>',
      'sealed originals, copies without cookies and passwords, or copies of what was captured by hand or with a named profile',
    )
      .choices(['auto', 'sealed', 'redacted'])
      .default('auto'),
  )
  .option(
    '--with-credentials',
    'with --copies sealed: hand over originals although they may hold cookies and passwords',
  )
  .option('--json', 'print the result as JSON')
  .action((destination: string, options: Options) =>
    withSession(async (session) => {
      const caseId = openCase(session, options.case);
      const { captures } = session.workspace.case(caseId);
      const captureIds = options.capture?.map((which) => captures.find(which).id) ?? null;
      const format = options.format ?? (destination.endsWith('.zip') ? 'zip' : 'folder');
      const { recipient, purpose, lang: language, copies, withCredentials = false } = options;
      const stream = await session.client.bundles.export({
        caseId,
        request: { captureIds, destination, format, language, recipient, purpose, copies, withCredentials },
      });
      for await (const news of stream) {
        if (news.type === 'progress') {
          progressLine(`${plain(news.item)} (${news.done} of ${news.total})`);
        } else {
          const { bundle } = news;
          progressLine('', process.stderr.isTTY);
          if (options.json) printJson(bundle);
          else {
            process.stdout.write(
              `Wrote ${bundle.captures} captures${bundle.redacted > 0 ? ` (${bundle.redacted} as copies without credentials)` : ''} in ${bundle.files} files, ${size(bundle.bytes)}, to ${bundle.path}\n` +
                `tagmanifest-sha256.txt has SHA-256 ${bundle.tagManifestSha256}\nVERIFY.txt in it says how to check it without Constat.\n`,
            );
          }
        }
      }
    }),
  );
