import type { ProblemCode } from '../../../shared/problems.ts';

/** What the exit status of `constat` means; printed by `constat --help`. */
export const exitCodes = {
  done: 0,
  /** What was asked for failed, or evidence does not match its seal. */
  failed: 1,
  /** The command was not understood: usage, or bad input. */
  usage: 2,
  /** Done, but something is missing: a capture sealed as PARTIAL. */
  partial: 3,
  /** The case cannot be opened or written. */
  caseUnusable: 4,
} as const;

const byProblem: Partial<Record<ProblemCode, number>> = {
  URL_INVALID: exitCodes.usage,
  URL_SCHEME: exitCodes.usage,
  ADDRESS_PRIVATE: exitCodes.usage,
  INPUT_INVALID: exitCodes.usage,
  PROFILE_NOT_FOUND: exitCodes.usage,
  PROFILE_EXISTS: exitCodes.usage,
  CAPTURE_NOT_FOUND: exitCodes.usage,
  CAPTURE_AMBIGUOUS: exitCodes.usage,
  ACTOR_NOT_FOUND: exitCodes.usage,
  ACTOR_AMBIGUOUS: exitCodes.usage,
  DESTINATION_EXISTS: exitCodes.usage,
  BUNDLE_NOT_FOUND: exitCodes.usage,
  CASE_EXISTS: exitCodes.caseUnusable,
  CASE_NOT_FOUND: exitCodes.caseUnusable,
  CASE_NOT_A_CASE: exitCodes.caseUnusable,
  CASE_NEWER: exitCodes.caseUnusable,
  CASE_DAMAGED: exitCodes.caseUnusable,
  CASE_LOCKED: exitCodes.caseUnusable,
  CASE_READ_ONLY: exitCodes.caseUnusable,
  CASE_UNWRITABLE: exitCodes.caseUnusable,
  DISK_FULL: exitCodes.caseUnusable,
};

/** The exit status for a problem. */
export function exitCodeOf(code: ProblemCode): number {
  return byProblem[code] ?? exitCodes.failed;
}
