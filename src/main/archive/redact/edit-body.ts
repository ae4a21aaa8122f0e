import { createHash, type Hash } from 'node:crypto';
import type { Matcher, Replaced } from './matcher.ts';
import { editSentBody } from './body-fields.ts';
import { codingsOf, undone } from './coding.ts';
import type { OmittingEditor } from './editor.ts';
import { editUrlsIn } from './form-fields.ts';
import { fieldsOf } from './http-head.ts';
import { editJson } from './json-fields.ts';
import { editPasswordInputs } from './markup-fields.ts';
import { kindOfBody, LARGEST_MHTML, LARGEST_READ } from './media.ts';
import { editMhtml } from './mhtml.ts';
import { isSecretField } from './names.ts';
import { linesOf, type OpenedRecord, wholeOf } from './open-record.ts';
import { MARKER, type Secrets } from './secrets.ts';
import { editSocketLine } from './socket-messages.ts';

/** What the passage that leaves out works with. */
export interface Known {
  readonly secrets: Secrets;
  /** All values: for what was sent, and for addresses. */
  readonly sent: Matcher;
  /** Those no other text is taken for: for what was answered or made of the page. */
  readonly anywhere: Matcher;
}

export interface EditedBody {
  /** A pass over the new body; the account goes to `editor`, what its codings were undone to also to `plain`. */
  bytes: (opened: OpenedRecord, editor: OmittingEditor, plain?: Hash) => AsyncIterable<Uint8Array>;
  /** The content codings are undone in it. */
  decoded: boolean;
}

/** How the body of a record is to be looked into: an edit, or a reason why it is not. */
export function bodyEdit(opened: OpenedRecord, known: Known, item: string): EditedBody | string {
  const { record, http } = opened;
  const headers = http === null ? null : fieldsOf(http);
  const contentType = headers === null ? record.contentType : (headers.get('content-type') ?? '');
  const kind = kindOfBody(contentType, record.uri);
  const request = record.type === 'request';
  if (kind === 'opaque' && !request) return '';
  const codings = headers === null ? [] : codingsOf(headers);
  if (codings === null)
    return request ? 'unreadable' : 'Its transfer or content coding is not one that can be undone here.';
  const decoded = codings.length > 0;
  const plain = (from: OpenedRecord, hash?: Hash): AsyncIterable<Uint8Array> => {
    const pieces = undone(from.body(), codings, item);
    return hash === undefined ? pieces : tapped(pieces, hash);
  };
  const matcher = request || kind === 'socket' ? known.sent : known.anywhere;
  if (kind === 'socket')
    return {
      decoded,
      bytes: (from, editor) => socketBytes(linesOf(plain(from), LARGEST_READ * 2, item), editor, matcher),
    };
  const edit = (text: string, editor: OmittingEditor): string => {
    if (request) return editSentBody(text, contentType, editor);
    if (kind === 'html') return editPasswordInputs(text, editor);
    if (kind === 'json' && http === null)
      return editJson(text, editor, {
        isSecret: isSecretField,
        within: (inner) => editUrlsIn(inner, editor),
      });
    return kind === 'mhtml' ? editMhtml(text, editor, matcher) : text;
  };
  const limit = kind === 'mhtml' ? LARGEST_MHTML : LARGEST_READ;
  const structured = request || kind === 'html' || kind === 'mhtml' || (kind === 'json' && http === null);
  return {
    decoded,
    async *bytes(from, editor, hash) {
      const count = { places: 0, bytes: 0 };
      if (!structured || (record.contentLength > limit && !request))
        yield* matcher.stream(plain(from, hash), count);
      else {
        const whole = await wholeOf(plain(from, hash), limit);
        if (whole === null) throw new RangeError(`it is larger than ${limit} bytes`);
        const fields = edit(whole.toString('latin1'), editor);
        yield matcher.replace(Buffer.from(fields, 'latin1'), count);
      }
      addKnown(editor, 'body', 'body', count);
    },
  };
}

/** What stands in the place of a request's body that cannot be looked into. */
export function withheldBody(opened: OpenedRecord, editor: OmittingEditor): Uint8Array {
  editor.add({
    where: 'body',
    name: 'body',
    rule: 'body-not-read',
    bytes: opened.record.contentLength,
    places: 1,
  });
  return Buffer.from(MARKER);
}

/** A stream as it is; what passes goes to the digest too. */
export async function* tapped(pieces: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** Notes what a matcher found. */
export function addKnown(
  editor: OmittingEditor,
  where: 'head' | 'body' | 'field',
  name: string,
  count: Replaced,
): void {
  editor.add({ where, name, rule: 'same-value', ...count });
}

/** SHA-256 and size of a stream. */
export async function measured(pieces: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += piece.byteLength;
  }
  return { sha256: hash.digest('hex'), size };
}

async function* socketBytes(
  lines: AsyncIterable<Buffer>,
  editor: OmittingEditor,
  matcher: Matcher,
): AsyncGenerator<Uint8Array> {
  for await (const line of lines) {
    const count = { places: 0, bytes: 0 };
    yield editSocketLine(line, editor, (bytes) => matcher.replace(bytes, count));
    addKnown(editor, 'body', 'message', count);
  }
}
