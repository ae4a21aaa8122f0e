import { z } from 'zod';
import { inPage } from '../in-page.ts';

/** Something that can be scrolled, under a number that stays the same in its document. */
const partSchema = z.object({ id: z.int(), across: z.boolean(), root: z.boolean() });
export type ScrollPart = z.infer<typeof partSchema>;

export const surveySchema = z.object({
  parts: z.array(partSchema),
  /** True where no script could answer a scroll with more than the browser itself does. */
  still: z.boolean(),
});

const stateSchema = z.object({
  list: z.string(),
  scrollTop: z.number(),
  scrollLeft: z.number(),
  text: z.string(),
  html: z.string(),
});
export type ListState = z.infer<typeof stateSchema>;

export const movedSchema = z.object({
  moved: z.boolean(),
  /** Pixels there are in all in the direction of the scrolling. */
  extent: z.number(),
  /** Rows that left the document since the last move, as far as they were not merely moved. */
  left: z.array(stateSchema),
  /** Where rows are recycled: the list as it stood before this move. */
  state: stateSchema.nullable(),
  recycles: z.boolean(),
});

/** More parts of one document than this are not scrolled one by one. */
const PARTS = 60;
/** Characters of the HTML of one state of a list. */
const STATE = 2_000_000;

/**
 * What the recorder keeps in its own world of a document while it scrolls: the parts, where they stood, and what left the document
 * meanwhile. Nothing of it is in the page.
 */
const memory = `${inPage}
const S = globalThis.scrolling ??= { parts: [], byElement: new Map(), removed: [], changed: [], lists: new Map(), observer: null };
const root = document.scrollingElement ?? document.documentElement;
const overflows = (element) => {
  const style = getComputedStyle(element);
  const down = element.scrollHeight > element.clientHeight + 20 && /auto|scroll|overlay/.test(style.overflowY);
  const across = element.scrollWidth > element.clientWidth + 20 && /auto|scroll|overlay/.test(style.overflowX) &&
    element.querySelector('img, picture, video, iframe, canvas, a, [data-src], [style*="url("]') !== null;
  return { down, across };
};
const part = (element, across) => {
  const key = element;
  const known = S.byElement.get(key) ?? {};
  S.byElement.set(key, known);
  const name = across ? 'across' : 'down';
  if (known[name] === undefined) {
    known[name] = S.parts.length;
    S.parts.push({ element, across, top: element === root ? scrollY : element.scrollTop, left: element === root ? scrollX : element.scrollLeft, direction: 0 });
  }
  return { id: known[name], across, root: element === root };
};
`;

/** Lists what can be scrolled: the window, then inner parts from the largest to the smallest, then what goes sideways. */
export const survey = `(() => { ${memory}
  const found = [];
  // A page may have taken its whole document away.
  if (root && root.scrollHeight > innerHeight + 1) found.push(part(root, false));
  const inner = deepAll('*').filter((element) => element !== root && element.localName !== 'textarea' && element.localName !== 'select' &&
    element.clientHeight >= 40 && element.clientWidth >= 40 &&
    (element.scrollHeight > element.clientHeight + 20 || element.scrollWidth > element.clientWidth + 20) && visible(element));
  inner.sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight);
  const sideways = [];
  for (const element of inner.slice(0, ${PARTS})) {
    const { down, across } = overflows(element);
    if (down) found.push(part(element, false));
    if (across) sideways.push(part(element, true));
  }
  if (found.length > 0 && S.observer === null) {
    S.observer = new MutationObserver((records) => {
      for (const record of records) {
        if (record.type === 'characterData') { if (S.changed.length < 500) S.changed.push([record.target.parentElement, record.oldValue ?? '']); continue; }
        for (const node of record.removedNodes) {
          if (node.nodeType === 1 && S.removed.length < 2000) S.removed.push([node, record.target]);
          if (node.nodeType === 3 && S.changed.length < 500) S.changed.push([record.target, node.data]);
        }
      }
    });
    S.observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true, characterDataOldValue: true });
  }
  return { parts: [...found, ...sideways], still: document.scripts.length === 0 };
})()`;

/** Which rows went: the nearest element all of them stood in, and what they were. */
const lost = `
const pathOf = (element) => {
  const names = [];
  for (let at = element; at && at !== document.documentElement && names.length < 12; at = at.parentElement)
    names.unshift(at.localName + (at.id ? '#' + at.id : ''));
  return names.join(' > ');
};
const common = (a, b) => { let at = a; while (at && !at.contains(b)) at = at.parentElement; return at; };
const tell = (list, scroller, text, html) => ({
  list: pathOf(list), scrollTop: scroller === root ? scrollY : scroller.scrollTop, scrollLeft: scroller === root ? scrollX : scroller.scrollLeft,
  text, html: html.slice(0, ${STATE}),
});
const takeLost = (one, id) => {
  const scroller = one.element;
  const inside = scroller === root ? document.body : scroller;
  const all = inside.textContent;
  const removed = S.removed.splice(0).filter(([node, parent]) => !node.isConnected && parent.isConnected && parent.nodeType === 1 && inside.contains(parent));
  const gone = new Map();
  for (const [node, parent] of removed) {
    const text = node.textContent.trim();
    if ((text.length < 2 && !node.querySelector?.('img, video') ) || (text.length >= 2 && all.includes(text.slice(0, 100)))) continue;
    if (/^(script|style|link|meta|noscript)$/.test(node.localName)) continue;
    gone.set(parent, [...(gone.get(parent) ?? []), node]);
  }
  const rewritten = new Set();
  for (const [element, before] of S.changed.splice(0)) {
    const text = before.trim();
    if (element?.isConnected && element.nodeType === 1 && inside.contains(element) && text.length >= 2 && !all.includes(text)) rewritten.add(element);
  }
  let list = S.lists.get(id) ?? null;
  const take = (element) => { list = list === null ? element : common(list, element); };
  const left = [];
  for (const [parent, rows] of gone) {
    const text = rows.map((row) => row.textContent.trim()).filter((t) => t !== '').join('\\n');
    if (rows.length < 2 && text.length < 40) continue;
    take(parent);
    left.push(tell(parent, scroller, text, rows.map((row) => row.outerHTML).join('\\n')));
  }
  if (rewritten.size >= 3) for (const element of rewritten) take(element);
  if (list !== null) S.lists.set(id, inside.contains(list) ? list : inside);
  return left;
};
`;

/** Goes one screen further in one part, or to its beginning or end, and waits two frames, so that what is loaded on sight has been asked for. */
export function move(id: number, where: 'further' | 'start' | 'end'): string {
  return `new Promise((resolve) => { ${memory} ${lost}
    const one = S.parts[${id}];
    const { element, across } = one;
    const left = takeLost(one, ${id});
    const list = S.lists.get(${id}) ?? null;
    const state = list === null ? null : tell(list, element, list.innerText ?? list.textContent, list.outerHTML);
    const view = across ? element.clientWidth : element === root ? innerHeight : element.clientHeight;
    const at = () => across ? element.scrollLeft : element.scrollTop;
    const go = (by) => { const before = at(); element.scrollBy({ [across ? 'left' : 'top']: by, behavior: 'instant' }); return Math.abs(at() - before) > 1; };
    if (element !== root && one.direction === 0) element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    let moved;
    if (${where === 'start'}) {
      const beginning = one.direction === -1 ? (across ? one.left : one.top) : 0;
      element.scrollTo({ [across ? 'left' : 'top']: beginning, behavior: 'instant' });
      moved = true;
    } else if (${where === 'end'}) {
      moved = go(one.direction * 1e9);
    } else if (one.direction === 0) {
      // What opens at its end, as a conversation does, is read backwards.
      // What opens in its middle, as at a named place of the page, is read from the top.
      const end = (across ? element.scrollWidth : element.scrollHeight) - view;
      one.direction = 1;
      moved = at() > 1 && at() < end - 2 ? go(-at()) : go(view * 0.85);
      if (!moved) { one.direction = -1; moved = go(-view * 0.85); }
    } else {
      moved = go(one.direction * view * 0.85) || go(one.direction * view);
    }
    const answer = () => resolve({ moved, extent: across ? element.scrollWidth : element.scrollHeight, left, state, recycles: list !== null });
    requestAnimationFrame(() => requestAnimationFrame(answer));
    setTimeout(answer, 250);
  })`;
}

/** Puts everything back to where it stood before the recorder scrolled, and forgets. Says whether rows were recycled anywhere. */
export const putBack = `(() => { ${memory}
  S.observer?.disconnect();
  for (const { element, top, left } of S.parts) element.scrollTo({ top, left, behavior: 'instant' });
  delete globalThis.scrolling;
})()`;
