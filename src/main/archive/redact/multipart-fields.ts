import { type Editor, utf8Of } from './editor.ts';
import { isSecretField, kindOfField } from './names.ts';

/**
 * Leaves secret parts out of a multipart body, a character per byte; the other parts go through `within`. Null where no part
 * is found: then it is something else, whatever it says.
 */
export function editMultipart(
  text: string,
  contentType: string,
  editor: Editor,
  within: (text: string, contentType: string) => string,
): string | null {
  const boundary = boundaryOf(text, contentType);
  if (boundary === null) return null;
  const marks = marksOf(text, `--${boundary}`);
  if (marks.length === 0) return null;
  let out = '';
  let from = 0;
  for (const [number, mark] of marks.entries()) {
    const lineEnd = text.indexOf('\n', mark);
    const next = marks[number + 1] ?? text.length;
    if (lineEnd < 0 || lineEnd >= next) continue;
    const part = text.slice(lineEnd + 1, next);
    const gap = /\r?\n\r?\n/.exec(part);
    if (gap === null) continue;
    const head = part.slice(0, gap.index).replace(/\r?\n[ \t]+/g, ' ');
    const start = lineEnd + 1 + gap.index + gap[0].length;
    const end =
      number + 1 < marks.length ? next - (/\r?\n$/.exec(text.slice(start, next))?.[0].length ?? 0) : next;
    const value = text.slice(start, Math.max(start, end));
    const name = nameOf(head);
    const type = /^content-type[ \t]*:[ \t]*(.*)$/im.exec(head)?.[1] ?? '';
    const isSecret = value !== '' && isSecretField(name);
    const by = isSecret
      ? editor.omit(name, utf8Of(value), value.length, kindOfField(name), 'secret-field')
      : within(value, type);
    out += text.slice(from, start) + by;
    from = Math.max(start, end);
  }
  return out + text.slice(from);
}

/** As the header says it, or as the body begins: a wrong or missing parameter must not hide the parts. */
function boundaryOf(text: string, contentType: string): string | null {
  const said = /;[ \t]*boundary[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(contentType);
  const named = said?.[1]?.replace(/\\(.)/g, '$1') ?? said?.[2];
  if (named !== undefined && named !== '' && marksOf(text, `--${named}`).length > 0) return named;
  return /^\s*--([^\r\n]{1,200}?)[ \t]*\r?\n/.exec(text)?.[1] ?? null;
}

/** Where lines begin with the mark. */
function marksOf(text: string, mark: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1))
    if (at === 0 || text[at - 1] === '\n') found.push(at);
  return found;
}

function nameOf(head: string): string {
  const disposition = /^content-disposition[ \t]*:[ \t]*(.*)$/im.exec(head)?.[1] ?? '';
  const extended = /;[ \t]*name\*[ \t]*=[ \t]*[\w-]*'[\w-]*'([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /;[ \t]*name[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  const names = [plain?.[1]?.replace(/\\(.)/g, '$1'), plain?.[2], extended && percentDecoded(extended)];
  return utf8Of(names.filter((name) => name !== undefined && name !== '').join(' '));
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
