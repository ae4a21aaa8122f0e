import { z } from 'zod';
import { inPage } from '../in-page.ts';
import type { Wanted } from './sizes.ts';

export const surveySchema = z.object({
  sources: z.array(
    z.object({
      kind: z.enum(['srcset', 'url', 'css']),
      value: z.string(),
      base: z.string(),
      crossOrigin: z.string().nullable(),
      referrerPolicy: z.string(),
    }),
  ),
  /** What the document asked for already. */
  loaded: z.array(z.string()),
  /** True where a style sheet of another origin could not be read. */
  closedSheets: z.boolean(),
});

/** Sources of one document beyond this are not read. */
const SOURCES = 3000;

/** Lists what a document could show in other windows. Pictures that measure (one pixel, hidden) are left alone. */
export const survey = `(() => { ${inPage}
  const sources = [];
  const add = (kind, value, element, base) => {
    if (!value || sources.length >= ${SOURCES} || value.length > 20000) return;
    sources.push({ kind, value, base: base || document.baseURI, crossOrigin: element?.crossOrigin ?? null, referrerPolicy: element?.referrerPolicy ?? '' });
  };
  const pictures = deepAll('img, picture > source, link[imagesrcset], input[type=image]');
  for (const element of pictures) {
    const image = element.localName === 'source' ? element.parentElement.querySelector('img') : element;
    add('srcset', element.srcset ?? element.getAttribute('imagesrcset'), image);
    if (element.getAttribute('imagesrcset')) add('srcset', element.getAttribute('imagesrcset'), image);
    if (element.src && element.localName !== 'source') add('url', element.src, image);
  }
  const lazy = ['data-src', 'data-srcset', 'data-original', 'data-lazy-src', 'data-lazy-srcset', 'data-lazy', 'data-original-set', 'data-bg', 'data-background', 'data-background-image', 'data-image', 'data-hi-res-src', 'data-src-retina', 'data-large', 'data-zoom-image'];
  for (const element of deepAll(lazy.map((name) => '[' + name + ']').join(','))) {
    if (/^(iframe|video|audio|script|embed|object)$/.test(element.localName)) continue;
    const isPicture = /^(img|source)$/.test(element.localName);
    for (const name of lazy) {
      const value = element.getAttribute(name)?.trim();
      if (!value || /^[{[]/.test(value)) continue;
      if (/srcset|original-set/.test(name) || (isPicture && /\\s\\d+[wx](,|$)/.test(value))) add('srcset', value, isPicture ? element : null);
      else if (/url\\(/.test(value)) add('css', value, null);
      else if (isPicture || /\\.(avif|webp|png|jpe?g|gif|svg)([?#]|$)/i.test(value)) add('url', value, isPicture ? element : null);
    }
  }
  for (const element of deepAll('noscript')) {
    const near = element.parentElement?.querySelector('img, [class*="lazy" i]') ?? null;
    if (near === null || element.closest('head') || !/<(img|source)/i.test(element.textContent)) continue;
    let inert; try { inert = new DOMParser().parseFromString(element.textContent, 'text/html'); } catch { continue; }
    for (const image of inert.querySelectorAll('img, source')) {
      if (Number(image.getAttribute('width') ?? 9) <= 2 || Number(image.getAttribute('height') ?? 9) <= 2 || /display:\\s*none|visibility:\\s*hidden/.test(image.getAttribute('style') ?? '')) continue;
      add('srcset', image.getAttribute('srcset'), image);
      if (image.localName === 'img') add('url', image.getAttribute('src'), image);
    }
  }
  let closedSheets = false;
  const exists = (selector) => {
    const plain = selector.replace(/::?(before|after|hover|focus|focus-within|focus-visible|active|visited|first-letter|first-line|placeholder|marker|backdrop)/g, '').trim();
    try { return plain === '' || document.querySelector(plain) !== null; } catch { return true; }
  };
  const read = (rules, base, other) => {
    for (const rule of rules) {
      if (rule.styleSheet) { sheet(rule.styleSheet, other || (rule.media?.length > 0 && !matchMedia(rule.media.mediaText).matches)); continue; }
      const css = rule.style?.cssText ?? '';
      if (css.includes('url(') || css.includes('image-set(')) {
        if (css.includes('image-set(') || ((other || /:(hover|focus|active)/.test(rule.selectorText ?? '')) && rule.selectorText && exists(rule.selectorText))) add('css', css, null, base);
      }
      if (rule.cssRules?.length > 0) {
        const media = rule.media?.mediaText;
        if (media !== undefined && /^print$/i.test(media.trim())) continue;
        read(rule.cssRules, base, other || (media !== undefined && !matchMedia(media).matches) || rule.containerQuery !== undefined);
      }
    }
  };
  const sheet = (one, other) => {
    let rules; try { rules = one.cssRules; } catch { closedSheets = true; return; }
    read(rules, one.href ?? document.baseURI, other || (one.media?.length > 0 && !/^print$/i.test(one.media.mediaText) && !matchMedia(one.media.mediaText).matches));
  };
  for (const one of [...document.styleSheets, ...document.adoptedStyleSheets]) sheet(one, false);
  const inline = deepAll('[style*="image-set("]');
  for (const element of inline) add('css', element.getAttribute('style'), null);
  const loaded = sources.length === 0 && !closedSheets ? [] : [
    ...performance.getEntriesByType('resource').map(({ name }) => name.split('#', 1)[0]),
    ...pictures.filter((element) => element.complete && element.naturalWidth > 0).map((element) => element.currentSrc.split('#', 1)[0]),
  ];
  return { sources, loaded: [...new Set(loaded)], closedSheets };
})()`;

/** How long (milliseconds) one batch is waited for. */
const PATIENCE = 8000;

/**
 * Asks for pictures by elements that never stand in the page: the same kind of request, with the same headers, as the page's own. Where a
 * service worker answers for the page, a picture that came in this way makes the browser load others again later; there it is `fetch`.
 */
export function fetchAll(wanted: readonly Wanted[]): string {
  return `Promise.all(${JSON.stringify(wanted)}.map(({ url, crossOrigin, referrerPolicy }) => new Promise((resolve) => {
    setTimeout(() => resolve(false), ${PATIENCE});
    if (navigator.serviceWorker?.controller) {
      const mode = crossOrigin === null ? 'no-cors' : 'cors';
      const credentials = crossOrigin === 'anonymous' ? 'same-origin' : 'include';
      const headers = { accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8' };
      fetch(url, { mode, credentials, headers, ...(referrerPolicy === '' ? {} : { referrerPolicy }) })
        .then((answer) => answer.type === 'opaque' ? null : answer.arrayBuffer()).then(() => resolve(true), () => resolve(true));
      return;
    }
    const image = new Image();
    if (crossOrigin !== null) image.crossOrigin = crossOrigin;
    if (referrerPolicy !== '') image.referrerPolicy = referrerPolicy;
    image.fetchPriority = 'low';
    image.onload = image.onerror = () => resolve(true);
    image.src = url;
  }))).then((all) => all.filter(Boolean).length)`;
}
