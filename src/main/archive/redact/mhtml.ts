import type { Editor } from './editor.ts';
import { editPasswordInputs } from './markup-fields.ts';
import type { Matcher } from './matcher.ts';

/**
 * Leaves credentials out of the parts of an MHTML document that are written as quoted-printable, where a value may be broken
 * over lines. Parts nothing is left out of keep their bytes; another is written anew. A character per byte.
 */
export function editMhtml(text: string, editor: Editor, matcher: Matcher): string {
  return text.replace(
    /(content-transfer-encoding:[ \t]*quoted-printable[^]{0,4096}?\r?\n\r?\n)([^]*?)(?=\r?\n--[^\r\n]{4,200}\r?\n|\r?\n--[^\r\n]{4,200}--|$(?![^]))/gi,
    (whole, head: string, body: string) => {
      const plain = decoded(body);
      const count = { places: 0, bytes: 0 };
      const fields = editPasswordInputs(plain, editor);
      const edited = Buffer.from(matcher.replace(Buffer.from(fields, 'latin1'), count)).toString('latin1');
      if (count.places > 0) editor.omit('part', '', count.bytes, 'token', 'same-value');
      return edited === plain ? whole : `${head}${encoded(edited)}`;
    },
  );
}

function decoded(body: string): string {
  return body
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** RFC 2045 6.7: no line longer than 76. */
function encoded(text: string): string {
  return text
    .split('\r\n')
    .map((line) => {
      let out = '';
      let width = 0;
      for (const [at, char] of line.split('').entries()) {
        const plain =
          (char >= '!' && char <= '~' && char !== '=') ||
          ((char === ' ' || char === '\t') && at < line.length - 1);
        const code = plain ? char : `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
        if (width + code.length > 75) {
          out += '=\r\n';
          width = 0;
        }
        out += code;
        width += code.length;
      }
      return out;
    })
    .join('\r\n');
}
