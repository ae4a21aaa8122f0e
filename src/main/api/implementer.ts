import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { ConstatError, problemOf } from '../../shared/problems.ts';
import type { Workspace } from './workspace.ts';

/** What every call is given by its host. */
export interface ApiContext {
  workspace: Workspace;
}

/** The contract, ready to be implemented; whatever a room throws leaves as a typed PROBLEM. */
export const api = implement(contract)
  .$context<ApiContext>()
  .use(async ({ next, errors }) => {
    try {
      return await next();
    } catch (thrown) {
      if (thrown instanceof ORPCError) throw thrown;
      if (!(thrown instanceof ConstatError)) console.error(thrown);
      const data = problemOf(thrown);
      throw errors.PROBLEM({ data, message: data.message, cause: thrown });
    }
  });
