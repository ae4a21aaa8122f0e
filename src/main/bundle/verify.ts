import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Checkpoint, CustodyEvent, Verification } from '../../shared/domain/custody.ts';
import { ConstatError } from '../../shared/problems.ts';
import { openFolderTree } from './bagit/folder-tree.ts';
import type { Tree } from './bagit/tree.ts';
import { openZipTree } from './bagit/zip-tree.ts';
import { places } from './layout.ts';
import { checkBag } from './verify/bag-checks.ts';
import { checkCaptures } from './verify/capture-checks.ts';
import { checkActors, checkCase, checkNothingElse, checkReport } from './verify/content-checks.ts';
import { reasonOf, VerifyContext } from './verify/context.ts';
import { checkKeys, checkSignature } from './verify/key-checks.ts';
import { checkDetails, checkEvents, checkHead, checkShown, type CheckedHead } from './verify/log-checks.ts';
import { checkOriginals } from './verify/original-checks.ts';
import { checkOperators } from './verify/operator-checks.ts';

export interface VerifyOptions {
  onProgress?: (progress: { done: number; total: number; item: string }) => void;
  signal?: AbortSignal;
  /** Sealed archives that came another way, by path: each is compared with the exhibit it belongs to. */
  originals?: readonly string[];
}

/**
 * Checks a bundle, folder or zip, with nothing but the bundle: no case, no key of ours, no browser, no network; a zip is read
 * in place. Everything is recomputed, and one changed bit anywhere is a failed check that names the item. The bundle is taken
 * for hostile (threat T10). That the key is the operator's is for a person to ask over another channel; the result names it.
 * Throws BUNDLE_NOT_FOUND, BUNDLE_UNREADABLE, and the signal's reason.
 */
export async function verifyBundle(path: string, options: VerifyOptions = {}): Promise<Verification> {
  const startedAt = new Date().toISOString();
  const { tree, notes } = await openTree(path);
  try {
    const archives = tree.files.filter(({ path: name }) => /\/archive(-redacted)?\.wacz$/.test(name));
    const sizes = [...tree.files, ...archives].map(({ size }) => size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let done = 0;
    const context = new VerifyContext(tree, (item, bytes) => {
      done = Math.min(done + bytes, total);
      options.onProgress?.({ done, total, item });
    });
    for (const note of notes) context.warn('zip', note);
    const { title, events, captures, head, signer } = await checkAll(context, options).catch(
      (error: unknown): Found => {
        options.signal?.throwIfAborted();
        context.fail('bundle', `It could not be checked to the end: ${reasonOf(error)}.`);
        return { title: null, events: [], captures: 0, head: null, signer: null };
      },
    );
    options.onProgress?.({ done: total, total, item: basename(path) });
    return {
      ok: context.failures === 0,
      subject: title ?? basename(path),
      startedAt,
      finishedAt: new Date().toISOString(),
      checks: context.checks,
      signers: [
        ...new Set([...(signer === null ? [] : [signer]), ...events.map((event) => event.leaf.operator)]),
      ],
      counts: { captures, events: events.length, bytes: tree.files.reduce((sum, { size }) => sum + size, 0) },
      checkpoint: head && checkpointOf(head, events),
    };
  } finally {
    tree.close();
  }
}

interface Found {
  title: string | null;
  events: CustodyEvent[];
  captures: number;
  head: CheckedHead | null;
  signer: string | null;
}

async function checkAll(context: VerifyContext, { signal, originals = [] }: VerifyOptions): Promise<Found> {
  const bag = await checkBag(context, signal);
  const key = checkKeys(context);
  if (key) checkSignature(context, key);
  const head = key && checkHead(context, key);
  const events = checkDetails(context, checkEvents(context, head));
  checkShown(context, events, head);
  if (key) checkOperators(context, events, key);
  const title = checkCase(context, events);
  checkActors(context, events);
  const captures = await checkCaptures(context, events, bag);
  await checkOriginals(context, captures, originals, signal);
  checkReport(context, captures);
  for (const path of [places.guide, places.signature]) context.file(path);
  checkNothingElse(context);
  return { title, events, captures: captures.length, head, signer: key?.fingerprint ?? null };
}

/** A bundle does not say when its head was signed; it was not before the last entry that is shown. */
function checkpointOf({ size, root, note }: CheckedHead, events: readonly CustodyEvent[]): Checkpoint | null {
  const signedAt = events.at(-1)?.leaf.time;
  return signedAt === undefined ? null : { size, root: Buffer.from(root).toString('hex'), note, signedAt };
}

async function openTree(path: string): Promise<{ tree: Tree; notes: string[] }> {
  const absolute = resolve(path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (!found) throw new ConstatError('BUNDLE_NOT_FOUND', { path });
  let tree: Tree;
  let notes: string[] = [];
  try {
    if (found.isDirectory()) tree = openFolderTree(absolute);
    else {
      const zip = await openZipTree(absolute);
      tree = zip;
      if (zip.repacked)
        notes = ['Another program packed this zip again; what its files hold is checked all the same.'];
    }
  } catch (error) {
    throw new ConstatError('BUNDLE_UNREADABLE', { path, reason: reasonOf(error) }, { cause: error });
  }
  if (tree.files.some(({ path: name }) => name === 'bagit.txt' || name.startsWith('data/')))
    return { tree, notes };
  tree.close();
  throw new ConstatError('BUNDLE_UNREADABLE', {
    path,
    reason: 'it holds neither bagit.txt nor a folder data',
  });
}
