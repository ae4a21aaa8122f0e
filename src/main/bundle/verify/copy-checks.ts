import { createHash } from 'node:crypto';
import type { RandomAccess } from '../../archive/bytes.ts';
import { chunksOf } from '../../archive/random-access.ts';
import { OMISSIONS, SEALED_RECORDS } from '../../archive/redact/redact.ts';
import { openWacz, type WaczReader } from '../../archive/wacz/reader.ts';
import {
  omissionsSchema,
  sealedRecordSchema,
  type Omissions,
  type SealedRecord,
} from '../../../shared/domain/omissions.ts';
import { arrayOfLines } from '../text-lines.ts';

/**
 * What a working copy shows of itself: that its list names the sealed archive, and that it and the list of sealed records are
 * of one piece with the records that are here. Gives the list; `fail` hears what does not fit.
 */
export async function checkCopy(
  source: RandomAccess,
  sealed: { sha256: string; size: number } | null,
  fail: (item: string, message: string) => void,
): Promise<Omissions> {
  const wacz = await openWacz(source);
  const list = omissionsSchema.parse(JSON.parse(await textOf(wacz, OMISSIONS)));
  const { original, omissions, records } = list;
  if (original.sha256 !== sealed?.sha256 || original.size !== sealed.size)
    fail(OMISSIONS, 'It names another original than the archive that was sealed.');
  const lines = arrayOfLines(await textOf(wacz, SEALED_RECORDS)).map((line) =>
    sealedRecordSchema.parse(JSON.parse(line)),
  );
  const changed = new Set(omissions.map(({ record }) => record).filter((record) => record !== null));
  const said = new Map(lines.map((line) => [line.id, line]));
  for (const id of changed)
    if (said.get(id)?.sha256 !== null) fail(OMISSIONS, `It names ${id}, which is not a changed record.`);
  if (said.size !== lines.length) fail(SEALED_RECORDS, 'It names a record twice.');
  const whole = lines.filter(({ sha256 }) => sha256 !== null).length;
  if (records.unchanged !== whole || records.changed !== lines.length - whole)
    fail(OMISSIONS, 'Its count of records is not that of the list of sealed records.');
  await checkRecords(wacz, lines, changed, fail);
  return list;
}

/** Every record here is in the list, in its order; those that are said to be as sealed have that digest, the others are named. */
async function checkRecords(
  wacz: WaczReader,
  lines: readonly SealedRecord[],
  changed: ReadonlySet<string>,
  fail: (item: string, message: string) => void,
): Promise<void> {
  const ends = new Map<string, number>();
  let number = 0;
  for await (const { file, bytes, record } of wacz.placedRecords()) {
    const line = lines[number];
    number += 1;
    if (line === undefined || line.id !== record.id || line.type !== record.type || line.file !== file) {
      fail(`${file}: ${record.id}`, 'It is not in its place in the list of sealed records.');
      return;
    }
    if (line.offset !== (ends.get(file) ?? 0))
      fail(SEALED_RECORDS, `${line.id} does not follow the one before.`);
    ends.set(file, line.offset + line.length);
    if (line.sha256 === null) {
      if (!changed.has(line.id)) fail(OMISSIONS, `It does not say what was left out of ${line.id}.`);
    } else if (line.sha256 !== digestOf(bytes) || line.length !== bytes.size)
      fail(`${file}: ${record.id}`, 'It is not the record that the list says was sealed.');
  }
  if (number !== lines.length) fail(SEALED_RECORDS, 'It names records that are not in the copy.');
}

function digestOf(bytes: RandomAccess): string {
  const hash = createHash('sha256');
  for (const piece of chunksOf(bytes)) hash.update(piece);
  return hash.digest('hex');
}

async function textOf(wacz: WaczReader, path: string): Promise<string> {
  return Buffer.from(await wacz.bytes(path)).toString('utf8');
}
