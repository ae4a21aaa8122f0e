/**
 * A label as the rules read it: lower case, one space between words, without the arrows, dots and brackets around it. Numbers stay:
 * “Show 12 more”.
 */
export function normalLabel(label: string): string {
  return label
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replaceAll(/[’ʼ`]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** One pattern of several; each is a regular expression's source over a normal label. `whole`: the label and nothing else. */
export function anyOf(sources: readonly string[], whole: boolean): RegExp {
  const one = `(?:${sources.join('|')})`;
  return new RegExp(whole ? `^${one}$` : `(?<![\\p{L}\\p{N}])${one}(?![\\p{L}\\p{N}])`, 'u');
}
