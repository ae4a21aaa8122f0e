import type { Provenance, ResourceAccount, Tls } from '../../../shared/domain/provenance.ts';
import { html, shown, type Html } from '../../../shared/html.ts';
import { address, bytes, clockTime, digest, facts, section, sentences, table, took } from './parts.ts';

export function certificates({ exchanges }: Provenance): Html | null {
  const seen = new Map<string, { host: string; tls: Tls }>();
  for (const { url, tls } of exchanges) {
    if (!tls || !URL.canParse(url)) continue;
    const { host } = new URL(url);
    const key = [host, tls.protocol, tls.cipher, tls.subjectName, ...tls.chain].join(' ');
    if (!seen.has(key)) seen.set(key, { host, tls });
  }
  if (seen.size === 0) return null;
  return section(
    'Encryption and certificates',
    'certificates',
    table(
      'list',
      ['Server', 'Certificate', 'Chain, SHA-256 of each, as sent'],
      [...seen.values()].map(({ host, tls }) => [
        host,
        html`${shown(tls.subjectName ?? 'no name')}, issued by ${shown(tls.issuer ?? 'nobody named')}<br />${
            tls.validFrom === null || tls.validTo === null
              ? null
              : html`valid from ${tls.validFrom.slice(0, 10)} to ${tls.validTo.slice(0, 10)}<br />`
          }<span class="soft">${tls.protocol}${tls.cipher === null ? '' : `, ${tls.cipher}`}</span
          >${trust(tls)}`,
        tls.chain.length === 0
          ? 'not seen by this way of recording'
          : tls.chain.map((sha256) => html`${digest(sha256)}<br />`),
      ]),
    ),
  );
}

function trust({ trust: found }: Tls): Html | null {
  if (found === null) return null;
  return found === 'ok'
    ? html`<br />trusted`
    : html`<br /><span class="bad">not trusted: ${shown(found)}</span>`;
}

export function names({ network: { resolved, refused, egressAddress, via } }: Provenance): Html {
  return section(
    'Names and addresses',
    'names',
    facts([
      ['Public address of this computer', egressAddress],
      ['All traffic went through', via ?? 'nothing else: straight to the servers'],
    ]),
    resolved.length === 0
      ? null
      : table(
          'list',
          ['Name', 'Addresses it has', 'Used', 'Looked up'],
          resolved.map(({ host, addresses, used, at, tookMs }) => [
            host,
            addresses.join(', '),
            used ?? 'none',
            at === null ? 'not needed' : `${clockTime(at)}${tookMs === null ? '' : `, in ${took(tookMs)}`}`,
          ]),
        ),
    refused.length === 0 ? null : html`<h3>Refused by rule: nothing was sent there</h3>`,
    sentences(refused.map(({ host, port, reason }) => `${host}:${port}: ${reason}`)),
  );
}

/** Requests that were refused, failed, or whose answer is not whole. */
export function lacking({ exchanges }: Provenance): Html {
  const all = exchanges.filter(
    ({ failure, blocked, truncated }) => failure !== null || blocked || truncated !== null,
  );
  return section(
    'Refused, failed or cut short',
    'lacking',
    all.length === 0
      ? html`<p>Nothing was.</p>`
      : table(
          'list',
          ['What', 'Request', 'Why'],
          all.map(({ url, method, failure, blocked, truncated, status }) => [
            blocked ? 'refused' : truncated !== null ? 'cut short' : status === null ? 'failed' : 'not whole',
            html`${method} ${address(url)}`,
            failure ?? `kept as far as it came (${truncated ?? 'unspecified'})`,
          ]),
        ),
  );
}

export function requests({ exchanges }: Provenance): Html {
  return section(
    'Every request, in order',
    'requests',
    table(
      'requests',
      ['No.', 'Request', 'Answer', 'Body kept, SHA-256', 'Server', 'Time (UTC), and what else'],
      exchanges.map((exchange, index) => [
        String(index + 1),
        html`${exchange.method} ${address(exchange.url)}`,
        answer(exchange),
        html`${bytes(exchange.size)} ${digest(exchange.sha256)}`,
        [exchange.serverAddress ?? '', exchange.tls?.protocol ?? ''].filter((part) => part !== '').join(', '),
        besides(exchange),
      ]),
    ),
  );
}

function answer({ status, mimeType, protocol }: ResourceAccount): string {
  return [status === null ? 'none' : String(status), mimeType ?? '', protocol ?? '']
    .filter((part) => part !== '')
    .join(', ');
}

const seenWords: Record<ResourceAccount['seenBy'], string> = {
  browser: 'seen by the browser’s recorder',
  wire: 'seen at the exit only',
  both: 'seen by both recorders',
};

function besides(exchange: ResourceAccount): string {
  const { requestedAt, timing, type, fromCache, fromServiceWorker, failure, seenBy } = exchange;
  return [
    clockTime(requestedAt),
    after('answered', timing?.headMs ?? null),
    after('over', timing?.endMs ?? null),
    type,
    seenWords[seenBy],
    fromCache ? 'from the browser’s cache' : '',
    fromServiceWorker ? 'from a service worker' : '',
    failure ?? '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function after(what: string, milliseconds: number | null): string {
  return milliseconds === null ? '' : `${what} after ${took(milliseconds)}`;
}
