import type { Provenance, ResourceAccount } from '../../shared/domain/provenance.ts';

/**
 * The provenance as a page a person can read without Constat. No script, nothing from elsewhere; everything that came from the page
 * or the network is escaped, and stands in elements that keep its direction to itself.
 */
export function provenanceHtml(provenance: Provenance): string {
  const {
    url,
    page,
    time,
    environment,
    options,
    operator,
    witness,
    network,
    stepOutcomes,
    exchanges,
    verdict,
  } = provenance;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Provenance of a capture</title>
<style>${style}</style></head><body>
<h1>How this capture was made</h1>
<p class="verdict ${verdict.state}">${verdictWords[verdict.state]}</p>
${verdict.remarks.length === 0 ? '' : `<ul>${verdict.remarks.map((remark) => `<li>${text(remark)}</li>`).join('')}</ul>`}
${table('What was captured', [
  ['Address as entered', url.entered],
  ['Address at the end', url.final],
  ['Title', page.title],
  ['Status of the page', page.status === null ? 'no answer' : String(page.status)],
  ['Type', page.mimeType ?? 'not known'],
  ...url.redirects.map(({ url: from, status, location }, index): [string, string] => [
    `Redirect ${index + 1}`,
    `${from} (${status}) → ${location}`,
  ]),
])}
${table('When and by whom', [
  ['Began', `${time.start} (UTC, clock of the collecting machine)`],
  ['Ended', `${time.end} (UTC), ${time.durationMs} ms later`],
  ['Zone of the machine', `${time.zone}, ${time.offset}`],
  ['Operator', operator.name],
  ['Operator’s key', operator.keyFingerprint],
  ['Capture', provenance.captureId],
  ['Case', provenance.caseId],
])}
${table('With what', [
  ['Software', provenance.software],
  [
    'Browser',
    `${environment.browser.name} ${environment.browser.version}, ${environment.browser.headless ? 'without a window' : 'in a window that a person drove'}, on ${
      environment.profile === 'fresh'
        ? 'a new profile that was thrown away'
        : 'a profile the operator keeps, with what earlier sessions left in it (cookies, logins, storage, service workers; no cache)'
    }`,
  ],
  ['SHA-256 of the browser program', environment.browser.sha256],
  ['User agent', environment.browser.userAgent],
  [
    'Sandbox of the browser',
    `${environment.browserSandbox ? 'on' : 'off'}. ${environment.sandboxNote ?? ''}`,
  ],
  ['System', environment.platform],
  ['Window', `${environment.viewport.width} × ${environment.viewport.height} pixels`],
  ['Language, time zone', `${environment.locale}, ${environment.timeZone}`],
  ['Node, Playwright', `${environment.node}, ${environment.playwright}`],
  ['Browser arguments', environment.browserArguments.join(' ')],
  ['Options', JSON.stringify(options)],
])}
<h2>What this way of recording shows</h2><ul>${witness.shows.map((line) => `<li>${text(line)}</li>`).join('')}</ul>
<h2>And what it does not</h2><ul>${witness.doesNotShow.map((line) => `<li>${text(line)}</li>`).join('')}</ul>
<h2>Steps</h2><table><thead><tr><th>Step<th>Outcome<th>Began<th>Took<th>Note</thead><tbody>
${stepOutcomes.map((step) => row([step.name, step.outcome, step.startedAt, `${step.durationMs} ms`, step.note ?? ''])).join('\n')}
</tbody></table>
<h2>Network</h2>
<p>Public address of the collecting machine: ${text(network.egressAddress)}.</p>
<table><thead><tr><th>Name<th>Addresses<th>Used</thead><tbody>
${network.resolved.map(({ host, addresses, used }) => row([host, addresses.join(', '), used ?? 'none'])).join('\n')}
</tbody></table>
${network.refused.length === 0 ? '' : `<h3>Refused</h3><ul>${network.refused.map(({ host, port, reason }) => `<li>${text(`${host}:${port}: ${reason}`)}</li>`).join('')}</ul>`}
<h2>Every request</h2><table class="requests"><thead><tr><th>Address<th>Answer<th>Bytes<th>SHA-256<th>Server<th>Note</thead><tbody>
${exchanges.map(resourceRow).join('\n')}
</tbody></table></body></html>
`;
}

const verdictWords = {
  COMPLETE:
    'COMPLETE: everything the page asked for and was given is in the record, as far as this way of recording shows it.',
  PARTIAL: 'PARTIAL: something is missing. What, and why, stands below.',
  FAILED: 'FAILED: the page was not received. What came is in the record.',
} as const;

function resourceRow(resource: ResourceAccount): string {
  const {
    url,
    method,
    type,
    status,
    mimeType,
    size,
    sha256,
    protocol,
    serverAddress,
    tls,
    failure,
    fromCache,
    fromServiceWorker,
  } = resource;
  const answer = [status === null ? 'none' : String(status), mimeType ?? '', protocol ?? '']
    .filter((part) => part !== '')
    .join(' ');
  const server = [serverAddress ?? '', tls === null ? '' : `${tls.protocol} ${tls.subjectName ?? ''}`]
    .filter((part) => part !== '')
    .join(', ');
  const notes = [
    type,
    fromCache ? 'from the browser’s cache' : '',
    fromServiceWorker ? 'from a service worker' : '',
    failure ?? '',
  ];
  return row([
    `${method} ${url}`,
    answer,
    size === null ? '' : String(size),
    sha256 ?? '',
    server,
    notes.filter((part) => part !== '').join('; '),
  ]);
}

function table(title: string, rows: [string, string][]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${text(name)}<td>${text(value)}</tr>`);
  return `<h2>${text(title)}</h2><table>${lines.join('\n')}</table>`;
}

function row(cells: string[]): string {
  return `<tr>${cells.map((cell) => `<td>${text(cell)}`).join('')}</tr>`;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escaped, without characters that are not allowed in HTML or that reorder what stands around them. */
function text(value: string): string {
  const clean = value
    .replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (char) => escapes[char] ?? char);
  return `<bdi>${clean}</bdi>`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
th[scope=row]{width:14rem;font-weight:600}.verdict{padding:.6rem .9rem;border-inline-start:.4rem solid #555;background:#f3f3f3;font-weight:600}
.COMPLETE{border-color:#2a7d46}.PARTIAL{border-color:#b7791f}.FAILED{border-color:#b3261e}.requests{font-size:12px}`;
