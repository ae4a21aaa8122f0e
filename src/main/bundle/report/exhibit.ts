import { address, atOffset, byteCount, digest, utc } from './format.ts';
import { html, shown, type Html } from '../../../shared/html.ts';
import type { Exhibit, ReportInput } from './input.ts';
import type { ReportStrings } from './strings.ts';

/** How a report says which capture an exhibit is. No foreign text can look like it: in those every quote is escaped. */
const marks = /<section class="exhibit" id="exhibit-(\d+)" data-capture="([^"]*)">/g;

/** The exhibits that a report names, in its order. */
export function exhibitsNamed(report: string): { exhibit: number; id: string }[] {
  return [...report.matchAll(marks)].map(([, exhibit, id]) => ({ exhibit: Number(exhibit), id: id ?? '' }));
}

/** The section of one exhibit: picture, facts, verdict, actors, files. */
export function exhibitSection(exhibit: Exhibit, input: ReportInput, say: ReportStrings): Html {
  const { capture } = exhibit;
  return html`<section class="exhibit" id="exhibit-${capture.exhibit}" data-capture="${capture.id}">
    <h2>
      <span class="number">${say.exhibit(capture.exhibit)}</span> ${shown(capture.title || capture.finalUrl)}
    </h2>
    ${picture(exhibit, say)}
    <table class="facts">
      ${facts(exhibit, say)}
    </table>
    ${remarks(exhibit, say)} ${linkedActors(exhibit, input, say)} ${fileList(exhibit, input, say)}
  </section>`;
}

function picture({ capture, picture: source }: Exhibit, say: ReportStrings): Html {
  if (source === null) return html`<p class="none">${say.noPicture}</p>`;
  return html`<figure>
    <img src="${source}" alt="${say.picture(capture.exhibit)}" />
    <figcaption>${say.picture(capture.exhibit)}, ${utc(capture.finishedAt)}</figcaption>
  </figure>`;
}

function facts({ capture, provenance, omissions }: Exhibit, say: ReportStrings): Html {
  const { url, time, environment, operator } = provenance;
  const redirected = url.redirects.map(
    ({ url: from, status }) => html`<li>${address(from)} (${status})</li>`,
  );
  return html`
    ${row(say.addressEntered, html`<span class="address">${shown(url.entered)}</span>`)}
    ${
      redirected.length > 0
        ? row(
            say.redirects,
            html`<ul>
              ${redirected}
            </ul>`,
          )
        : null
    }
    ${row(say.addressFinal, address(capture.finalUrl))} ${row(say.pageTitle, shown(capture.title))}
    ${row(say.started, moment(capture.startedAt, time, say))}
    ${row(say.finished, moment(capture.finishedAt, time, say))}
    ${row(say.collectedBy, html`${shown(operator.name)} <code>${operator.keyFingerprint}</code>`)}
    ${row(say.withBrowser, html`${shown(provenance.software)}, ${shown(`${environment.browser.name} ${environment.browser.version}`)}`)}
    ${row(say.httpStatus, capture.httpStatus === null ? say.noStatus : String(capture.httpStatus))}
    ${row(say.sealedAs, html`${digest(capture.sha256)}<br />${say.sealedEntry(capture.sealedSeq)}`)}
    ${omissions === null ? null : row(say.workingCopy, say.workingCopyText(omissions.records.changed, omissions.records.unchanged))}
    ${row(say.verdict, html`<strong class="state ${capture.state}">${say.stateNames[capture.state]}</strong>${say.colon}${say.states[capture.state]}`)}
  `;
}

export function row(name: string, value: Html | string): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${value}</td>
  </tr>`;
}

function moment(
  instant: string,
  { zone, offset }: { zone: string; offset: string },
  say: ReportStrings,
): Html {
  const local = atOffset(instant, offset);
  return html`${utc(instant)}${local === null ? null : html`<br /><span class="local">${say.localTime(local, zone, offset)}</span>`}`;
}

function remarks({ provenance }: Exhibit, say: ReportStrings): Html {
  const list = provenance.verdict.remarks;
  return html`<h3>${say.remarks}</h3>
    ${
      list.length === 0
        ? html`<p>${say.noRemarks}</p>`
        : html`<ul>
            ${list.map((remark) => html`<li>${shown(remark)}</li>`)}
          </ul>`
    }`;
}

function linkedActors({ capture }: Exhibit, { links, actors }: ReportInput, say: ReportStrings): Html {
  const rows = links
    .filter(({ captureId }) => captureId === capture.id)
    .map(({ actorId, role, note }) => {
      const actor = actors.find(({ id }) => id === actorId);
      const name = actor
        ? html`<strong>${shown(actor.name)}</strong> (${say.kinds[actor.kind]})`
        : html`<code>${actorId}</code>`;
      return html`<li>${name}${say.colon}${say.roles[role]}${note ? html`. ${shown(note)}` : null}</li>`;
    });
  return html`<h3>${say.actorsOfExhibit}</h3>
    ${
      rows.length === 0
        ? html`<p>${say.noActors}</p>`
        : html`<ul>
            ${rows}
          </ul>`
    }`;
}

function fileList({ files, folder }: Exhibit, { language }: ReportInput, say: ReportStrings): Html {
  const rows = files.map(
    ({ kind, name, size, sha256 }) =>
      html`<tr>
        <td>${say.files[kind]}<br /><a href="${folder}/${name}">${name}</a></td>
        <td class="count">${byteCount(size, language)}</td>
        <td>${digest(sha256)}</td>
      </tr>`,
  );
  return html`<h3>${say.openFull}</h3>
    <table class="files">
      <thead>
        <tr>
          <th>${say.file}</th>
          <th class="count">${say.size}</th>
          <th>SHA-256</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

/** The list of exhibits with an anchor to each. */
export function exhibitList({ exhibits }: ReportInput, say: ReportStrings): Html {
  const rows = exhibits.map(
    ({ capture }) =>
      html`<tr>
        <td class="count"><a href="#exhibit-${capture.exhibit}">${capture.exhibit}</a></td>
        <td>
          <a href="#exhibit-${capture.exhibit}">${shown(capture.title || '–')}</a
          ><br />${address(capture.finalUrl)}
        </td>
        <td>${utc(capture.startedAt)}</td>
        <td><span class="state ${capture.state}">${say.stateNames[capture.state]}</span></td>
      </tr>`,
  );
  return html`<table class="list">
    <thead>
      <tr>
        <th class="count">№</th>
        <th>${say.pageTitle}</th>
        <th>${say.started}</th>
        <th>${say.verdict}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
