import type { Provenance } from '../../../shared/domain/provenance.ts';
import { html, shown } from '../../../shared/html.ts';
import { brief, how, verdict, whatItWas, when, who } from './account.ts';
import { events, files, salvaged, steps } from './happened.ts';
import { certificates, lacking, names, requests } from './network.ts';
import { everyOption } from './options.ts';
import { style } from './style.ts';

/**
 * The provenance as a page a person can read, and print, without Constat: the verdict first, every request last. No script, nothing
 * from elsewhere; everything that came from the page or the network is escaped, keeps its direction to itself, and shows what is
 * invisible in it.
 */
export function provenanceHtml(provenance: Provenance): string {
  const { page, url } = provenance;
  const sections = [
    whatItWas(provenance),
    salvaged(provenance),
    when(provenance),
    who(provenance),
    how(provenance),
    events(provenance),
    steps(provenance),
    files(provenance),
    certificates(provenance),
    names(provenance),
    lacking(provenance),
    everyOption(provenance),
    requests(provenance),
  ].filter((one) => one !== null);
  const contents = sections.flatMap(({ text }) => {
    const [, id = '', title = ''] = /^<section id="([a-z]+)">\s*<h2>([^<]*)<\/h2>/.exec(text) ?? [];
    return id === '' ? [] : [html`<li><a href="#${id}">${title}</a></li> `];
  });
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width" />
        <title>How this capture was made</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>
          <p>How this capture was made</p>
          <h1>${shown(page.title === '' ? url.final : page.title)}</h1>
        </header>
        ${verdict(provenance)} ${brief(provenance)}
        <nav aria-label="Contents">
          <ul>
            ${contents}
          </ul>
        </nav>
        ${sections}
        <footer>
          <p>
            The same account, for programs, is in evidence/provenance.json beside this page. Both are sealed
            in the archive with the record: their SHA-256 stand in its datapackage.json, and that of the
            archive in the custody log of the case.
          </p>
        </footer>
      </body>
    </html> `.text
  }`;
}
