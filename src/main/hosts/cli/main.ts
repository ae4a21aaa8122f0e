import { Command, CommanderError } from 'commander';
import { software } from '../../../shared/software.ts';
import { actorCommand } from './commands/actor.ts';
import { captureCommand } from './commands/capture.ts';
import { exportCommand } from './commands/export.ts';
import { listCommand } from './commands/list.ts';
import { newCommand } from './commands/new.ts';
import { redactCommand } from './commands/redact.ts';
import { resumeCommand } from './commands/resume.ts';
import { profileCommand } from './commands/profile.ts';
import { recordCommand } from './commands/record.ts';
import { serveCommand } from './commands/serve.ts';
import { showCommand } from './commands/show.ts';
import { tagCommand } from './commands/tag.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { printJson } from './output.ts';
import { problemFrom } from './session.ts';

const program = new Command('constat')
  .description('Captures web pages into sealed, verifiable case files.')
  .version(`${software.name} ${software.version}`)
  .showHelpAfterError('(constat --help lists the commands)')
  .addHelpText(
    'after',
    `
Where a command takes no --case, it uses CONSTAT_CASE or the only .constat file in this folder.

Exit status: ${exitCodes.done} done; ${exitCodes.failed} it failed, or evidence does not match its seal; ${exitCodes.usage} not understood;
${exitCodes.partial} done with something missing; ${exitCodes.caseUnusable} the case cannot be opened or written. Of a list: ${exitCodes.done} where all of it was captured or skipped as known,
${exitCodes.partial} where some captures lack something, ${exitCodes.failed} where one failed or is left, or a line was not understood.`,
  );

for (const command of [
  newCommand,
  captureCommand,
  resumeCommand,
  recordCommand,
  profileCommand,
  listCommand,
  showCommand,
  actorCommand,
  tagCommand,
  exportCommand,
  verifyCommand,
  redactCommand,
  serveCommand,
]) {
  program.addCommand(command);
}

/** commander's own exits keep their texts but use our statuses. */
function overrideExits(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExits(child);
}
overrideExits(program);

try {
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  } else {
    const problem = problemFrom(thrown);
    if (process.argv.includes('--json')) printJson({ problem });
    process.stderr.write(`${problem.message}\n`);
    if (problem.code === 'INTERNAL' && process.env['CONSTAT_DEBUG']) console.error(thrown);
    process.exitCode = exitCodeOf(problem.code);
  }
}
