import { createHash } from 'node:crypto';
import type { RandomAccess } from '../bytes.ts';
import { type CdxEntry, cdxTimestamp } from '../cdx/line.ts';
import { surt } from '../cdx/surt.ts';
import { reasonOf } from '../errors.ts';
import { isGzipAt } from '../gzip.ts';
import { chunksOf } from '../random-access.ts';
import { DigestCheck } from '../warc/digest.ts';
import { holdsHttp, readHttpMessage } from '../warc/http-message.ts';
import { readRecordAt, recordItem, type WarcRecord } from '../warc/reader.ts';
import type { CheckContext } from './check.ts';

/** How many places are tried for the next record behind a damaged one. */
const MAX_TRIES = 1000;
const INDEXED = ['response', 'resource', 'revisit', 'metadata'];

/**
 * Reads every record of a WARC file and recomputes all that is said about it: lengths, block and payload digests, the index
 * line's offset, length, time, status and digests (`lines` null: there is no index to compare with). A damaged record is named and the next one looked for. Returns how many
 * records could be read.
 */
export async function checkWarc(
  source: RandomAccess,
  file: string,
  lines: readonly CdxEntry[] | null,
  context: CheckContext,
): Promise<number> {
  const byOffset = Map.groupBy(lines ?? [], (line) => line.offset);
  const ids = new Set<string>();
  let records = 0;
  for (let offset = 0, number = 1; offset < source.size; number += 1) {
    const at = byOffset.get(offset) ?? [];
    byOffset.delete(offset);
    let item = `${file}, record ${number}${at[0] === undefined ? '' : `: ${at[0].url}`}`;
    const report = (reason: string): void => context.report(item, reason);
    let record: WarcRecord | null = null;
    try {
      record = await readRecordAt(source, offset, item);
      item = recordItem(file, number, record);
      if (ids.has(record.id)) report('its WARC-Record-ID is there twice');
      ids.add(record.id);
      if (number === 1 && record.type !== 'warcinfo' && !context.foreign)
        report('the first record is not warcinfo');
      const status = await checkContent(record, item, context);
      const end = await record.finish();
      if (lines !== null) checkLines(record, at, { status, source, end }, context, report);
      offset = end;
      records += 1;
    } catch (error) {
      report(reasonOf(error));
      await record?.close();
      offset = await nextRecord(source, offset);
    }
  }
  for (const [offset, orphans] of byOffset) {
    for (const { url } of orphans)
      context.report(`index line of ${url}`, `no record starts at byte ${offset} of ${file}`);
  }
  return records;
}

/** Recomputes block and payload digest. Returns the HTTP status, where there is one. */
async function checkContent(record: WarcRecord, item: string, context: CheckContext): Promise<number | null> {
  const block = new DigestCheck(record.fields.get('WARC-Block-Digest'));
  const payload = new DigestCheck(record.fields.get('WARC-Payload-Digest'));
  if (!context.foreign && record.fields.get('WARC-Block-Digest') === null)
    context.report(item, 'it has no block digest');
  const payloadKnown = !holdsHttp(record) || /^https?:/i.test(record.uri);
  if (!context.foreign && payloadKnown && record.fields.get('WARC-Payload-Digest') === null) {
    context.report(item, 'it has no payload digest');
  }
  let status: number | null = null;
  const whole = tapped(record, block);
  if (holdsHttp(record) && record.contentLength > 0) {
    const message = await readHttpMessage(whole, item);
    status = message.status;
    for await (const chunk of message.body()) payload.update(chunk);
  } else {
    for await (const chunk of whole.block()) payload.update(chunk);
  }
  const damaged = block.problem();
  if (damaged !== null) context.report(item, `its block digest ${damaged}`);
  const changed = record.type === 'revisit' ? null : payload.problem();
  if (changed !== null) context.report(item, `its payload digest ${changed}`);
  return status;
}

/** The same record; what is read of its block goes to the digest too. */
function tapped(record: WarcRecord, digest: DigestCheck): WarcRecord {
  async function* block(): AsyncGenerator<Uint8Array> {
    for await (const chunk of record.block()) {
      digest.update(chunk);
      yield chunk;
    }
  }
  return { ...record, block };
}

function checkLines(
  record: WarcRecord,
  lines: readonly CdxEntry[],
  found: { status: number | null; source: RandomAccess; end: number },
  context: CheckContext,
  report: (reason: string) => void,
): void {
  const fieldsOnly = record.type === 'metadata' && record.contentType.startsWith('application/warc-fields');
  const indexed = INDEXED.includes(record.type) && !fieldsOnly;
  if (indexed && lines.length === 0 && !context.foreign) report('the index has no line for it');
  if (!indexed && lines.length > 0) report('the index has a line for it, which it should not');
  if (lines.length > 1) report('the index has more than one line for it');
  const payload = record.fields.get('WARC-Payload-Digest');
  for (const line of lines) {
    if (line.url !== record.uri) report(`the index line names another address: ${line.url}`);
    if (line.offset + line.length !== found.end) report('the index line gives another length');
    if (!cdxTimestamp(record.date).startsWith(line.timestamp)) report('the index line gives another time');
    if (line.digest !== undefined && payload !== null && !payload.endsWith(line.digest))
      report('the index line gives another digest');
    if (found.status !== null && line.status !== undefined && Number(line.status) !== found.status) {
      report('the index line gives another status');
    }
    if (!context.foreign && line.method === undefined && line.key !== surt(line.url))
      report('the index line has another key');
    if (
      line.recordDigest !== undefined &&
      line.recordDigest !== `sha256:${hashRange(found.source, record.offset, found.end)}`
    ) {
      report('its bytes do not match the record digest of the index');
    }
  }
}

function hashRange(source: RandomAccess, start: number, end: number): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(source, start, end)) hash.update(chunk);
  return hash.digest('hex');
}

/** Where the next readable record starts behind a damaged one; the end of the file where there is none. */
async function nextRecord(source: RandomAccess, damaged: number): Promise<number> {
  const step = 64 * 1024;
  let tries = 0;
  for (let start = damaged + 1; start < source.size; start += step) {
    // Two bytes more, so that a start across the seam is seen.
    const chunk = Buffer.from(source.read(start, Math.min(step + 2, source.size - start)));
    for (let at = chunk.indexOf(GZIP); at >= 0; at = chunk.indexOf(GZIP, at + 1)) {
      tries += 1;
      if (tries > MAX_TRIES) return source.size;
      if (isGzipAt(source, start + at) && (await startsRecord(source, start + at))) return start + at;
    }
  }
  return source.size;
}

const GZIP = Buffer.from([0x1f, 0x8b, 8]);

async function startsRecord(source: RandomAccess, offset: number): Promise<boolean> {
  try {
    const record = await readRecordAt(source, offset, '');
    await record.close();
    return true;
  } catch {
    return false;
  }
}
