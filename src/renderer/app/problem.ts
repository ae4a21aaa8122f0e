import { ORPCError } from '@orpc/client';
import { problem, problemSchema, type Problem } from '../../shared/problems.ts';
import { connection } from './connection.ts';

/** What a failed call comes to: a problem of the contract, or that the core is not there. */
export type Failure = { kind: 'problem'; problem: Problem } | { kind: 'lost' };

/** Any error of a call as something that can be said to a person. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const known = problemSchema.safeParse(error.data);
    if (known.success) return { kind: 'problem', problem: known.data };
    return { kind: 'problem', problem: problem('INTERNAL', { reason: error.message }) };
  }
  if (connection.get() !== 'open') return { kind: 'lost' };
  return {
    kind: 'problem',
    problem: problem('INTERNAL', { reason: error instanceof Error ? error.message : String(error) }),
  };
}

/** The code of a failed call's problem, or null. */
export function codeOf(error: unknown): Problem['code'] | null {
  const failure = failureOf(error);
  return failure.kind === 'problem' ? failure.problem.code : null;
}
