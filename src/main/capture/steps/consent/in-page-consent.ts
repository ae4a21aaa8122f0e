import { z } from 'zod';
import { inPage } from '../in-page.ts';
import type { BannerRule } from './banners.ts';

const buttonSchema = z.object({ id: z.int(), label: z.string() });
export const knownSchema = z
  .object({
    rule: z.string(),
    /** What is left to press after this one. */
    next: z.array(z.string()),
    button: buttonSchema.nullable(),
  })
  .nullable();
export const unknownSchema = z.array(z.object({ text: z.string(), buttons: z.array(buttonSchema) }));
export const laterSchema = buttonSchema.nullable();

const common = `${inPage}
const list = globalThis.pressables ??= [];
const told = (element) => ({ id: list.push(element) - 1, label: (element.innerText || element.getAttribute('aria-label') || element.value || element.title || '').trim().replace(/\\s+/g, ' ').slice(0, 80) });
const first = (selector) => deepAll(selector).find(visible) ?? null;
// What holds a banner is often nothing to see itself: a host of shadow, a box of no height.
const stands = (selector) => deepAll(selector).some((one) => visible(one) || deepAll('*', one.shadowRoot ?? one).some(visible));
`;

/** The first banner a rule knows that stands in the document, with the first button that answers as wished. */
export function findKnown(rules: readonly BannerRule[], answer: 'refuse' | 'accept'): string {
  const given = rules.map((rule) => ({ id: rule.id, banner: rule.banner, ways: rule[answer] }));
  return `(() => { ${common}
  for (const { id, banner, ways } of ${JSON.stringify(given)}) {
    if (!stands(banner)) continue;
    for (const [selector, ...next] of ways) {
      const element = first(selector);
      if (element) return { rule: id, next, button: told(element) };
    }
    return { rule: id, next: [], button: null };
  }
  return null;
})()`;
}

/** What stands over the page or is named like a banner, with its buttons: whether it is one is judged by its words. */
export const findUnknown = `(() => { ${common}
  const names = ['cookie', 'consent', 'gdpr', 'rgpd', 'cmp', 'privacy'].flatMap((name) => ['[id*="' + name + '" i]', '[class*="' + name + '" i]']);
  const found = [];
  for (const element of deepAll('dialog, [role=dialog], [role=alertdialog], [aria-modal=true], body > div, body > section, body > aside, body > form, ' + names.join(','))) {
    if (found.length >= 12) break;
    if (/^(body|html|a|button|script|style|link|iframe|img)$/.test(element.localName) || !visible(element)) continue;
    const named = names.some((name) => element.matches(name)) || element.matches('dialog, [role=dialog], [role=alertdialog], [aria-modal=true]');
    if (!named && !/fixed|sticky/.test(getComputedStyle(element).position)) continue;
    const text = ((element.innerText ?? '') + ' ' + (element.shadowRoot?.textContent ?? '')).trim();
    if (text.length < 10 || text.length > 8000) continue;
    const inside = deepAll('button, [role=button], a, input[type=button], input[type=submit]', element.shadowRoot ?? element);
    const buttons = inside.filter((one) => {
      const link = one.getAttribute('href')?.trim() ?? '#';
      return visible(one) && /^(#|javascript:)/i.test(link);
    });
    if (buttons.length === 0) continue;
    found.push({ text: text.slice(0, 2000), buttons: buttons.slice(0, 30).map(told) });
  }
  return found.sort((a, b) => a.text.length - b.text.length);
})()`;

export function findLater(selector: string): string {
  return `(() => { ${common} const element = first(${JSON.stringify(selector)}); return element ? told(element) : null; })()`;
}

/** Whether a button that was pressed, or a rule's banner, is still to be seen. */
export function stillThere(id: number, banner: string | null): string {
  return `(() => { ${common} const button = list[${id}];
    return ${banner === null ? 'Boolean(button?.isConnected && visible(button))' : `stands(${JSON.stringify(banner)})`}; })()`;
}
