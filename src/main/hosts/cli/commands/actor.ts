import { Command, InvalidArgumentError } from 'commander';
import { actorKindSchema, type ActorKind, type Handle } from '../../../../shared/domain/actor.ts';
import { plain, printJson, printTable } from '../output.ts';
import { openCase, withSession } from '../session.ts';

function kind(text: string): ActorKind {
  const parsed = actorKindSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(`One of ${actorKindSchema.options.join(', ')}.`);
  return parsed.data;
}

/** `platform:handle`, or `platform:handle=URL`. */
function handle(text: string, sofar: Handle[]): Handle[] {
  const [, platform, name, url] = /^([^:]+):([^=]+)(?:=(.+))?$/.exec(text) ?? [];
  if (platform === undefined || name === undefined)
    throw new InvalidArgumentError('Write it as platform:handle or platform:handle=URL.');
  return [...sofar, { platform, handle: name, url: url ?? '' }];
}

const add = new Command('add')
  .description('add an actor')
  .argument('<name>', 'the name')
  .requiredOption('-k, --kind <kind>', actorKindSchema.options.join(', '), kind)
  .option('--handle <platform:handle>', 'a handle, as often as needed', handle, [])
  .option('-n, --note <text>', 'a note', '')
  .option('-c, --case <file>', 'the case')
  .option('--json', 'print the actor as JSON')
  .action(
    (
      name: string,
      options: { kind: ActorKind; handle: Handle[]; note: string; case?: string; json?: true },
    ) =>
      withSession(async (session) => {
        const caseId = openCase(session, options.case);
        const actor = await session.client.actors.add({
          caseId,
          actor: { name, kind: options.kind, note: options.note, handles: options.handle },
        });
        if (options.json) printJson(actor);
        else process.stdout.write(`Added ${plain(actor.name)} (${actor.kind}), ${actor.id}\n`);
      }),
  );

const list = new Command('list')
  .description('list the actors of a case')
  .option('-c, --case <file>', 'the case')
  .option('--json', 'print the list as JSON')
  .action((options: { case?: string; json?: true }) =>
    withSession(async (session) => {
      const caseId = openCase(session, options.case, { readOnly: true });
      const actors = await session.client.actors.list({ caseId });
      if (options.json) return printJson(actors);
      if (actors.length === 0)
        return void process.stdout.write('No actors yet: constat actor add NAME --kind KIND\n');
      printTable([
        ['Kind', 'Captures', 'Handles', 'Name'],
        ...actors.map((actor) => [
          actor.kind,
          String(actor.captureCount),
          plain(actor.handles.map((handle) => `${handle.platform}:${handle.handle}`).join(' ')) || '-',
          plain(actor.name),
        ]),
      ]);
    }),
  );

/** `constat actor add|list` */
export const actorCommand = new Command('actor')
  .description('people, organisations and accounts')
  .addCommand(add)
  .addCommand(list);
