import { createHash } from 'node:crypto';
import { annexSection } from './annex.ts';
import { exhibitList, exhibitSection, row } from './exhibit.ts';
import { address, utc } from './format.ts';
import { Html, html, shown } from '../../../shared/html.ts';
import type { ReportInput } from './input.ts';
import { reportStrings, type ReportStrings } from './strings.ts';
import { reportStyle } from './style.ts';
import { timelineSection } from './timeline.ts';

/**
 * The report of a bundle: one HTML page that needs nothing beside it, runs no script and reaches no network (the policy in
 * its head says so to every browser). Made for a reader who is no technician, with the values in full at the end, and
 * with what the bundle does not show (custody.md 2.5). It claims nothing about admissibility.
 */
export function renderReport(input: ReportInput): string {
  const say = reportStrings(input.language);
  const sections: [id: string, heading: string, body: Html][] = [
    ['summary', say.summary, summary(input, say)],
    ['checks', say.checks, checks(input, say)],
    ['exhibits', say.exhibits, exhibitList(input, say)],
    ['actors', say.actors, actors(input, say)],
    ['custody', say.timeline, timelineSection(input, say)],
    ['method', say.method, paragraphs(say.methodText)],
    ['limits', `${say.proves} · ${say.provesNot}`, limits(say)],
    ['verify', say.howToCheck, howToCheck(input, say)],
    ['annex', say.annex, annexSection(input, say)],
  ];
  const parts = sections.map(([id, heading, body]) => {
    const section = html`<section>
      <h2 id="${id}">${heading}</h2>
      ${body}
    </section>`;
    return id === 'exhibits'
      ? html`${section}${input.exhibits.map((exhibit) => exhibitSection(exhibit, input, say))}`
      : section;
  });
  return page(
    input,
    say,
    html`${head(input, say)}${contents(sections, say)}${parts}
      <footer>${say.madeWith(input.software)}</footer>`,
  );
}

function page(input: ReportInput, say: ReportStrings, body: Html): string {
  const style = createHash('sha256').update(reportStyle).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  // Outside the template, or its bytes would not be the ones the policy names.
  const styleElement = new Html(`<style>${reportStyle}</style>`);
  const document = html`<!doctype html>
    <html lang="${input.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say.title}${say.colon}${plain(input.caseInfo.title)}</title>
        ${styleElement}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return document.text;
}

/** A title cannot hold elements, so what `shown` would mark is dropped there. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
}

function head(input: ReportInput, say: ReportStrings): Html {
  const { caseInfo, operator, recipient, purpose, exhibits, capturesInCase } = input;
  const all = exhibits.length === capturesInCase;
  return html`<header>
    <p class="kicker">${say.title}</p>
    <h1>${shown(caseInfo.title)}</h1>
    <table class="facts">
      ${row(say.reference, caseInfo.reference ? shown(caseInfo.reference) : say.notStated)}
      ${row(say.purposeOfCase, caseInfo.purpose ? shown(caseInfo.purpose) : say.notStated)}
      ${row(say.exportedAt, html`${utc(input.exportedAt)}, ${say.exportedBy} ${shown(operator.name)}`)}
      ${row(say.handedTo, recipient ? shown(recipient) : say.notStated)}
      ${row(say.handedFor, purpose ? shown(purpose) : say.notStated)}
      ${row(say.scope, all ? say.scopeAll(exhibits.length) : say.scopePart(exhibits.length, capturesInCase))}
      ${row(say.fingerprint, html`<code>${operator.fingerprint}</code>`)}
    </table>
  </header>`;
}

function contents(sections: [string, string, Html][], say: ReportStrings): Html {
  return html`<nav aria-label="${say.contents}">
    <ol>
      ${sections.map(([id, heading]) => html`<li><a href="#${id}">${heading}</a></li>`)}
    </ol>
  </nav>`;
}

function summary({ exhibits, operator }: ReportInput, say: ReportStrings): Html {
  const complete = exhibits.filter(({ capture }) => capture.state === 'COMPLETE').length;
  return html`<div class="box">${say.summaryText(exhibits.length, complete, shown(operator.name))}</div>`;
}

function checks({ exhibits, events }: ReportInput, say: ReportStrings): Html {
  const done = [
    say.checkArchives(exhibits.length),
    say.checkProofs(events.length),
    say.checkHead,
    say.checkDetails,
  ];
  return html`<p>${say.checksIntro}</p>
    <table class="list">
      <thead>
        <tr>
          <th>${say.check}</th>
          <th>${say.outcome}</th>
        </tr>
      </thead>
      <tbody>
        ${done.map(
          (check) =>
            html`<tr>
              <td>${check}</td>
              <td class="mark">✓ ${say.passed}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function actors({ actors: people }: ReportInput, say: ReportStrings): Html {
  if (people.length === 0) return html`<p class="none">${say.noActorsAtAll}</p>`;
  const items = people.map(({ name, kind, note, handles }) => {
    const known = handles.map(
      ({ handle, platform, url }) =>
        html`<li>${shown(handle)} (${shown(platform)}${url ? html`, ${address(url)}` : null})</li>`,
    );
    return html`<h3>${shown(name)} <span class="local">${say.kinds[kind]}</span></h3>
      ${note ? html`<p>${shown(note)}</p>` : null}
      ${
        known.length === 0
          ? null
          : html`<p>${say.handles}</p>
              <ul>
                ${known}
              </ul>`
      }`;
  });
  return html`<p>${say.actorsNote}</p>
    ${items}`;
}

function limits(say: ReportStrings): Html {
  return html`<h3>${say.proves}</h3>
    <div class="box">${list(say.provesText)}</div>
    <h3>${say.provesNot}</h3>
    <div class="box limits">${list(say.provesNotText)}</div>`;
}

function list(items: readonly string[]): Html {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

function howToCheck({ operator }: ReportInput, say: ReportStrings): Html {
  return html`<p>${say.howToCheckText}</p>
    <p><code>${operator.fingerprint}</code></p>
    <p>${say.fingerprintNote}</p>`;
}

function paragraphs(texts: readonly string[]): Html {
  return html`${texts.map((text) => html`<p>${text}</p>`)}`;
}
