import { ArchiveError } from '../errors.ts';
import { recordItem } from '../warc/reader.ts';
import type { ZipArchive } from '../wacz/zip-archive.ts';
import { editSentBody, noteAnswer } from './body-fields.ts';
import { codingsOf, undone } from './coding.ts';
import { notingEditor } from './editor.ts';
import { editUrl, editUrlsIn } from './form-fields.ts';
import { noteHeader } from './header-values.ts';
import { fieldsOf, type HeadLines } from './http-head.ts';
import { editJson } from './json-fields.ts';
import { editPasswordInputs } from './markup-fields.ts';
import { kindOfBody, LARGEST_READ } from './media.ts';
import { isSecretField, isSecretHeader } from './names.ts';
import { linesOf, openRecord, wholeOf, type OpenedRecord } from './open-record.ts';
import { Secrets } from './secrets.ts';
import { noteSocketLine } from './socket-messages.ts';

/** A first passage over an archive: which values in it are credentials, wherever they will be found again. Throws ArchiveError. */
export async function surveySecrets(
  archive: ZipArchive,
  progress: (bytes: number) => void,
): Promise<Secrets> {
  const secrets = new Secrets();
  const editor = notingEditor(secrets);
  for (const file of archive.warcs) {
    const source = archive.stored(file);
    for (let offset = 0, number = 1; offset < source.size; number += 1) {
      const opened = await openRecord(source, offset, `${file}, record ${number}`);
      const item = recordItem(file, number, opened.record);
      await noteRecord(opened, secrets, item);
      const end = await opened.record.finish();
      progress(end - offset);
      offset = end;
    }
  }
  for (const { name, size } of archive.entries) {
    if (!/^(pages|evidence)\/.+\.jsonl?$/.test(name) || size > LARGEST_READ * 8) continue;
    const text = Buffer.from(await archive.bytes(name, size)).toString('latin1');
    editJson(text, editor, { isSecret: () => false, within: (inner) => editUrlsIn(inner, editor) });
  }
  return secrets;
}

async function noteRecord(
  { record, http, body }: OpenedRecord,
  secrets: Secrets,
  item: string,
): Promise<void> {
  const editor = notingEditor(secrets);
  editUrl(record.uri, editor);
  if (http !== null) noteHead(http, record.type === 'request', secrets);
  const headers = http === null ? null : fieldsOf(http);
  const contentType = headers === null ? record.contentType : (headers.get('content-type') ?? '');
  const kind = kindOfBody(contentType, record.uri);
  if (kind === 'socket') {
    try {
      for await (const line of linesOf(body(), LARGEST_READ * 2, item)) noteSocketLine(line, editor);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      // A message too long to be read: the second passage leaves the whole log out.
    }
    return;
  }
  if (record.type !== 'request' && kind !== 'json' && kind !== 'html') return;
  const codings = headers === null ? [] : codingsOf(headers);
  if (codings === null) return;
  const text = await textOf(undone(body(), codings, item));
  if (text === null) return;
  if (record.type === 'request') editSentBody(text, contentType, editor);
  else if (kind === 'html') editPasswordInputs(text, editor);
  else if (http !== null) noteAnswer(text, editor);
  else editJson(text, editor, { isSecret: isSecretField, within: (inner) => editUrlsIn(inner, editor) });
}

function noteHead({ start, headers }: HeadLines, isRequest: boolean, secrets: Secrets): void {
  const editor = notingEditor(secrets);
  if (isRequest) editUrl(start.split(' ')[1] ?? '', editor);
  for (const { name, value } of headers) {
    if (isSecretHeader(name)) noteHeader(name, value, secrets);
    else editUrlsIn(value, editor);
  }
}

/** Null where it is too long or cannot be unpacked: the second passage says so in the list. */
async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string | null> {
  try {
    return (await wholeOf(pieces, LARGEST_READ))?.toString('latin1') ?? null;
  } catch {
    return null;
  }
}
