import { Command } from 'commander';
import { plain, printJson, printTable } from '../output.ts';
import { withSession } from '../session.ts';

const list = new Command('list')
  .description('list them')
  .option('--json', 'as JSON')
  .action((options: { json?: true }) =>
    withSession(async ({ client }) => {
      const profiles = await client.profiles.list();
      if (options.json) {
        printJson(profiles);
        return;
      }
      printTable(
        profiles.map(({ name, lastUsedAt, inUse }) => [
          plain(name),
          inUse ? 'in use' : lastUsedAt === null ? 'not used yet' : `last used ${lastUsedAt}`,
        ]),
      );
    }),
  );

const create = new Command('new')
  .description('make one')
  .argument('<name>', 'what you call it; no case and no export says it')
  .action((name: string) => withSession(async ({ client }) => void (await client.profiles.create({ name }))));

const rename = new Command('rename')
  .description('call one otherwise')
  .argument('<name>')
  .argument('<to>')
  .action((name: string, to: string) =>
    withSession(async ({ client }) => void (await client.profiles.rename({ name, to }))),
  );

const remove = new Command('remove')
  .description('remove one whole: cookies, logins, storage; there is no way back')
  .argument('<name>')
  .action((name: string) => withSession(({ client }) => client.profiles.remove({ name })));

/** `constat profile …` */
export const profileCommand = new Command('profile')
  .description('browser profiles you keep, one for each virtual identity')
  .addCommand(list)
  .addCommand(create)
  .addCommand(rename)
  .addCommand(remove);
