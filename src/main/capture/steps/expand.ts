import { z } from 'zod';
import type { PageFrame } from '../page-frame.ts';
import { inPage } from './in-page.ts';
import { isForbidden } from './press/never-press.ts';
import { leaveMouse, press } from './press/press.ts';
import { isShowMore } from './press/show-more.ts';
import { scrollOn } from './scroll/scroll.ts';
import { done, seconds, type StepContext, type StepResult } from './step.ts';

/** Presses on one page, and on one button that adds to the page each time. */
const PRESSES = 120;
const SAME = 40;
/** Time kept for going over what was opened (milliseconds). */
const REST = 3000;

const foundSchema = z.array(
  z.object({ id: z.int(), kind: z.enum(['summary', 'folded', 'button']), label: z.string() }),
);

/**
 * What could be opened in the content of a document: not in menus, navigation or advertisements, no link to elsewhere, nothing that
 * sends a form. A button that was pressed is told again only where the page has grown since.
 */
const candidates = `(() => { ${inPage}
  const list = globalThis.pressables ??= [];
  const pressed = globalThis.pressedAt ??= new WeakMap();
  const apart = 'nav, [role=navigation], [role=menu], [role=menubar], [role=toolbar], [role=search], [role=listbox], [role=tablist], [role=banner], [role=contentinfo], ' +
    'body > header, body > footer, [contenteditable=true], ins.adsbygoogle, [id^="google_ads"], [id*="taboola" i], [class*="taboola" i], [id*="outbrain" i], [class*="outbrain" i], ' +
    '[class*="sponsor" i], [class*="advert" i], [data-ad], [aria-label*="advert" i]';
  const consent = '[id*="cookie" i], [class*="cookie" i], [id*="consent" i], [class*="consent" i], [id*="onetrust" i], [id*="didomi" i], [class*="cmp-" i]';
  const elsewhere = (element) => {
    const link = element.closest('a[href]');
    if (!link) return false;
    const target = link.getAttribute('href').trim();
    return !(target.startsWith('#') || /^javascript:/i.test(target)) || link.target === '_blank';
  };
  const sends = (element) => element.form && (element.type === 'submit' || element.type === 'image' || element.type === 'reset');
  const found = [];
  for (const element of deepAll('button, summary, input[type=button], [role=button], [aria-expanded=false], a:not([href]), a[href^="#"], a[href^="javascript:" i], [class*="more" i], [class*="expand" i], [class*="load" i], [data-action*="more" i]')) {
    if (found.length >= 400) break;
    if (element.disabled || element.getAttribute('aria-disabled') === 'true' || element.hasAttribute('aria-haspopup')) continue;
    if (/^(body|html|main|article|section|ul|ol|li|form|input|textarea|select)$/.test(element.localName) && element.type !== 'button') continue;
    const folded = element.getAttribute('aria-expanded') === 'false' && !/^(combobox|tab|menuitem|treeitem|searchbox|textbox)$/.test(element.getAttribute('role') ?? '');
    const summary = element.localName === 'summary' && element.parentElement?.localName === 'details' && !element.parentElement.open;
    if (element.localName === 'summary' && !summary) continue;
    const said = (element.getAttribute('aria-label') || element.innerText || element.value || element.title || '').trim();
    if (!summary && !folded && (said === '' || said.length > 80)) continue;
    if (elsewhere(element) || sends(element) || element.closest(apart) || element.closest(consent)) continue;
    const plain = !/^(button|summary|a|input)$/.test(element.localName) && !folded && element.getAttribute('role') !== 'button';
    if (plain && getComputedStyle(element).cursor !== 'pointer') continue;
    const before = pressed.get(element);
    if (before && (summary || folded || before.times >= ${SAME} || !before.grew)) continue;
    if (!visible(element)) continue;
    if (found.some(({ id }) => element.contains(list[id]) || list[id].contains(element))) continue;
    let id = list.indexOf(element); if (id === -1) id = list.push(element) - 1;
    const all = [said, element.title, element.value, element.name, element.dataset?.action, element.dataset?.testid].filter((one) => typeof one === 'string').join(' ').slice(0, 200);
    found.push({ id, kind: summary ? 'summary' : folded ? 'folded' : 'button', label: said.slice(0, 80) || all.slice(0, 80) });
  }
  return found;
})()`;
const remember = (id: number): string =>
  `(() => { const element = globalThis.pressables[${id}]; const before = globalThis.pressedAt.get(element);
  globalThis.pressedAt.set(element, { times: (before?.times ?? 0) + 1, size: document.getElementsByTagName('*').length, grew: false }); })()`;
const compare = (id: number): string =>
  `(() => { const before = globalThis.pressedAt?.get(globalThis.pressables?.[${id}]);
  if (before) before.grew = document.getElementsByTagName('*').length > before.size; })()`;

/**
 * Presses “show more” and the like, and opens what is folded, again while new ones come, within `budget` milliseconds. Never leaves the
 * page, sends no form and presses nothing that acts in somebody's name. Only documents of the page's own site: never an advertisement.
 */
export async function expand(context: StepContext, signal: AbortSignal, budget: number): Promise<StepResult> {
  const { page, options } = context;
  if (!options.expand) return { outcome: 'skipped', note: 'Not asked for.' };
  const start = performance.now();
  const left = (): number => budget - REST - (performance.now() - start);
  const documents = (await page.documents()).filter(({ session }) => session === page.session);
  let count = 0;
  let more = false;
  for (const frame of documents) {
    const state = await openAll(context, frame, signal, left, PRESSES - count).catch((error: unknown) => {
      if (page.isGone || frame.isMain) throw error;
      return { count: 0, more: false };
    });
    count += state.count;
    more ||= state.more;
  }
  if (count === 0 && !more) return done;
  await leaveMouse(context);
  await page.evaluate('scrollTo({ top: 0, left: 0, behavior: "instant" })');
  await scrollOn(context, signal, Math.min(REST, budget - (performance.now() - start)));
  const note = `${count} ${count === 1 ? 'thing was' : 'things were'} opened; each press is among the events.`;
  return more
    ? {
        outcome: 'partial',
        note: `${note} There was more to open after ${seconds(budget - REST)} or ${PRESSES} presses.`,
      }
    : { outcome: 'done', note };
}

async function openAll(
  context: StepContext,
  frame: PageFrame,
  signal: AbortSignal,
  left: () => number,
  allowed: number,
): Promise<{ count: number; more: boolean }> {
  const unreachable = new Set<number>();
  let count = 0;
  for (;;) {
    const found = foundSchema
      .parse(await frame.evaluate(candidates))
      .filter(
        ({ id, kind, label }) =>
          !unreachable.has(id) && !isForbidden(label) && (kind !== 'button' || isShowMore(label)),
      );
    if (found.length === 0) return { count, more: false };
    for (const { id, kind, label } of found) {
      if (signal.aborted || left() <= 0 || count >= allowed) return { count, more: true };
      await frame.evaluate(remember(id));
      const what = kind === 'button' ? 'Pressed' : 'Opened';
      const { reached, leftPage } = await press(
        context,
        frame,
        id,
        { kind: 'press', sentence: `${what} “${label.replaceAll(/\s+/g, ' ') || kind}”.` },
        signal,
      );
      if (leftPage) return { count: count + 1, more: true };
      if (reached) count += 1;
      else unreachable.add(id);
      await frame.evaluate(compare(id));
    }
  }
}
