import { html, shown, type Html, type Part } from '../../../shared/html.ts';

/** A section with its heading; nothing where there is nothing to say. */
export function section(title: string, id: string, ...parts: Part[]): Html {
  return html`<section id="${id}">
    <h2>${title}</h2>
    ${parts}
  </section>`;
}

/** Names and values; a row whose value is null is left out. */
export function facts(rows: readonly [string, Html | string | null][]): Html {
  return html`<table class="facts">
    <tbody>
      ${rows
        .filter(([, value]) => value !== null)
        .map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${typeof value === 'string' ? shown(value) : value}</td>
            </tr> `,
        )}
    </tbody>
  </table>`;
}

/** A table with a heading row, which is repeated on every printed page. */
export function table(kind: string, heads: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return html`<table class="${kind}">
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td>${typeof cell === 'string' ? shown(cell) : cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** Sentences as a list; nothing where there are none. */
export function sentences(lines: readonly string[]): Html | null {
  if (lines.length === 0) return null;
  return html`<ul>
    ${lines.map((line) => html`<li>${shown(line)}</li> `)}
  </ul>`;
}

export function address(url: string): Html {
  return html`<span class="address">${shown(url)}</span>`;
}

export function digest(value: string | null): Html | null {
  return value === null ? null : html`<code>${value}</code>`;
}

const days = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** `22 November 2026, 21:30:05.123 UTC` */
export function moment(instant: string): Html {
  const date = new Date(instant);
  const [, clock = ''] = date.toISOString().split('T');
  return html`<time datetime="${instant}">${days.format(date)}, ${clock.replace('Z', '')} UTC</time>`;
}

/** Time of day with milliseconds, for rows of one capture. */
export function clockTime(instant: string): string {
  return new Date(instant).toISOString().slice(11, 23);
}

const numbers = new Intl.NumberFormat('en-GB');

export function bytes(size: number | null): string {
  if (size === null) return '';
  return `${numbers.format(size)} ${size === 1 ? 'byte' : 'bytes'}`;
}

export function count(value: number, one: string, many: string): string {
  return `${numbers.format(value)} ${value === 1 ? one : many}`;
}

export function took(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${numbers.format(Math.round(milliseconds / 100) / 10)} s`;
}
