import { rmSync } from 'node:fs';
import { Command } from 'commander';
import { ConstatError } from '../../../../shared/problems.ts';
import { progressLine, size } from '../output.ts';

/** `constat redact WACZ COPY` */
export const redactCommand = new Command('redact')
  .description(
    'make the working copy of a sealed archive without cookies, passwords and tokens; always the same bytes',
  )
  .argument('<wacz>', 'a sealed archive')
  .argument('<copy>', 'the file to write')
  .action(async (wacz: string, copy: string) => {
    const { fileSource } = await import('../../../archive/random-access.ts');
    const { writeWorkingCopy } = await import('../../../bundle/copies/working-copy.ts');
    const source = orInvalid(wacz, () => fileSource(wacz));
    try {
      let read = 0;
      const { original } = await writeWorkingCopy(source, copy, {
        onProgress: (bytes) => {
          read += bytes;
          progressLine(`${size(Math.round(read / 3))} of ${size(source.size)}`);
        },
      });
      progressLine('', process.stderr.isTTY);
      process.stdout.write(
        `Wrote ${copy}, the working copy of the archive with SHA-256 ${original.sha256}.\nevidence/omissions.json in it lists what was left out.\n`,
      );
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'EEXIST') throw new ConstatError('DESTINATION_EXISTS', { path: copy }, { cause: error });
      rmSync(copy, { force: true });
      throw error;
    } finally {
      source.close();
    }
  });

function orInvalid<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new ConstatError('INPUT_INVALID', { reason: `${path} cannot be read` }, { cause });
  }
}
