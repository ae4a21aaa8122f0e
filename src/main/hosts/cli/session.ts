import { readdirSync } from 'node:fs';
import { ORPCError, type RouterClient } from '@orpc/server';
import type { router } from '../../api/router.ts';
import type { Workspace } from '../../api/workspace.ts';
import { ConstatError, problem, problemOf, problemSchema, type Problem } from '../../../shared/problems.ts';
import { software } from '../../../shared/software.ts';

export type Client = RouterClient<typeof router>;

/** The command line's own workspace and a client of the contract that runs in this process. */
export interface Session {
  workspace: Workspace;
  client: Client;
}

/** Runs a command with a workspace and closes it whatever happens, also on Ctrl-C, unless the command gives that a meaning of its own. */
export async function withSession<T>(
  work: (session: Session) => Promise<T>,
  { ownInterrupts = false }: { ownInterrupts?: boolean } = {},
): Promise<T> {
  // Loaded only here: help and usage errors need none of it.
  const { createRouterClient } = await import('@orpc/server');
  const { router } = await import('../../api/router.ts');
  const { createWorkspace } = await import('../../api/workspace.ts');
  const { operatorHome } = await import('../../vault/home.ts');
  const workspace = createWorkspace({
    home: operatorHome(),
    host: 'cli',
    application: `${software.name} command line`,
  });
  const interrupted = () => void workspace.close().finally(() => process.exit(130));
  if (!ownInterrupts) process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await work({ workspace, client: createRouterClient(router, { context: { workspace } }) });
  } finally {
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
    await workspace.close();
  }
}

/** The case a command is about: `--case`, else CONSTAT_CASE, else the only case in this folder. Throws INPUT_INVALID. */
export function casePath(given: string | undefined): string {
  const named = given ?? process.env['CONSTAT_CASE'];
  if (named) return named;
  const here = readdirSync('.').filter((name) => name.endsWith('.constat'));
  const [only] = here;
  if (only !== undefined && here.length === 1) return only;
  const reason =
    here.length === 0 ? 'there is no case in this folder' : 'there is more than one case in this folder';
  throw new ConstatError('INPUT_INVALID', { reason: `${reason}; name one with --case FILE` });
}

/** Opens that case and gives its id. */
export function openCase(
  session: Session,
  given: string | undefined,
  options: { readOnly?: boolean } = {},
): string {
  return session.workspace.open(casePath(given), options).file.info.id;
}

/** Whatever a call threw, as a problem with a sentence. */
export function problemFrom(thrown: unknown): Problem {
  if (thrown instanceof ORPCError) {
    const typed = problemSchema.safeParse(thrown.data);
    if (typed.success) return typed.data;
    return problem('INPUT_INVALID', { reason: issuesOf(thrown.data) ?? thrown.message });
  }
  return problemOf(thrown);
}

function issuesOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues))
    return undefined;
  const said = data.issues.map((issue: { path?: unknown[]; message?: string }) =>
    [issue.path?.join('.'), issue.message].filter(Boolean).join(': '),
  );
  return said.join('; ');
}
