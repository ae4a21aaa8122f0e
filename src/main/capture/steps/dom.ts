import { z } from 'zod';
import { textPayload } from '../../archive/payload.ts';
import type { Protocol } from '../cdp/protocol.ts';
import { done, type StepContext, type StepResult } from './step.ts';

/** Serialises the document with the shadow roots it can see, and those it is given. */
const serialise = `function (...closed) {
  const roots = [...closed];
  const walk = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT);
    for (let element = walker.currentNode; element; element = walker.nextNode()) {
      if (element.shadowRoot) { roots.push(element.shadowRoot); walk(element.shadowRoot); }
    }
  };
  walk(document);
  for (const root of closed) walk(root);
  const type = document.doctype;
  const doctype = type ? '<!DOCTYPE ' + type.name + (type.publicId ? ' PUBLIC "' + type.publicId + '"' : '') +
    (type.systemId ? (type.publicId ? '' : ' SYSTEM') + ' "' + type.systemId + '"' : '') + '>\\n' : '';
  const root = document.documentElement;
  const attributes = [...root.attributes].map((a) => ' ' + a.name + '="' + a.value.replaceAll('&', '&amp;').replaceAll('"', '&quot;') + '"').join('');
  const name = root.localName;
  return doctype + '<' + name + attributes + '>' + root.getHTML({ serializableShadowRoots: true, shadowRoots: roots }) + '</' + name + '>';
}`;

/** Beyond this many nodes the search for closed shadow roots is left out, and the step says so. */
const MANY_NODES = 60_000;

/** The document as it stands after loading, shadow roots included, as HTML. Frames are in the record as their own documents. */
export async function dom({ page, record, url, pageId }: StepContext): Promise<StepResult> {
  const count = z.number().parse(await page.evaluate('document.getElementsByTagName("*").length'));
  const contextId = await page.world();
  const closed = count > MANY_NODES ? [] : await closedRoots(page.send.bind(page));
  const given: Protocol.Runtime.CallArgument[] = [];
  for (const backendNodeId of closed) {
    const { object } = await page.send('DOM.resolveNode', { backendNodeId, executionContextId: contextId });
    if (object.objectId !== undefined) given.push({ objectId: object.objectId });
  }
  const { result, exceptionDetails } = await page.send('Runtime.callFunctionOn', {
    functionDeclaration: serialise,
    executionContextId: contextId,
    arguments: given,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  await record.resource({
    uri: `urn:dom:${page.url ?? url}`,
    contentType: 'text/html; charset=utf-8',
    payload: textPayload(z.string().parse(result.value)),
    time: new Date(),
    pageId,
  });
  if (count > MANY_NODES)
    return {
      outcome: 'partial',
      note: `The page has ${count} elements; closed shadow roots were not looked for.`,
    };
  return done;
}

/** Shadow roots no script can see. Only the protocol lists them. */
async function closedRoots(send: StepContext['page']['send']): Promise<number[]> {
  const { root } = await send('DOM.getDocument', { depth: -1, pierce: true });
  const found: number[] = [];
  const pending: Protocol.DOM.Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const shadow of node.shadowRoots ?? []) {
      if (shadow.shadowRootType === 'closed') found.push(shadow.backendNodeId);
      pending.push(shadow);
    }
    pending.push(...(node.children ?? []));
  }
  return found;
}
