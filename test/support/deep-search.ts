import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { bytesSource } from '../../src/main/archive/random-access.ts';
import { readZipDirectory, streamEntry } from '../../src/main/archive/zip/reader.ts';
import { readWarc } from '../../src/main/archive/warc/reader.ts';

/**
 * Where any of the words stands in the bytes of a file: as they are, in the files of a ZIP, in the records of a WARC, in
 * gzip or brotli, and in what percent signs, quoted-printable, JSON escapes or base64 hide. `path: word (how)`.
 */
export async function deepSearch(
  path: string,
  bytes: Uint8Array,
  words: readonly string[],
): Promise<string[]> {
  const found = searchText(path, Buffer.from(bytes), words);
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (magic.startsWith('PK\x03\x04')) {
    const source = bytesSource(bytes);
    for (const entry of await readZipDirectory(source)) {
      const parts: Uint8Array[] = [];
      for await (const piece of streamEntry(source, entry)) parts.push(piece);
      found.push(...(await deepSearch(`${path}/${entry.name}`, Buffer.concat(parts), words)));
    }
  } else if (/\.warc(\.gz)?$/.test(path)) {
    for await (const record of readWarc(bytesSource(bytes), path)) {
      const parts = [Buffer.from(record.fields.list.map(([name, value]) => `${name}: ${value}\n`).join(''))];
      const block: Uint8Array[] = [];
      for await (const piece of record.block()) block.push(piece);
      const whole = Buffer.concat(block);
      parts.push(whole);
      found.push(...searchText(`${path} ${record.type} ${record.uri}`, Buffer.concat(parts), words));
      const body = whole.subarray(whole.indexOf('\r\n\r\n') + 4);
      for (const undo of [gunzipSync, brotliDecompressSync])
        try {
          found.push(...searchText(`${path} ${record.type} ${record.uri} unpacked`, undo(body), words));
        } catch {
          // It is not packed that way.
        }
    }
  } else if (magic.startsWith('\x1f\x8b'))
    found.push(...searchText(`${path} unpacked`, gunzipSync(bytes), words));
  return [...new Set(found)];
}

function searchText(path: string, bytes: Buffer, words: readonly string[]): string[] {
  const text = bytes.toString('latin1');
  const percent = text.replace(/%(?:25)*([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const forms: [how: string, text: string][] = [
    ['as it is', text],
    ['percent', percent],
    [
      'quoted-printable',
      text
        .replace(/=\r?\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    ],
    [
      'escapes',
      text.replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    ],
    ['UTF-16', text.replaceAll('\0', '')],
  ];
  for (const run of (text + percent).match(/[A-Za-z0-9+/_-]{12,}={0,2}/g) ?? [])
    forms.push(['base64', Buffer.from(run, 'base64').toString('latin1')]);
  return words.flatMap((word) =>
    forms.filter(([, form]) => form.includes(word)).map(([how]) => `${path}: ${word} (${how})`),
  );
}
