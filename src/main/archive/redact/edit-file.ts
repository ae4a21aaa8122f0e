import type { Known } from './edit-body.ts';
import { addKnown } from './edit-body.ts';
import { OmittingEditor, type Change } from './editor.ts';
import { editUrlsIn } from './form-fields.ts';
import { editJson } from './json-fields.ts';

/**
 * A file of the package beside the records, with addresses and known values left out, and the digests of bodies that are not
 * as they were replaced by those of the new ones. Null where it is no text.
 */
export function editFile(
  path: string,
  bytes: Uint8Array,
  known: Known,
  digests: ReadonlyMap<string, string>,
): { bytes: Uint8Array; changes: readonly Change[] } | null {
  if (!/\.(jsonl?|html?|txt|csv|xml|log|md|pem|ya?ml)$/i.test(path)) return null;
  const editor = new OmittingEditor(known.secrets);
  const text = Buffer.from(bytes).toString('latin1');
  const isJson = /\.jsonl?$/i.test(path);
  const addresses = isJson
    ? editJson(text, editor, { isSecret: () => false, within: (inner) => editUrlsIn(inner, editor) })
    : editMarkupUrls(text, editor);
  let places = 0;
  const current = addresses.replace(/\b[0-9a-f]{64}\b/g, (hex) => {
    const now = digests.get(hex);
    if (now !== undefined && now !== hex) places += 1;
    return now ?? hex;
  });
  editor.add({ where: 'body', name: 'SHA-256', rule: 'digest-of-original', bytes: places * 64, places });
  const count = { places: 0, bytes: 0 };
  const out = known.sent.replace(Buffer.from(current, 'latin1'), count);
  addKnown(editor, 'body', 'text', count);
  return { bytes: editor.changes.length === 0 ? bytes : out, changes: editor.changes };
}

/** In HTML the signs between arguments are written as entities. */
function editMarkupUrls(text: string, editor: OmittingEditor): string {
  return text.replace(/https?:\/\/[^\s<>"']+/gi, (url) => {
    const plain = url.replaceAll('&amp;', '&');
    const edited = editUrlsIn(plain, editor);
    return edited === plain ? url : edited.replaceAll('&', '&amp;');
  });
}
