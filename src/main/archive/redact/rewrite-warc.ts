import { createHash } from 'node:crypto';
import type { RandomAccess } from '../bytes.ts';
import type { EntryWriter } from '../zip/writer.ts';
import type { Known } from './edit-body.ts';
import { fieldsOf } from './http-head.ts';
import type { OmissionLog } from './omission-log.ts';
import type { Placed, Sent } from './rewrite-index.ts';
import { type CopiedRecord, copyRecord } from './rewrite-record.ts';

/** Bytes of what was sent that the key of an index line is made of; as the writer has it. */
const QUERY_BODY = 256 * 1024;

/** What writing the records of one WARC file leaves to know. */
export interface WrittenWarc {
  /** By the offset in the sealed file. */
  places: Map<number, Placed>;
  /** By the identifier of the answer. */
  sent: Map<string, Sent>;
}

/** Writes the records of a WARC file into the copy, one after the other. `digests` grows by those of bodies that changed. */
export async function rewriteWarc(
  source: RandomAccess,
  file: string,
  known: Known,
  digests: Map<string, string>,
  entry: EntryWriter,
  log: OmissionLog,
  progress: (bytes: number) => void,
): Promise<WrittenWarc> {
  const places = new Map<number, Placed>();
  const sent = new Map<string, Sent>();
  for (let offset = 0, number = 1; offset < source.size; number += 1) {
    const item = `${file}, record ${number}`;
    const copied = await copyRecord(source, offset, known, digests, item);
    const { record } = copied.opened;
    const changed = copied.changes.length > 0;
    const start = entry.position;
    const hash = createHash('sha256');
    for await (const piece of copied.bytes()) {
      hash.update(piece);
      entry.write(piece);
    }
    const recordSha256 = hash.digest('hex');
    if (copied.digests !== null) for (const old of copied.digests.old) digests.set(old, copied.digests.now);
    if (changed) log.changed(file, record, copied.changes);
    if (copied.unread !== null) log.notLookedInto(file, record.id, copied.unread);
    const length = copied.end - offset;
    log.record({
      file,
      offset,
      length,
      id: record.id,
      type: record.type,
      sha256: changed ? null : recordSha256,
    });
    places.set(offset, {
      id: record.id,
      uri: copied.uri,
      oldUri: record.uri,
      offset: start,
      length: entry.position - start,
      recordSha256,
      payloadSha256: copied.payloadSha256,
      changed,
    });
    const answer = record.fields.get('WARC-Concurrent-To');
    const method = copied.opened.http?.start.split(' ', 1)[0] ?? 'GET';
    if (
      record.type === 'request' &&
      answer !== null &&
      method !== 'GET' &&
      (changed || copied.uri !== record.uri)
    )
      sent.set(answer, await sentOf(copied, method));
    progress(length);
    offset = copied.end;
  }
  return { places, sent };
}

/** What the copy says was sent, as far as the index reads it. */
async function sentOf({ opened, body }: CopiedRecord, method: string): Promise<Sent> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body()) {
    parts.push(piece.subarray(0, QUERY_BODY - size));
    size += piece.byteLength;
    if (size >= QUERY_BODY) break;
  }
  const headers = opened.http === null ? null : fieldsOf(opened.http);
  const contentType = headers?.get('content-type') ?? '';
  return { method, contentType, body: Buffer.concat(parts) };
}
