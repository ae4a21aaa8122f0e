import { bytesOf, type Editor, utf8Of } from './editor.ts';
import { editForm, editUrl, editUrlsIn } from './form-fields.ts';
import { editJson } from './json-fields.ts';
import { editXml } from './markup-fields.ts';
import { editMultipart } from './multipart-fields.ts';
import { isSecretAnswer, isSecretField } from './names.ts';

/** Text in text in text is followed this far. */
const DEEPEST = 4;

/**
 * Leaves secret fields out of what was sent, a character per byte. What it is, is told by what it looks like as much as by
 * its media type, which the page chose.
 */
export function editSentBody(text: string, contentType: string, editor: Editor, depth = 0): string {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const deeper = (inner: string, innerType: string): string =>
    depth < DEEPEST && holdsFields(inner) ? editSentBody(inner, innerType, editor, depth + 1) : inner;
  const within = (inner: string): string => {
    const edited = utf8Of(deeper(bytesOf(inner), ''));
    return edited === inner && /^(https?:|\/)\S*$/i.test(inner) ? editUrl(inner, editor) : edited;
  };
  const json = (): string => editJson(text, editor, { isSecret: isSecretField, within });
  if (type.startsWith('multipart/') || /^\s*--[^\r\n]+\r?\ncontent-/i.test(text)) {
    const parts = editMultipart(text, contentType, editor, deeper);
    if (parts !== null) return parts;
  }
  const start = text.trimStart().replace(/^\)\]\}'?,?\s*/, '');
  if (start.startsWith('{') || start.startsWith('[') || /[/+](x-nd)?json/.test(type)) return json();
  if (start.startsWith('<')) return editXml(text, editor);
  if (type === 'application/x-www-form-urlencoded' || /^[^\s=&"{}<>]{1,300}=/.test(start))
    return editForm(text, editor, within);
  return type.startsWith('text/') || type === '' ? editUrlsIn(json(), editor) : json();
}

/** Notes the credentials that an answer in JSON hands out. */
export function noteAnswer(text: string, editor: Editor): void {
  editJson(text, editor, { isSecret: isSecretAnswer });
}

function holdsFields(text: string): boolean {
  return /^\s*([{[<]|--|[^\s=&"{}<>]{1,300}=)/.test(text);
}
