import { z } from 'zod';

/**
 * Every way in which something a person asked for can fail, with the English sentence that says what happened,
 * what was kept and what to do. `{name}` stands for a parameter of the problem. The interface translates by code.
 */
export const problemSentences = {
  URL_INVALID: '“{url}” is not a web address. Enter one that starts with http:// or https://.',
  URL_SCHEME: 'Constat captures http and https only; “{scheme}” was refused. Nothing was opened.',
  ADDRESS_PRIVATE:
    '{host} leads to {address}, a private address of this machine or network. Nothing was sent. If you mean it, allow private addresses for this capture.',
  NAME_NOT_RESOLVED:
    'The name {host} could not be found. Check the spelling and the connection; the attempt is in the log.',
  CONNECTION_REFUSED: '{host} refused the connection. The attempt is in the log.',
  PROXY_INVALID:
    '“{proxy}” is not the address of a proxy. Write socks5://host:port, socks5h://host:port, http://host:port or tor://host:port, without a password.',
  CERTIFICATE_NOT_TRUSTED:
    '{host} showed a certificate that cannot be trusted ({reason}). Nothing was asked of it. If you mean it, allow untrusted certificates for this capture; the account will say so.',
  CONNECTION_FAILED: '{host} could not be reached ({reason}). The attempt is in the log.',
  SERVER_BUSY:
    '{host} answered that it is too busy or was asked too often (HTTP {status}). The attempt is in the log.',
  PAGE_LOAD_FAILED: 'The page could not be loaded ({reason}). The attempt is in the log.',
  BROWSER_NOT_FOUND:
    'No browser was found to capture with. Install Chrome, Edge or Chromium, or run “npm run setup”; then try again.',
  BROWSER_FAILED:
    'The capture browser could not be started or stopped working ({reason}). Nothing was sealed.',
  NO_SCREEN:
    'A recording by hand needs a screen to open its window on, and there is none here. Nothing was opened.',
  SESSION_NOT_FOUND: 'No recording by hand with this number is running.',
  PROFILE_NOT_FOUND: 'There is no browser profile “{name}” on this machine. Nothing was opened.',
  PROFILE_EXISTS: 'There is already a browser profile “{name}”. Nothing was changed.',
  PROFILE_IN_USE:
    'The browser profile “{name}” is in use by another recording. Nothing was opened or changed; end that one first.',
  CAPTURE_CANCELLED: 'The capture was cancelled. Nothing was sealed.',
  CAPTURE_INTERRUPTED: 'Constat stopped before this capture was done. Nothing was sealed; start it again.',
  RECORDING_UNSOUND:
    'Constat stopped before this capture was done, and what it had recorded is not as it was noted ({reason}). It was thrown away; start the capture again.',
  CAPTURE_NOT_FOUND: 'There is no capture “{id}” in this case.',
  CAPTURE_AMBIGUOUS: '“{id}” stands for more than one capture in this case. Give more of the identifier.',
  JOB_NOT_FOUND: 'There is no running capture “{id}”.',
  ARTEFACT_NOT_FOUND: 'This capture has no {kind}.',
  CASE_EXISTS: 'There is already a file at {path}. Nothing was changed; choose another name.',
  CASE_NOT_FOUND: 'There is no case file at {path}.',
  CASE_NOT_OPEN: 'That case is not open here. Open it first.',
  CASE_NOT_A_CASE: '{path} is not a Constat case. Nothing was changed.',
  CASE_NEWER:
    '{path} was written by a newer Constat (format {found}, this one reads up to {known}). Update Constat; nothing was changed.',
  CASE_DAMAGED:
    '{path} is damaged: {reason}. Nothing was repaired or changed; keep the file and use a copy of it.',
  CASE_LOCKED: '{path} is open in {holder}. Close it there first; it can be read and verified meanwhile.',
  CASE_READ_ONLY: '{path} is open for reading only.',
  CASE_UNWRITABLE: '{path} cannot be written ({reason}). Nothing was created.',
  DISK_FULL:
    'The disk is full. What was sealed before is safe, and nothing half-written was kept. Make room and try again.',
  ACTOR_NOT_FOUND: 'There is no actor “{id}” in this case.',
  ACTOR_AMBIGUOUS:
    '“{id}” stands for more than one actor in this case. Give the whole name or the identifier.',
  LINK_NOT_FOUND: 'There is no such link “{id}” in this case.',
  LINK_EXISTS: '{actor} is already linked to this capture as {role}.',
  NOTHING_TO_EXPORT: 'There is nothing to export: the case has no sealed capture.',
  CREDENTIALS_NOT_CONFIRMED:
    'The sealed original of {item} was made while somebody may have been logged in: it holds cookies and passwords. Export a copy without them, or confirm that they are to be handed over.',
  DESTINATION_EXISTS: 'There is already something at {path}. Nothing was overwritten; choose another place.',
  DESTINATION_UNWRITABLE: '{path} cannot be written ({reason}). Nothing was kept there.',
  BUNDLE_NOT_FOUND: 'There is no bundle at {path}.',
  BUNDLE_UNREADABLE: '{path} cannot be read as a bundle: {reason}.',
  EVIDENCE_DAMAGED:
    'The evidence of {item} does not match its seal: {reason}. Run “verify” for the whole account.',
  KEY_UNUSABLE: 'The signing key at {path} cannot be used ({reason}). It was not replaced.',
  INPUT_INVALID: 'This was not understood: {reason}.',
  INTERNAL: 'Constat met an error of its own ({reason}). What was sealed before is safe.',
} as const;

/** A problem's stable name. */
export type ProblemCode = keyof typeof problemSentences;

const codes = Object.keys(problemSentences) as [ProblemCode, ...ProblemCode[]];

/** A problem as it crosses a boundary: a code, what fills the sentence, and the English sentence itself. */
export const problemSchema = z.object({
  code: z.enum(codes),
  params: z.record(z.string(), z.string()),
  message: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Builds a problem and its English sentence. */
export function problem(code: ProblemCode, params: Record<string, string> = {}): Problem {
  const message = problemSentences[code].replace(
    /\{(\w+)\}/g,
    (whole, name: string) => params[name] ?? whole,
  );
  return { code, params, message };
}

/** A failure a person can act on. Anything else that is thrown is a fault of the program. */
export class ConstatError extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, params: Record<string, string> = {}, options?: { cause?: unknown }) {
    const made = problem(code, params);
    super(made.message, options);
    this.name = 'ConstatError';
    this.problem = made;
  }

  get code(): ProblemCode {
    return this.problem.code;
  }
}

/** Any thrown value as a problem; what is not a ConstatError becomes INTERNAL. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ConstatError) return thrown.problem;
  return problem('INTERNAL', { reason: thrown instanceof Error ? thrown.message : String(thrown) });
}
