import type { Outline, OutlineElement } from './outline.ts';

interface Selector {
  name: string | null;
  id: string | null;
  classes: string[];
  attributes: { key: string; how: '' | '*' | '^' | '$'; value: string | null }[];
}

const form = /^([a-z][a-z0-9-]*)?(#[\w-]+)?((?:\.[\w-]+)*)((?:\[[a-z-]+(?:[*^$]?="[^"]*")?\])*)$/i;

/** True for what `select` understands: name, #id, .class, [key], [key="…"], [key*="…"], [key^="…"], [key$="…"]; one element only. */
export function isSelector(text: string): boolean {
  return text !== '' && form.test(text);
}

const parsed = new Map<string, Selector>();

/** The elements a selector means, hidden ones left out. */
export function select(outline: Outline, text: string): OutlineElement[] {
  const selector = parsed.get(text) ?? parse(text);
  parsed.set(text, selector);
  const { name, id, classes } = selector;
  const [first] = classes;
  const pool =
    id !== null
      ? outline.byId.get(id)
      : first !== undefined
        ? outline.byClass.get(first)
        : name !== null
          ? outline.byName.get(name)
          : outline.elements;
  return (pool ?? []).filter((element) => !element.hidden && fits(selector, element));
}

function parse(text: string): Selector {
  const [, name, id, classes = '', attributes = ''] = form.exec(text) ?? [];
  return {
    name: name?.toLowerCase() ?? null,
    id: id?.slice(1) ?? null,
    classes: classes.split('.').slice(1),
    attributes: [...attributes.matchAll(/\[([a-z-]+)(?:([*^$]?)="([^"]*)")?\]/gi)].map(
      ([, key = '', how = '', value]) => ({
        key: key.toLowerCase(),
        how: how === '*' || how === '^' || how === '$' ? how : '',
        value: value ?? null,
      }),
    ),
  };
}

function fits({ name, id, classes, attributes }: Selector, element: OutlineElement): boolean {
  if (name !== null && element.name !== name) return false;
  if (id !== null && element.attributes.get('id') !== id) return false;
  if (classes.length > 0) {
    const own = (element.attributes.get('class') ?? '').split(/\s+/);
    if (!classes.every((one) => own.includes(one))) return false;
  }
  return attributes.every(({ key, how, value }) => {
    const own = element.attributes.get(key);
    if (own === undefined || value === null) return own !== undefined;
    if (how === '*') return own.includes(value);
    if (how === '^') return own.startsWith(value);
    return how === '$' ? own.endsWith(value) : own === value;
  });
}
