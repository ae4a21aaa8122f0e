/**
 * The addresses in a `srcset`, in their order. (HTML, “parse a srcset attribute”: an address ends at white space; commas at its end
 * separate, commas inside it belong to it.)
 */
export function srcsetUrls(srcset: string): string[] {
  const urls: string[] = [];
  let at = 0;
  while (at < srcset.length) {
    at += /^[\s,]*/.exec(srcset.slice(at))?.[0].length ?? 0;
    const url = /^\S+/.exec(srcset.slice(at))?.[0] ?? '';
    if (url === '') break;
    at += url.length;
    urls.push(url.replace(/,+$/, ''));
    if (url.endsWith(',')) continue;
    // Descriptors go up to the next comma that stands in no brackets.
    at += /^(?:\([^)]*\)|[^,(])*/.exec(srcset.slice(at))?.[0].length ?? 0;
  }
  return urls.filter((url) => url !== '');
}

/** The addresses of pictures in a piece of CSS: `url(…)` and the bare strings of `image-set(…)`. */
export function cssUrls(css: string): string[] {
  const urls: string[] = [];
  for (const match of css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/g))
    urls.push(match[1] ?? match[2] ?? match[3] ?? '');
  for (const [, inside = ''] of css.matchAll(/image-set\(((?:[^()]|\([^()]*\))*)\)/g))
    for (const match of inside.replaceAll(/url\([^)]*\)|type\([^)]*\)/g, '').matchAll(/(["'])(.*?)\1/g))
      urls.push(match[2] ?? '');
  return [...new Set(urls.filter((url) => url !== ''))];
}

/** Of a whole style sheet, what stands in conditional rules (`@media`, `@container`) or in an `image-set`: the rest is loaded anyway. */
export function conditionalCss(sheet: string): string {
  const parts: string[] = [];
  const clean = sheet.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  for (const match of clean.matchAll(/@(?:media|container)([^{;]*)\{/g)) {
    if (/^\s*print\s*$/.test(match[1] ?? '')) continue;
    let depth = 1;
    let end = match.index + match[0].length;
    for (; end < clean.length && depth > 0; end += 1) {
      if (clean[end] === '{') depth += 1;
      if (clean[end] === '}') depth -= 1;
    }
    parts.push(clean.slice(match.index, end));
  }
  for (const match of clean.matchAll(/[^;{}]*image-set\([^;}]*/g)) parts.push(match[0]);
  return parts.join('\n');
}
