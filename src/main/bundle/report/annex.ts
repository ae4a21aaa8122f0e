import { isDeepStrictEqual } from 'node:util';
import { digest, spokenCode } from './format.ts';
import { html, shown, type Html } from '../../../shared/html.ts';
import { row } from './exhibit.ts';
import type { Exhibit, ReportInput } from './input.ts';
import type { ReportStrings } from './strings.ts';

/** The values in full: the log and its head, and for each exhibit the browser, the options, the steps and the servers. */
export function annexSection(input: ReportInput, say: ReportStrings): Html {
  const { checkpoint, caseInfo, operator, events } = input;
  return html`<p>${say.annexIntro}</p>
    <table class="facts">
      ${row(say.caseId, html`<code>${caseInfo.id}</code>`)}
      ${row(say.fingerprint, html`<code>${operator.fingerprint}</code>`)}
      ${row(say.logOrigin, html`<code>${input.origin}</code>`)}
      ${row(say.logKey, html`<code>${input.vkey}</code>`)}
      ${row(say.logSize, say.logSizeShown(events.length, checkpoint.size))}
      ${row(say.shortCode, html`<code>${spokenCode(checkpoint.root)}</code>`)}
      ${row(say.logHead, html`<pre>${checkpoint.note}</pre>`)}
    </table>
    ${input.exhibits.map((exhibit) => exhibitAnnex(exhibit, input.exhibits, say))}`;
}

function exhibitAnnex(exhibit: Exhibit, exhibits: readonly Exhibit[], say: ReportStrings): Html {
  const { capture, provenance } = exhibit;
  const like = exhibits.find((other) => isDeepStrictEqual(circumstances(other), circumstances(exhibit)));
  const same = like && like !== exhibit ? like.capture.exhibit : null;
  return html`<h3>${say.exhibit(capture.exhibit)}</h3>
    <table class="facts">
      ${row(say.captureId, html`<code>${capture.id}</code>`)}
      ${same === null ? circumstanceRows(provenance, say) : row(say.environment, say.sameAs(same))}
      ${row(
        say.stepsHeading,
        html`<ul class="steps">
          ${provenance.stepOutcomes.map((step) => stepLine(step, say))}
        </ul>`,
      )}
    </table>
    ${serverTable(provenance, say)}`;
}

/** What is mostly the same for all captures of a case, and then shown once. */
function circumstances({ provenance: { environment, network, options, witness } }: Exhibit): unknown {
  return [environment, network.egressAddress, options, witness];
}

function circumstanceRows(
  { environment, network, options, witness }: Exhibit['provenance'],
  say: ReportStrings,
): Html {
  const { browser, viewport } = environment;
  const sandbox = environment.browserSandbox ? say.on : say.off;
  return html`
    ${row(say.environment, shown(`${browser.name} ${browser.version}, Playwright ${environment.playwright}, Node ${environment.node}`))}
    ${row(say.platform, shown(environment.platform))} ${row(say.browserDigest, digest(browser.sha256))}
    ${row(say.userAgent, shown(browser.userAgent))}
    ${row(say.browserArguments, html`<code>${environment.browserArguments.map((argument) => html`${shown(argument)} `)}</code>`)}
    ${row(say.sandbox, html`${sandbox}${environment.sandboxNote === null ? null : html`${say.colon}${shown(environment.sandboxNote)}`}`)}
    ${row(say.viewport, `${viewport.width} × ${viewport.height}, ×${viewport.deviceScaleFactor}`)}
    ${row(say.locale, shown(`${environment.locale}, ${environment.timeZone}`))}
    ${row(say.egress, shown(network.egressAddress))} ${row(say.options, optionList(options))}
    ${row(say.witnessShows, sentences(witness.shows))} ${row(say.witnessNot, sentences(witness.doesNotShow))}
  `;
}

function stepLine(step: Exhibit['provenance']['stepOutcomes'][number], say: ReportStrings): Html {
  const seconds = (step.durationMs / 1000).toFixed(2);
  const note = step.note === null ? null : html`${say.colon}${shown(step.note)}`;
  return html`<li>${say.steps[step.name]}${say.colon}${step.outcome}, ${seconds} s${note}</li>`;
}

function sentences(list: readonly string[]): Html {
  return html`<ul>
    ${list.map((sentence) => html`<li>${shown(sentence)}</li>`)}
  </ul>`;
}

/** Each server that answered, once per way of being spoken to. */
function serverTable({ exchanges }: Exhibit['provenance'], say: ReportStrings): Html {
  const lines = new Map<string, Html>();
  for (const { url, serverAddress, protocol, tls } of exchanges) {
    const host = URL.canParse(url) ? new URL(url).host : '';
    const secured =
      tls === null ? '–' : [tls.protocol, tls.cipher].filter((part) => part !== null).join(', ');
    const certificate =
      tls === null
        ? '–'
        : `${tls.subjectName ?? '?'} (${tls.issuer ?? '?'}), ${tls.validFrom ?? '?'} – ${tls.validTo ?? '?'}`;
    if (host === '' || serverAddress === null) continue;
    const cells = [host, serverAddress, protocol ?? '–', secured, certificate];
    lines.set(
      cells.join('\0'),
      html`<tr>
        ${cells.map((cell) => html`<td>${shown(cell)}</td>`)}
      </tr>`,
    );
  }
  const failed = exchanges.filter(({ failure, truncated }) => failure !== null || truncated !== null).length;
  const heads = [say.serverHost, say.serverAddress, say.serverProtocol, say.serverTls, say.serverIssuer];
  return html`<p>${say.requests(exchanges.length, failed)}</p>
    ${
      lines.size === 0
        ? null
        : html`<table class="list servers">
            <thead>
              <tr>
                ${heads.map((head) => html`<th>${head}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${[...lines.values()]}
            </tbody>
          </table>`
    }`;
}

function optionList(options: Exhibit['provenance']['options']): Html {
  return html`<code
    >${Object.entries(options).map(([name, value]) => html`${name}: ${JSON.stringify(value)}<br />`)}</code
  >`;
}
