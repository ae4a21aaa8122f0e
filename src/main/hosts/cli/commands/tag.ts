import { Command, InvalidArgumentError } from 'commander';
import { roleSchema, type Role } from '../../../../shared/domain/actor.ts';
import { plain, printJson } from '../output.ts';
import { openCase, withSession } from '../session.ts';

function role(text: string): Role {
  const parsed = roleSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(`One of ${roleSchema.options.join(', ')}.`);
  return parsed.data;
}

/** `constat tag CAPTURE… --actor NAME --role ROLE` */
export const tagCommand = new Command('tag')
  .description('say what an actor has to do with captures')
  .argument('<capture...>', 'exhibit numbers or identifiers')
  .requiredOption('-a, --actor <name>', 'name, handle or identifier of the actor')
  .requiredOption('-r, --role <role>', roleSchema.options.join(', '), role)
  .option('-n, --note <text>', 'a note', '')
  .option('-c, --case <file>', 'the case')
  .option('--json', 'print the links as JSON')
  .action(
    (which: string[], options: { actor: string; role: Role; note: string; case?: string; json?: true }) =>
      withSession(async (session) => {
        const caseId = openCase(session, options.case);
        const { captures, actors } = session.workspace.case(caseId);
        const chosen = which.map((one) => captures.find(one));
        const actor = actors.find(options.actor);
        const links = await session.client.actors.link({
          caseId,
          captureIds: chosen.map((capture) => capture.id),
          actorId: actor.id,
          role: options.role,
          note: options.note,
        });
        if (options.json) printJson(links);
        else
          process.stdout.write(
            `${plain(actor.name)} is ${options.role} of exhibit ${chosen.map((one) => one.exhibit).join(', ')}\n`,
          );
      }),
  );
