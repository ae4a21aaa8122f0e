/** Text that is HTML already. Only `html` and `shown` make it, so nothing gets into a page unescaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | readonly Part[];

/** A piece of a page: strings among the parts are escaped, nulls are nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, index) => text + textOf(parts[index] ?? null)).join(''));
}

function textOf(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  return typeof part === 'number' ? String(part) : part.map(textOf).join('');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/**
 * What a control, a direction mark or another invisible character could do to a reader's eye (threat T17): they are
 * shown by their number instead of obeyed. Line ends of longer texts stay.
 */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu;

/** Foreign text as it may stand in a page: escaped, in its own direction, every unseen character made visible. */
export function shown(text: string): Html {
  const whole = text.toWellFormed().replace(/\r\n?/g, '\n');
  let out = '';
  let last = 0;
  for (const match of whole.matchAll(unseen)) {
    const code = match[0].codePointAt(0) ?? 0;
    out += `${escapeHtml(whole.slice(last, match.index))}<span class="unseen">U+${code.toString(16).toUpperCase().padStart(4, '0')}</span>`;
    last = match.index + match[0].length;
  }
  return new Html(`<bdi>${out}${escapeHtml(whole.slice(last))}</bdi>`);
}
