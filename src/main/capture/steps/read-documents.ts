import { z } from 'zod';
import { inEachFrame, MANY_FRAMES } from '../frames.ts';
import type { PageFrame } from '../page-frame.ts';
import type { CapturePage } from '../page.ts';
import { ClosedRoots } from './closed-roots.ts';

/** A document as it stood after loading. */
export interface DocumentRead {
  url: string;
  isMain: boolean;
  /** Serialised, shadow roots included. */
  html: string;
  /** As a person can read it, what stands in shadow roots included. */
  text: string;
  elements: number;
  /** False for a document so large that its closed shadow roots were not looked for. */
  searched: boolean;
}

export interface DocumentsRead {
  documents: DocumentRead[];
  /** Addresses of frames that did not answer, and how many frames were left out. */
  unread: string[];
  leftOut: number;
}

/** Beyond this many elements the search for closed shadow roots is left out. */
const MANY_ELEMENTS = 60_000;

/**
 * Reads a document and its text in one go. The text is the browser's own (`innerText`) wherever there are no shadow roots, of which
 * that knows nothing; on the way to one, elements are read one by one in the order in which they are shown.
 */
const read = `function (...closed) {
  const shadows = new Map();
  const hosts = new Set();
  const own = (root) => {
    shadows.set(root.host, root);
    for (let at = root.host; at && !hosts.has(at); at = at.parentNode ?? at.host) hosts.add(at);
  };
  const walk = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT);
    for (let element = walker.currentNode; element; element = walker.nextNode()) {
      if (element.shadowRoot) { own(element.shadowRoot); walk(element.shadowRoot); }
    }
  };
  walk(document);
  for (const root of closed) { own(root); walk(root); }
  const silent = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD']);
  const shown = (node) => {
    if (node instanceof Text) return node.data.replace(/[ \\t\\n\\r]+/g, ' ');
    if (node instanceof ShadowRoot) return [...node.childNodes].map(shown).join('');
    if (!(node instanceof Element) || silent.has(node.tagName)) return '';
    const style = getComputedStyle(node);
    if (style.display === 'none') return '';
    const edge = /^(inline|contents)/.test(style.display) ? '' : '\\n';
    if (node instanceof HTMLSlotElement && node.getRootNode() instanceof ShadowRoot) {
      const given = node.assignedNodes({ flatten: true });
      return given.map(shown).join('');
    }
    const inside = shadows.has(node) ? shown(shadows.get(node))
      : hosts.has(node) ? [...node.childNodes].map(shown).join('')
      : node instanceof HTMLElement ? node.innerText : node.textContent;
    return edge + inside + edge;
  };
  const body = document.body;
  const text = !(body instanceof HTMLElement) ? (document.documentElement?.textContent ?? '')
    : shadows.size === 0 ? body.innerText
    : shown(body).replace(/[ \\t]*\\n[ \\t]*/g, '\\n').replace(/\\n{3,}/g, '\\n\\n').trim();
  const type = document.doctype;
  const doctype = type ? '<!DOCTYPE ' + type.name + (type.publicId ? ' PUBLIC "' + type.publicId + '"' : '') +
    (type.systemId ? (type.publicId ? '' : ' SYSTEM') + ' "' + type.systemId + '"' : '') + '>\\n' : '';
  const root = document.documentElement;
  if (!root) return { html: doctype, text };
  const attributes = [...root.attributes].map((a) => ' ' + a.name + '="' + a.value.replaceAll('&', '&amp;').replaceAll('"', '&quot;') + '"').join('');
  const name = root.localName;
  const shadowRoots = [...shadows.values()];
  return { html: doctype + '<' + name + attributes + '>' + root.getHTML({ serializableShadowRoots: true, shadowRoots }) + '</' + name + '>', text };
}`;

const readSchema = z.object({ html: z.string(), text: z.string() });

/** Every document of the page, each read in a world of the recorder's own. Throws what the page itself failed at. */
export async function readDocuments(page: CapturePage): Promise<DocumentsRead> {
  const all = await page.documents();
  const frames = all.slice(0, MANY_FRAMES);
  const closed = new ClosedRoots();
  try {
    const found = await inEachFrame(page, frames, (frame) => readDocument(frame, closed));
    const documents: DocumentRead[] = [];
    const unread: string[] = [];
    for (const [index, { url }] of frames.entries()) {
      const document = found[index];
      if (document) documents.push(document);
      else unread.push(url);
    }
    return { documents, unread, leftOut: all.length - frames.length };
  } finally {
    closed.leave();
  }
}

async function readDocument(frame: PageFrame, closed: ClosedRoots): Promise<DocumentRead> {
  const { session, url, isMain } = frame;
  const contextId = await frame.world();
  const counted = await session.send('Runtime.evaluate', {
    expression: 'document.getElementsByTagName("*").length',
    contextId,
    returnByValue: true,
  });
  const elements = z.number().parse(counted.result.value);
  const searched = elements <= MANY_ELEMENTS;
  const given = searched ? await closed.of(frame, contextId) : [];
  const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
    functionDeclaration: read,
    executionContextId: contextId,
    arguments: given,
    returnByValue: true,
  });
  if (exceptionDetails)
    throw new Error(exceptionDetails.exception?.description?.split('\n', 1)[0] ?? exceptionDetails.text);
  return { url, isMain, elements, searched, ...readSchema.parse(result.value) };
}
