import { createHash } from 'node:crypto';
import type { RandomAccess } from '../bytes.ts';
import { reasonOf } from '../errors.ts';
import { isGzipAt } from '../gzip.ts';
import { chunksOf } from '../random-access.ts';
import {
  addKnown,
  bodyEdit,
  type EditedBody,
  type Known,
  measured,
  tapped,
  withheldBody,
} from './edit-body.ts';
import { type Change, OmittingEditor } from './editor.ts';
import { editUrl } from './form-fields.ts';
import { editHead, fieldsOf, headBytesOf, type HeadLines } from './http-head.ts';
import { type OpenedRecord, openRecord } from './open-record.ts';
import { storedGzip } from './stored-gzip.ts';

/** A record of the copy: the bytes to write, and what is not as it was sealed. */
export interface CopiedRecord {
  readonly opened: OpenedRecord;
  readonly end: number;
  readonly uri: string;
  readonly changes: readonly Change[];
  /** Why its body was not looked into. */
  readonly unread: string | null;
  /** SHA-256 of the body as sealed (as stored, and with its codings undone) and as it is now; null where it is the same. */
  readonly digests: { old: string[]; now: string } | null;
  readonly payloadSha256: string | null;
  bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Of the message in it, or the block, as it goes into the copy. */
  body: () => AsyncIterable<Uint8Array>;
}

/**
 * Looks at the record at `offset` and says how it goes into the copy: as it stands, or written anew without what is left out.
 * Throws ArchiveError where it cannot be read.
 */
export async function copyRecord(
  source: RandomAccess,
  offset: number,
  known: Known,
  digests: ReadonlyMap<string, string>,
  item: string,
): Promise<CopiedRecord> {
  const opened = await openRecord(source, offset, item);
  const { record } = opened;
  const editor = new OmittingEditor(known.secrets);
  const searched = (text: string, name: string): string => {
    const count = { places: 0, bytes: 0 };
    const out = known.sent.replaceText(text, count);
    addKnown(editor, editor.where, name, count);
    return out;
  };
  const { body, unread } = await editedBody(opened, known, editor, item);
  const end = await record.finish();
  const head = opened.http && editHead(opened.http, record.type === 'request', editor, searched);
  editor.where = 'field';
  const fields = new Map<string, string>();
  for (const [name, value] of record.fields.list) {
    if (/^(WARC-(Record-ID|Date|Type|Concurrent-To|Warcinfo-ID|.*-Digest)|Content-Length)$/i.test(name))
      continue;
    const by = searched(/-URI$/i.test(name) ? editUrl(value, editor) : value, name);
    if (by !== value) fields.set(name.toLowerCase(), by);
  }
  const refers = digests.get(hexOf(record.fields.get('WARC-Payload-Digest')) ?? '');
  const uri = (fields.get('warc-target-uri') ?? record.uri).replace(/^<(.*)>$/, '$1');
  const again = async function* (): AsyncGenerator<Uint8Array> {
    if (body?.bytes instanceof Uint8Array) yield body.bytes;
    else {
      const from = await openRecord(source, offset, item);
      try {
        yield* body === null ? from.body() : body.bytes(from, new OmittingEditor(known.secrets));
      } finally {
        await from.record.close();
      }
    }
  };
  const common = { opened, end, uri, changes: editor.changes, unread, body: again };
  if (editor.changes.length === 0) {
    const payloadSha256 = hexOf(record.fields.get('WARC-Payload-Digest'));
    return { ...common, digests: null, payloadSha256, bytes: () => chunksOf(source, offset, end) };
  }
  const message = messageHead(head, opened.http, body);
  const payload = body === null ? await measured(again()) : body;
  const hash = createHash('sha256').update(message);
  for await (const piece of again()) hash.update(piece);
  const newDigests = {
    block: hash.digest('hex'),
    payload: record.type === 'revisit' ? (refers ?? null) : payload.sha256,
  };
  const warcHead = warcHeadOf(opened, fields, newDigests, message.byteLength + payload.size);
  const plain = async function* (): AsyncGenerator<Uint8Array> {
    yield warcHead;
    yield message;
    yield* again();
    yield END;
  };
  return {
    ...common,
    digests: body === null ? null : { old: body.old, now: payload.sha256 },
    payloadSha256: payload.sha256,
    bytes: () => (isGzipAt(source, offset) ? storedGzip(plain()) : plain()),
  };
}

const END = Buffer.from('\r\n\r\n');

interface NewBody {
  bytes: Uint8Array | EditedBody['bytes'];
  decoded: boolean;
  size: number;
  sha256: string;
  old: string[];
}

/** Reads the body once: null where nothing in it changes. */
async function editedBody(
  opened: OpenedRecord,
  known: Known,
  editor: OmittingEditor,
  item: string,
): Promise<{ body: NewBody | null; unread: string | null }> {
  if (opened.record.contentLength === 0) return { body: null, unread: null };
  const request = opened.record.type === 'request';
  const withheld = (): { body: NewBody; unread: null } => {
    const bytes = withheldBody(opened, editor);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { body: { bytes, decoded: true, size: bytes.byteLength, sha256, old: [] }, unread: null };
  };
  // Compressed in a coding that is not read here; the same body stands unpacked in its own record.
  if (opened.record.uri.startsWith('urn:sent:')) return withheld();
  const edit = bodyEdit(opened, known, item);
  if (typeof edit === 'string')
    return edit === 'unreadable' ? withheld() : { body: null, unread: edit === '' ? null : edit };
  const stored = createHash('sha256');
  const plain = createHash('sha256');
  const read: OpenedRecord = { ...opened, body: () => tapped(opened.body(), stored) };
  try {
    const now = await measured(edit.bytes(read, editor, plain));
    if (editor.changes.length === 0) return { body: null, unread: null };
    return {
      body: {
        bytes: edit.bytes,
        decoded: edit.decoded,
        ...now,
        old: [stored.digest('hex'), plain.digest('hex')],
      },
      unread: null,
    };
  } catch (error) {
    editor.clear();
    // What was sent does not go out unread.
    if (request || opened.record.uri.startsWith('urn:websocket:')) return withheld();
    return { body: null, unread: `${reasonOf(error)}.` };
  }
}

/** The head of the message, with the length and coding of the new body. */
function messageHead(head: HeadLines | null, was: HeadLines | null, body: NewBody | null): Uint8Array {
  if (head === null || was === null) return new Uint8Array(0);
  if (body === null) return headBytesOf(head);
  const coded = body.decoded && fieldsOf(was).get('content-encoding') !== null;
  const headers = head.headers.map((header) => {
    const lower = header.name.toLowerCase();
    if (lower === 'content-length') return line(header.name, String(body.size));
    if ((coded && lower === 'content-encoding') || lower === 'transfer-encoding')
      return line(`x-orig-${lower}`, header.value);
    return header;
  });
  return headBytesOf({ start: head.start, headers });
}

function line(name: string, value: string): HeadLines['headers'][number] {
  return { name, value, raw: `${name}: ${value}\r\n` };
}

/** The record's own head, its fields in their order, as it was but for what changed. */
function warcHeadOf(
  { record }: OpenedRecord,
  fields: ReadonlyMap<string, string>,
  digests: { block: string; payload: string | null },
  length: number,
): Uint8Array {
  const lines = record.fields.list.map(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === 'content-length') return `${name}: ${length}`;
    if (lower === 'warc-block-digest') return `${name}: sha256:${digests.block}`;
    if (lower === 'warc-payload-digest' && digests.payload !== null)
      return `${name}: sha256:${digests.payload}`;
    return `${name}: ${fields.get(lower) ?? value}`;
  });
  return Buffer.from(['WARC/1.1', ...lines, '', ''].join('\r\n'));
}

function hexOf(digest: string | null): string | null {
  return /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1] ?? null;
}
