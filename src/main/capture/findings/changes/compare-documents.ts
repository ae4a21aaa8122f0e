import type { ScriptChanges } from '../../../../shared/domain/page-finding.ts';
import { outline, type Outline, type OutlineElement } from '../document/outline.ts';
import { wording } from '../document/wording.ts';
import { unexplained, type Explanations } from './unexplained.ts';

/** Elements a browser adds by itself to what was served. */
const implied = new Set(['html', 'head', 'body', 'tbody', 'colgroup']);
/** What an element is known by; a class is what scripts change without adding anything. */
const identity = ['id', 'name', 'src', 'href', 'action', 'type', 'property', 'role'];

/**
 * The document as served against the document as shown. Elements are counted by what they are and point to, not by their place, so
 * that moving one is no change. Time and memory are bounded: of a longer document, the beginning is compared.
 */
export function compareDocuments(served: string, shown: string, explanations: Explanations): ScriptChanges {
  const before = outline(served);
  const after = outline(shown);
  const left = new Map<string, number>();
  for (const element of countable(before)) left.set(keyOf(element), (left.get(keyOf(element)) ?? 0) + 1);
  const added: OutlineElement[] = [];
  for (const element of countable(after)) {
    const key = keyOf(element);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    else added.push(element);
  }
  const known = new Set(before.texts.map((text) => wording(text).low));
  const addedTexts = after.texts.filter((text) => {
    const { low } = wording(text);
    return low !== '' && !known.has(low);
  });
  return {
    servedElements: countable(before).length,
    shownElements: countable(after).length,
    addedElements: added.length,
    removedElements: [...left.values()].reduce((sum, count) => sum + count, 0),
    addedText: addedTexts.reduce((sum, text) => sum + wording(text).shown.length, 0),
    scripts: (after.byName.get('script') ?? []).filter(isScript).length,
    unexplained: unexplained({ served, added, addedTexts }, explanations),
  };
}

function countable({ elements }: Outline): OutlineElement[] {
  return elements.filter(({ name }) => !implied.has(name));
}

function keyOf({ name, attributes }: OutlineElement): string {
  return [name, ...identity.map((key) => attributes.get(key)?.slice(0, 300) ?? '')].join('\u0000');
}

function isScript({ attributes }: OutlineElement): boolean {
  return /^(?:$|module$|text\/javascript|application\/javascript|text\/ecmascript)/i.test(
    attributes.get('type') ?? '',
  );
}
