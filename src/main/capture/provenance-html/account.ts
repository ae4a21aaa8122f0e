import type { Provenance } from '../../../shared/domain/provenance.ts';
import { html, shown, type Html } from '../../../shared/html.ts';
import { address, bytes, count, digest, facts, moment, section, sentences, table, took } from './parts.ts';

const verdicts = {
  COMPLETE: ['Complete', 'Everything the page asked for and was given is in the record.'],
  PARTIAL: ['Partial', 'Something is missing from the record. What, and why, is said here.'],
  FAILED: ['Failed', 'The page was not received. What came is in the record.'],
} as const;

export function verdict({ verdict: { state, remarks } }: Provenance): Html {
  const [word, meaning] = verdicts[state];
  return html`<div class="verdict ${state}">
    <strong>${word}</strong>
    <p>${meaning}</p>
    ${sentences(remarks)}
  </div>`;
}

/** The whole of it in a paragraph, for who reads no further. */
export function brief({
  url,
  time,
  environment,
  operator,
  software,
  exchanges,
  witness,
  page,
  salvage,
}: Provenance): Html {
  const kept = exchanges.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const { name, version } = environment.browser;
  return html`<p>
    On ${moment(time.start)}, ${shown(operator.name)} had ${software} open the address ${address(url.entered)}
    in the browser ${name} ${version}. The page that was shown was ${address(url.final)}; its server answered
    with ${page.status === null ? 'nothing' : `status ${page.status}`}. In ${took(time.durationMs)},
    ${count(exchanges.length, 'request was', 'requests were')} ${salvage ? 'answered' : 'made'} and
    ${bytes(kept)} of answers kept, ${howKept(witness.kind, salvage !== null)}.
  </p>`;
}

function howKept(kind: Provenance['witness']['kind'], isSalvaged: boolean): string {
  if (kind === 'browser') return 'as the browser handed them over';
  const wire = 'as they came over the wire';
  return isSalvaged ? wire : `${wire}, and compared with what the browser reported`;
}

const kinds: Record<Provenance['page']['findings'][number]['kind'], string> = {
  'login-wall': 'a demand to log in',
  'consent-wall': 'a demand to consent',
  paywall: 'a demand to pay',
  'bot-check': 'a check whether a person is reading',
  'rate-limit': 'a refusal because of too many requests',
  deleted: 'a notice that it was deleted',
  suspended: 'a notice that the account is suspended',
  'not-in-your-country': 'a notice that it is not available in this country',
  'soft-404': 'a notice that it does not exist',
  'empty-feed': 'a feed with nothing in it',
  'error-page': 'a page that reports an error',
  'age-gate': 'a question for the age',
  private: 'a notice that it is not public',
};

export function whatItWas({ url, page, salvage }: Provenance): Html {
  const changes = page.scriptChanges;
  return section(
    'What was captured',
    'page',
    facts([
      ['Address as entered', address(url.entered)],
      ['Address as asked for', url.normalised === url.entered ? null : address(url.normalised)],
      ...url.redirects.map(({ url: from, status, location }, index): [string, Html] => [
        `Redirect ${index + 1}`,
        html`${address(from)} answered ${status} and pointed to ${address(location)}`,
      ]),
      ['Address at the end', address(url.final)],
      ['Title', page.title === '' ? 'none' : page.title],
      ['Status of the page', page.status === null ? 'no answer' : String(page.status)],
      ['Type', page.mimeType ?? 'not known'],
    ]),
    page.findings.length === 0
      ? html`<p>
          ${salvage ? 'It was not looked whether there was' : 'No rule found'} a wall, a check or a notice in
          its place.
        </p>`
      : html`<p>What was shown was not, or not only, content:</p>
          <ul>
            ${page.findings.map(
              ({ kind, reason, readable, rule, platform }) =>
                html`<li>
                  <b>${kinds[kind]}</b>. ${shown(reason)} ${readable === null ? null : shown(readable)}
                  <span class="soft small">(rule ${rule}, ${platform})</span>
                </li> `,
            )}
          </ul>`,
    changes === null
      ? null
      : html`<h3>What scripts made of it</h3>
          <p>
            The server sent ${count(changes.servedElements, 'element', 'elements')}; shown were
            ${changes.shownElements}, of which ${changes.addedElements} were added, and
            ${changes.removedElements} removed, by ${count(changes.scripts, 'script', 'scripts')}.
            ${count(changes.addedText, 'character', 'characters')} of the readable text did not stand in the
            document as served.
          </p>
          ${changes.unexplained.length === 0 ? null : html`<p>No script or document of the record explains:</p>`}
          ${sentences(changes.unexplained)}`,
  );
}

export function when({ time, network: { clock } }: Provenance): Html {
  return section(
    'When',
    'when',
    facts([
      ['Began', html`${moment(time.start)}`],
      ['Ended', html`${moment(time.end)}, ${took(time.durationMs)} later`],
      ['Whose clock', `The collecting computer’s, set to ${time.zone} (${time.offset}).`],
      [
        'That clock against others',
        clock === null
          ? 'No server that answered told the time, so the computer’s clock was not checked.'
          : clock.words,
      ],
    ]),
    clock === null
      ? null
      : html`<p class="soft small">
            A server writes the time of its own clock, in whole seconds, at the head of each answer (HTTP
            Date). It wrote it after the request had left and before the answer arrived, which bounds how far
            the two clocks can be apart. Answers from caches are left out. A plus means that the server’s
            clock is ahead.
          </p>
          ${table(
            'list',
            ['Server', 'Its clock said', 'This computer’s', 'Difference'],
            clock.samples.map(({ host, date, receivedAt, offsetMs }) => [
              host,
              moment(date),
              moment(receivedAt),
              `${offsetMs >= 0 ? '+' : '−'}${took(Math.abs(offsetMs))}`,
            ]),
          )}`,
  );
}

export function who({ operator, software, caseId, captureId }: Provenance): Html {
  return section(
    'By whom',
    'who',
    facts([
      ['Operator', operator.name],
      ['Operator’s key', digest(operator.keyFingerprint)],
      ['Case', digest(caseId)],
      ['Capture', digest(captureId)],
      ['Software', software],
    ]),
  );
}

export function how({ witness, environment }: Provenance): Html {
  const { browser, viewport } = environment;
  return section(
    'How',
    'how',
    html`<p>
      ${
        witness.kind === 'wire'
          ? 'Two recorders listened, neither touched anything: one at the way out of the browser, where it kept the bytes as they were sent, and one at the browser itself.'
          : 'One recorder listened, at the browser itself, and touched nothing.'
      }
      ${shown(witness.why)}
    </p>`,
    html`<h3>What this shows</h3>`,
    sentences(witness.shows),
    html`<h3>What it does not show</h3>`,
    sentences(witness.doesNotShow),
    compared(witness),
    html`<h3>The browser</h3>`,
    facts([
      [
        'Program',
        `${browser.name} ${browser.version}, ${browser.headless ? 'without a window' : 'in a window a person drove'}`,
      ],
      ['SHA-256 of the program', digest(browser.sha256)],
      ['Called itself', browser.userAgent],
      [
        'Profile',
        environment.profile === 'fresh'
          ? 'new, and thrown away afterwards: no history, no log-in, no cookie from before'
          : 'one the operator keeps, with what earlier visits left in it',
      ],
      ['Its own sandbox', environment.browserSandbox ? 'on' : `off. ${environment.sandboxNote ?? ''}`],
      ['Size of the page', `${viewport.width} × ${viewport.height} pixels`],
      ['Language, time zone', `${environment.locale}, ${environment.timeZone}`],
      ['System', environment.platform],
      ['Node, Playwright', `${environment.node}, ${environment.playwright}`],
      ['Command line', html`<code>${shown(environment.browserArguments.join(' '))}</code>`],
    ]),
  );
}

function compared({ comparison }: Provenance['witness']): Html | null {
  if (comparison === null) return null;
  const { compared: all, same, differences } = comparison;
  return html`<h3>The two recorders compared</h3>
    <p>
      ${count(all, 'exchange was', 'exchanges were')} seen by both; of ${same} of them, status, headers and
      body are the same in both accounts.
      ${differences.length === 0 ? 'There are no differences.' : 'The differences:'}
    </p>
    ${
      differences.length === 0
        ? null
        : table(
            'list',
            ['Point', 'Request', 'Difference'],
            differences.map(({ what, method, url, words }) => [what, html`${method} ${address(url)}`, words]),
          )
    }`;
}
