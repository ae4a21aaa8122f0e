import { type Editor, utf8Of } from './editor.ts';
import { isSecretField, kindOfField } from './names.ts';

/** Leaves secret elements and attributes out of XML that was sent (SOAP, XML-RPC), a character per byte. */
export function editXml(text: string, editor: Editor): string {
  return text
    .replace(
      /(<((?:[\w.-]{1,200}:)?([\w.-]{1,200}))(?:\s[^<>]{0,4096})?>)([^<]+|<!\[CDATA\[[^\]]*\]\]>)(<\/\2\s*>)/g,
      (whole, open: string, _tag: string, name: string, value: string, close: string) =>
        isSecretField(name) && value.trim() !== ''
          ? `${open}${omitted(name, value.replace(/^<!\[CDATA\[|\]\]>$/g, ''), value.length, editor)}${close}`
          : whole,
    )
    .replace(
      /(\s(?:[\w.-]{1,200}:)?([\w.-]{1,200})\s*=\s*)("[^"<]*"|'[^'<]*')/g,
      (whole, before: string, name: string, quoted: string) =>
        isSecretField(name) && quoted.length > 2
          ? `${before}"${omitted(name, quoted.slice(1, -1), quoted.length, editor)}"`
          : whole,
    );
}

function omitted(name: string, value: string, length: number, editor: Editor): string {
  return editor.omit(name, unescaped(utf8Of(value)), length, kindOfField(name), 'secret-field');
}

const input = /<input\b(?:"[^"]{0,65536}"|'[^']{0,65536}'|[^"'<>]){0,4000}>/gi;
const value = /(\svalue\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/gi;

/** Leaves the values of password inputs out of HTML, a character per byte. */
export function editPasswordInputs(text: string, editor: Editor): string {
  if (!/type\s*=\s*["']?password/i.test(text)) return text;
  return text.replace(input, (tag) => {
    if (!/\stype\s*=\s*["']?password["'\s/>]/i.test(tag)) return tag;
    return tag.replace(value, (whole, before: string, raw: string) => {
      const inner = raw.replace(/^(["'])([^]*)\1$/, '$2');
      if (inner === '') return whole;
      const marker = editor.omit(
        'value',
        unescaped(utf8Of(inner)),
        inner.length,
        'password',
        'password-input',
      );
      return `${before}"${marker}"`;
    });
  });
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return entities[name.toLowerCase()] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
