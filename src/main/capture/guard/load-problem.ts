import { problem, type Problem } from '../../../shared/problems.ts';
import { certificateWords } from './certificate-words.ts';
import type { EgressAccount, NotReached } from './egress.ts';

const notResolved = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NONAME',
  'EAI_NODATA',
  'ENODATA',
  'ESERVFAIL',
  'EAI_FAIL',
]);

const inWords: Record<string, string> = {
  ETIMEDOUT: 'no answer in time',
  ECONNRESET: 'the connection was closed at once',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to its network',
};

/**
 * Why a document was not received, as a problem a person can act on. The browser only knows that its proxy failed; the real
 * reason stands in the egress's account. `code` of the parameters is what the system or the browser calls it.
 */
export function loadProblem(url: string, browserError: string, account: EgressAccount): Problem {
  const { host, port } = destination(url);
  const here = (entry: NotReached): boolean => entry.host.replace(/\.$/, '') === host && entry.port === port;
  const refused = account.refused.find(here);
  if (refused) return problem('ADDRESS_PRIVATE', { host, address: refused.address });
  const failed = account.failed.find(here);
  if (failed) {
    if (notResolved.has(failed.reason)) return problem('NAME_NOT_RESOLVED', { host, code: failed.reason });
    const untrusted = certificateWords(failed.reason);
    if (untrusted !== null) return problem('CERTIFICATE_NOT_TRUSTED', { host, reason: untrusted });
    if (failed.reason === 'ECONNREFUSED') return problem('CONNECTION_REFUSED', { host });
    return problem('CONNECTION_FAILED', {
      host,
      reason: inWords[failed.reason] ?? failed.reason,
      code: failed.reason,
    });
  }
  const untrusted = certificateWords(browserError);
  if (untrusted !== null) return problem('CERTIFICATE_NOT_TRUSTED', { host, reason: untrusted });
  return problem('PAGE_LOAD_FAILED', {
    reason: loadWords[browserError] ?? browserError,
    code: browserError,
  });
}

const loadWords: Record<string, string> = {
  'net::ERR_TOO_MANY_REDIRECTS': 'it redirects in a circle',
  'net::ERR_EMPTY_RESPONSE': 'the server closed the connection without an answer',
  'net::ERR_SSL_PROTOCOL_ERROR': 'no secure connection could be agreed',
  'net::ERR_UNSAFE_PORT': 'browsers do not open that port',
  'net::ERR_INVALID_RESPONSE': 'the answer was not understood',
};

/** Host (no brackets, no final dot) and port of a web address. */
export function destination(url: string): { host: string; port: number } {
  if (!URL.canParse(url)) return { host: '', port: 0 };
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'https:' || protocol === 'wss:';
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, ''),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
  };
}
