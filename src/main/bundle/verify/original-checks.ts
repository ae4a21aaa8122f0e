import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { RandomAccess } from '../../archive/bytes.ts';
import { chunksOf, fileSource } from '../../archive/random-access.ts';
import { METHOD } from '../../archive/redact/omission-log.ts';
import { OMISSIONS } from '../../archive/redact/redact.ts';
import { openWacz } from '../../archive/wacz/reader.ts';
import { omissionsSchema } from '../../../shared/domain/omissions.ts';
import type { Capture } from '../../../shared/domain/capture.ts';
import { makeWorkingCopy } from '../copies/working-copy.ts';
import { archiveNames, captureFolder } from '../layout.ts';
import { reasonOf, type VerifyContext } from './context.ts';

/**
 * Compares sealed archives that came another way with the bundle: each is the one that an entry shown here seals, and where the
 * bundle has a working copy of it, the copy is made again and must be the same, byte for byte. That is the proof that nothing
 * but the listed omissions differs.
 */
export async function checkOriginals(
  context: VerifyContext,
  captures: readonly Capture[],
  originals: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const path of originals) {
    const item = `original ${basename(path)}`;
    try {
      const original = fileSource(path);
      try {
        await checkOriginal(context, captures, original, item, signal);
      } finally {
        original.close();
      }
    } catch (error) {
      signal?.throwIfAborted();
      context.fail(item, `It cannot be compared: ${reasonOf(error)}.`);
    }
  }
}

async function checkOriginal(
  context: VerifyContext,
  captures: readonly Capture[],
  original: RandomAccess,
  item: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  for (const piece of chunksOf(original)) hash.update(piece);
  const sha256 = hash.digest('hex');
  const capture = captures.find((one) => one.sha256 === sha256 && one.sizeBytes === original.size);
  if (!capture) {
    context.fail(item, 'No entry shown here seals this archive.');
    return;
  }
  const exhibit = `exhibit ${capture.exhibit}`;
  const path = `data/${captureFolder(capture)}/${archiveNames.redacted}`;
  const file = context.tree.files.find((one) => one.path === path);
  if (!file) {
    context.pass(item, `It is the archive that was sealed as ${exhibit}.`);
    return;
  }
  const copy = file.open();
  try {
    if (await sameCopy(original, copy, signal))
      context.pass(
        item,
        `It is the archive that was sealed as ${exhibit}, and the copy here made again from it is the same, byte for byte: nothing differs but the listed omissions.`,
      );
    else context.fail(item, `The copy of ${exhibit} here is not the one that is made from it.`);
  } finally {
    copy.close();
  }
}

async function sameCopy(
  original: RandomAccess,
  copy: RandomAccess,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const said = await (await openWacz(copy)).bytes(OMISSIONS);
  const { method, software } = omissionsSchema.parse(JSON.parse(Buffer.from(said).toString('utf8')));
  if (method !== METHOD)
    throw new Error(`the copy was made with the method ${method}, and this program has ${METHOD}`);
  const folder = mkdtempSync(join(tmpdir(), 'constat-again-'));
  try {
    const again = await makeWorkingCopy(original, folder, { software, ...(signal ? { signal } : {}) });
    try {
      return sameBytes(again.source, copy);
    } finally {
      again.discard();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sameBytes(a: RandomAccess, b: RandomAccess): boolean {
  if (a.size !== b.size) return false;
  const step = 1024 * 1024;
  for (let at = 0; at < a.size; at += step) {
    const length = Math.min(step, a.size - at);
    if (Buffer.compare(a.read(at, length), b.read(at, length)) !== 0) return false;
  }
  return true;
}
