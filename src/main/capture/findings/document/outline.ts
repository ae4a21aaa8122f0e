import { tokens } from './tokens.ts';

/** An element of the document, with the text in it. */
export interface OutlineElement {
  name: string;
  attributes: Map<string, string>;
  /** Where its text begins and ends in the text of the outline. */
  from: number;
  to: number;
  /** It or something around it is marked as hidden. */
  hidden: boolean;
}

/** A document as rules look at it: its elements in order, by name, id and class, and its text. */
export interface Outline {
  elements: OutlineElement[];
  byName: Map<string, OutlineElement[]>;
  byId: Map<string, OutlineElement[]>;
  byClass: Map<string, OutlineElement[]>;
  text: string;
  /** The same, piece by piece as elements divide it. */
  texts: string[];
  /** Text inside shadow roots, which the page's own text leaves out. */
  shadowText: string;
  /** Contents of its structured data (JSON-LD), as they stand. */
  structured: string[];
  scripts: string[];
}

/** What is read at most: characters of source, elements. */
const LONG = 12_000_000;
const MANY = 150_000;
/** Elements inside one another beyond this depth are read as if they stood beside each other. */
const DEEP = 600;

const empty = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont frame keygen'.split(' '),
);
const unread = new Set(['script', 'style', 'noscript', 'iframe', 'noembed', 'noframes']);
const inline = new Set(
  'a abbr b bdi bdo cite code em font i kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** Reads a document into its outline. Time and memory are bounded whatever it is given. */
export function outline(html: string): Outline {
  const result: Outline = {
    elements: [],
    byName: new Map(),
    byId: new Map(),
    byClass: new Map(),
    text: '',
    texts: [],
    shadowText: '',
    structured: [],
    scripts: [],
  };
  const pieces: string[] = [];
  const shadow: string[] = [];
  let length = 0;
  const stack: OutlineElement[] = [];
  let shadows = 0;
  const write = (text: string): void => {
    pieces.push(text);
    length += text.length;
    if (shadows > 0) shadow.push(text);
  };
  const close = (element: OutlineElement): void => {
    element.to = length;
    if (isShadow(element)) shadows -= 1;
    if (!inline.has(element.name)) write(' ');
  };
  for (const token of tokens(html.slice(0, LONG))) {
    if (result.elements.length >= MANY) break;
    const parent = stack.at(-1);
    if (token.kind === 'text') {
      if (parent && unread.has(parent.name)) readScript(result, parent, token.text);
      else if (parent?.name !== 'title' && parent?.hidden !== true) {
        write(token.text);
        if (token.text.trim() !== '') result.texts.push(token.text);
      }
      continue;
    }
    if (token.kind === 'close') {
      const index = stack.findLastIndex(({ name }) => name === token.name);
      if (index >= 0) for (const element of stack.splice(index).toReversed()) close(element);
      continue;
    }
    if (!inline.has(token.name)) write(' ');
    const { name, attributes } = token;
    const element = { name, attributes, from: length, to: length, hidden: isHidden(parent, token) };
    note(result, element);
    if (empty.has(name)) continue;
    const beside = stack.length >= DEEP ? stack.pop() : undefined;
    if (beside) close(beside);
    if (isShadow(element)) shadows += 1;
    stack.push(element);
  }
  for (const element of stack.toReversed()) element.to = length;
  result.text = pieces.join('');
  result.shadowText = shadow.join('');
  return result;
}

function isShadow({ name, attributes }: Pick<OutlineElement, 'name' | 'attributes'>): boolean {
  return name === 'template' && attributes.has('shadowrootmode');
}

function isHidden(
  parent: OutlineElement | undefined,
  { name, attributes }: Pick<OutlineElement, 'name' | 'attributes'>,
): boolean {
  if (parent?.hidden === true || attributes.has('hidden')) return true;
  if (name === 'template' && !attributes.has('shadowrootmode')) return true;
  return /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/i.test(
    (attributes.get('style') ?? '').slice(0, 2000),
  );
}

function readScript(result: Outline, { name, attributes }: OutlineElement, text: string): void {
  if (name !== 'script') return;
  if (/ld\+json/i.test(attributes.get('type') ?? '')) {
    if (result.structured.length < 30) result.structured.push(text.slice(0, 500_000));
  } else result.scripts.push(text);
}

function note(result: Outline, element: OutlineElement): void {
  result.elements.push(element);
  add(result.byName, element.name, element);
  const id = element.attributes.get('id');
  if (id) add(result.byId, id, element);
  for (const name of (element.attributes.get('class') ?? '').slice(0, 2000).split(/\s+/).slice(0, 30))
    if (name !== '') add(result.byClass, name, element);
}

function add(index: Map<string, OutlineElement[]>, key: string, element: OutlineElement): void {
  const known = index.get(key);
  if (known) known.push(element);
  else index.set(key, [element]);
}
