import { domainToUnicode } from 'node:url';
import { html, shown, type Html } from '../../../shared/html.ts';

/** `2026-11-22 18:00:00.000 UTC` of an instant in RFC 3339. */
export function utc(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 23)} UTC`;
}

/** The same instant on a clock that is `offset` (`+02:00`) ahead of UTC; null where the offset is not understood. */
export function atOffset(instant: string, offset: string): string | null {
  const found = /^([+-])(\d\d):(\d\d)$/.exec(offset);
  if (!found) return null;
  const minutes = (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
  const moved = new Date(Date.parse(instant) + minutes * 60_000).toISOString();
  return `${moved.slice(0, 10)} ${moved.slice(11, 23)}`;
}

/**
 * An address as the machine reads it: the name in ASCII (punycode), so that look-alike letters cannot pass for others,
 * and, where that differs, how a browser may show it.
 */
export function address(text: string): Html {
  if (!URL.canParse(text)) return html`<span class="address">${shown(text)}</span>`;
  const url = new URL(text);
  const unicode = domainToUnicode(url.hostname);
  const looks =
    url.hostname.includes('xn--') && unicode !== ''
      ? html` <span class="looks">(${shown(unicode)})</span>`
      : null;
  return html`<span class="address">${shown(url.href)}${looks}</span>`;
}

/** A number of bytes as people say it, with the exact number where that hides something. */
export function byteCount(bytes: number, language: string): string {
  const exact = new Intl.NumberFormat(language).format(bytes);
  const unit = language === 'fr' ? 'o' : 'B';
  const steps: [number, string][] = [
    [1e9, `G${unit}`],
    [1e6, `M${unit}`],
    [1e3, `k${unit}`],
  ];
  const step = steps.find(([size]) => bytes >= size);
  if (!step) return `${exact}\u00a0${unit}`;
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(bytes / step[0]);
  return `${short}\u00a0${step[1]} (${exact})`;
}

/** A digest in groups of eight, which break on paper and copy without blanks. */
export function digest(hex: string): Html {
  return html`<code class="digest"
    >${(hex.match(/.{1,8}/g) ?? []).map((group) => html`<span>${group}</span><wbr />`)}</code
  >`;
}

/** The beginning of a digest in groups of four, to read aloud or write on a paper form. */
export function spokenCode(hex: string): string {
  return (hex.slice(0, 20).match(/.{4}/g) ?? []).join('\u00a0');
}
