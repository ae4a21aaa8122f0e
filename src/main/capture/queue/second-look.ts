import type { CaptureOptions } from '../../../shared/domain/capture-options.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { ConstatError } from '../../../shared/problems.ts';
import { isBotCheck } from '../findings/find-page.ts';
import { incompleteChainWords } from '../guard/certificate-words.ts';

/**
 * Why a capture made on the wire is worth making again with the browser's own TLS, in a sentence for the provenance; null where it is
 * not, or where the way of recording was the person's choice. (design: decision 3)
 */
export function whySecondLook(options: CaptureOptions, came: Provenance | ConstatError): string | null {
  if (options.witness !== 'auto') return null;
  if (came instanceof ConstatError) return whyAfterProblem(came);
  if (came.witness.kind !== 'wire' || !isBotCheck(came.page.findings)) return null;
  const finding = came.page.findings.find(({ kind }) => kind === 'bot-check');
  const document = came.exchanges.find(({ url, sha256 }) => url === came.url.final && sha256 !== null);
  const digest = document ? ` That answer had the SHA-256 ${document.sha256 ?? ''}.` : '';
  return `Recorded on the wire first, where the server answered with a check for automated visitors (rule ${finding?.rule ?? ''}).${digest} Recorded again by the browser alone, whose own TLS servers know.`;
}

function whyAfterProblem({ code, problem }: ConstatError): string | null {
  const reason = problem.params['reason'] ?? '';
  if (code === 'CERTIFICATE_NOT_TRUSTED' && reason === incompleteChainWords)
    return `Recorded on the wire first, where ${reason}. Browsers find such certificates by themselves; recorded again by the browser alone.`;
  if (code === 'CONNECTION_FAILED' && /\b(?:SSL|TLS|handshake|alert)\b|secure connection/i.test(reason))
    return `Recorded on the wire first, where no secure connection could be agreed (${reason}). Recorded again by the browser alone.`;
  return null;
}
