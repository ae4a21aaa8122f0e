import type { Problem, ProblemCode } from '../../../shared/problems.ts';

/**
 * What follows from a try that came to nothing:
 * - `final`: another try would end the same way;
 * - `page`: this address is tried again later;
 * - `host`: its server is left alone for a while, then it is tried again;
 * - `network`: perhaps this computer has no network; that is looked into first;
 * - `stop`: every other capture would meet the same.
 */
export type Setback = 'final' | 'page' | 'host' | 'network' | 'stop';

const byCode: Partial<Record<ProblemCode, Setback>> = {
  NAME_NOT_RESOLVED: 'network',
  CONNECTION_REFUSED: 'host',
  CONNECTION_FAILED: 'host',
  SERVER_BUSY: 'host',
  PAGE_LOAD_FAILED: 'page',
  BROWSER_FAILED: 'page',
  PROFILE_IN_USE: 'page',
  BROWSER_NOT_FOUND: 'stop',
  DISK_FULL: 'stop',
};

/** Codes of a system that has no way out. */
const noWay = new Set(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);

/** What a browser says of a document that will not come another time either. */
const lasting =
  /^net::ERR_(CERT_|TOO_MANY_REDIRECTS|UNSAFE_PORT|UNKNOWN_URL_SCHEME|INVALID_|BLOCKED_|SSL_(PROTOCOL|VERSION_OR_CIPHER)|DISALLOWED_|UNSAFE_REDIRECT|ABORTED)/;

/** Decides by the problem alone. */
export function setbackOf({ code, params }: Problem): Setback {
  const reason = params['code'] ?? '';
  if (code === 'CONNECTION_FAILED' && noWay.has(reason)) return 'network';
  if (code === 'PAGE_LOAD_FAILED' && lasting.test(reason)) return 'final';
  return byCode[code] ?? 'final';
}

/** Whether a server says with this status: later. */
export function isBusy(status: number | null): boolean {
  return status === 429 || status === 503;
}
