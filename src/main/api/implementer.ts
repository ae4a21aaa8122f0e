import { mapEventIterator } from '@orpc/client';
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { ConstatError, problemOf, type Problem } from '../../shared/problems.ts';
import type { Workspace } from './workspace.ts';

/** What every call is given by its host. */
export interface ApiContext {
  workspace: Workspace;
}

/**
 * The contract, ready to be implemented; whatever a room throws leaves as a typed PROBLEM, also what is thrown after a stream
 * has begun to report.
 */
export const api = implement(contract)
  .$context<ApiContext>()
  .use(async ({ next, errors }) => {
    const typed = (thrown: unknown): unknown => {
      if (thrown instanceof ORPCError) return thrown;
      if (!(thrown instanceof ConstatError)) console.error(thrown);
      const data: Problem = problemOf(thrown);
      return errors.PROBLEM({ data, message: data.message, cause: thrown });
    };
    try {
      const result = await next();
      const output: unknown = result.output;
      if (!isStream(output)) return result;
      const stream = mapEventIterator(output, {
        value: (value) => Promise.resolve(value),
        error: (thrown) => Promise.resolve(typed(thrown)),
      });
      return { ...result, output: stream };
    } catch (thrown) {
      throw typed(thrown);
    }
  });

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}
