import { Fields } from '../warc/head.ts';
import { bytesOf, type OmittingEditor, utf8Of } from './editor.ts';
import { editUrl, editUrlsIn } from './form-fields.ts';
import { isSecretHeader } from './names.ts';
import { MARKER } from './secrets.ts';

/** A head in its physical lines: the start line, then each header with the lines it is folded over, as they stand. */
export interface HeadLines {
  start: string;
  headers: { name: string; value: string; raw: string }[];
}

/** Splits a head, a character per byte. A line ends with CR LF, CR or LF, whichever a hostile server sends. */
export function splitHead(text: string): HeadLines {
  const lines = (text.match(/[^\r\n]*(?:\r\n|\r|\n|$)/g) ?? []).filter((line) => line !== '');
  const headers: HeadLines['headers'] = [];
  for (const raw of lines.slice(1)) {
    if (raw.trim() === '') continue;
    const last = headers.at(-1);
    if (/^[ \t]/.test(raw) && last !== undefined) {
      last.raw += raw;
      last.value += ` ${raw.trim()}`;
      continue;
    }
    const colon = raw.indexOf(':');
    const name = colon < 0 ? '' : raw.slice(0, colon).trim();
    headers.push({ name, value: colon < 0 ? raw.trim() : raw.slice(colon + 1).trim(), raw });
  }
  return { start: lines[0] ?? '', headers };
}

export function fieldsOf({ headers }: HeadLines): Fields {
  return new Fields(headers.map(({ name, value }): [string, string] => [name, value]));
}

/**
 * The head with the values of secret headers replaced, and credentials in addresses and known values left out of the rest.
 * Headers nothing is left out of keep their bytes. `known` replaces values that are known to be secret.
 */
export function editHead(
  { start, headers }: HeadLines,
  isRequest: boolean,
  editor: OmittingEditor,
  known: (text: string, name: string) => string,
): HeadLines {
  editor.where = 'head';
  return {
    start: isRequest
      ? start.replace(
          /^(\S+ )(.*?)( HTTP\/[\d.]+\s*)?$/s,
          (_, method: string, target: string, version = '') =>
            `${method}${known(editUrl(target, editor), 'request line')}${version}`,
        )
      : start,
    headers: headers.map(({ name, value, raw }) => {
      const by = valueOf(name, value, editor, known);
      return by === value
        ? { name, value, raw }
        : { name, value: by, raw: `${name}${name === '' ? '' : ': '}${by}\r\n` };
    }),
  };
}

function valueOf(
  name: string,
  value: string,
  editor: OmittingEditor,
  known: (text: string, name: string) => string,
): string {
  if (value === '') return value;
  if (isSecretHeader(name)) {
    if (value === MARKER) return value;
    editor.add({ where: 'head', name, rule: 'credential-header', bytes: value.length, places: 1 });
    return MARKER;
  }
  const text = utf8Of(value);
  const edited = known(editUrlsIn(text, editor), name);
  return edited === text ? value : bytesOf(edited);
}

/** The bytes of a head. */
export function headBytesOf({ start, headers }: HeadLines): Uint8Array {
  return Buffer.from(`${start}${headers.map(({ raw }) => raw).join('')}\r\n`, 'latin1');
}
