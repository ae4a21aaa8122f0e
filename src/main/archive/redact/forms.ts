/** A form shorter than this would be found everywhere. Bytes. */
const SHORTEST_FORM = 6;
/** Base64 of a part of a text is only told from other text when it is longer. */
const SHORTEST_BASE64 = 10;

/**
 * The ways in which a value is written in addresses, forms, JSON, HTML, quoted-printable, base64 (at each of its three places
 * in a group of bytes), hexadecimal and UTF-16, as bytes, none twice.
 */
export function formsOf(value: string): Uint8Array[] {
  const bytes = Buffer.from(value);
  const component = percent(value, /[A-Za-z0-9\-_.!~*'()]/);
  const written = [
    value,
    component,
    percent(value, /[A-Za-z0-9]/),
    percent(value, /[A-Za-z0-9\-_.~]/),
    percent(value, /[A-Za-z0-9\-._~!$&'()*+,;=:@/?]/),
    percent(value, /[A-Za-z0-9\-._*]/),
    percent(value, /[A-Za-z0-9\-._* ]/).replaceAll(' ', '+'),
    component.replaceAll('%', '%25'),
    ...jsonForms(value),
    ...htmlForms(value),
    quotedPrintable(value),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ];
  const lower = written.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  const texts = new Set([...written, ...lower].filter((form) => Buffer.byteLength(form) >= SHORTEST_FORM));
  for (const form of base64Forms(bytes)) texts.add(form);
  return [...[...texts].map((form) => Buffer.from(form)), Buffer.from(value, 'utf16le')];
}

function percent(value: string, plain: RegExp): string {
  return Array.from(value)
    .map((char) =>
      plain.test(char)
        ? char
        : [...Buffer.from(char)]
            .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
            .join(''),
    )
    .join('');
}

function jsonForms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[\u007f-\uffff]/g, unicodeEscape);
  const wary = ascii.replace(/[<>&'=+]/g, unicodeEscape);
  const slashed = json.replaceAll('/', '\\/');
  // Twice: JSON in a text in JSON.
  return [json, ascii, wary, slashed, wary.replaceAll('/', '\\/'), JSON.stringify(json).slice(1, -1)];
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function htmlForms(value: string): string[] {
  const attribute = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const both = text.replaceAll('"', '&quot;');
  return [attribute, text, both, both.replaceAll("'", '&#39;'), both.replaceAll("'", '&#x27;')];
}

function quotedPrintable(value: string): string {
  return [...Buffer.from(value)]
    .map((byte) =>
      byte > 0x20 && byte < 0x7f && byte !== 0x3d
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

/** What is sure of the base64 of a longer text that holds these bytes. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const sure = encoded.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + bytes.byteLength) * 8) / 6),
    );
    if (sure.length < SHORTEST_BASE64) continue;
    const url = sure.replaceAll('+', '-').replaceAll('/', '_');
    forms.push(sure, url, sure.replaceAll('+', '%2B').replaceAll('/', '%2F'), sure.replaceAll('/', '\\/'));
  }
  return [...new Set(forms)];
}
