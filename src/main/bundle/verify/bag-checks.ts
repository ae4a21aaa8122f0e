import { validateBag, type BagReport } from '../bagit/validate.ts';
import { places } from '../layout.ts';
import type { VerifyContext } from './context.ts';

const tagFiles = [
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'manifest-sha512.txt',
  places.tagManifest,
];

/**
 * Holds the bag to what Constat writes, which is stricter than BagIt: version 1.0, both manifests, every file beside `data/`
 * in the tag manifest but its signature, no empty folder, and no warning. Gives what was computed on the way.
 */
export async function checkBag(context: VerifyContext, signal: AbortSignal | undefined): Promise<BagReport> {
  const report = await validateBag(context.tree, {
    onBytes: (path, bytes) => context.progress(path, bytes),
    ...(signal ? { signal } : {}),
  });
  for (const { item, message } of report.findings) context.fail(item, message);
  for (const path of context.tree.emptyFolders) context.fail(path, 'It is a folder with nothing in it.');
  for (const path of tagFiles) context.file(path);
  if (report.declaration && report.declaration.version !== '1.0')
    context.fail('bagit.txt', 'A bundle is BagIt 1.0.');
  for (const path of report.unlistedTagFiles) {
    if (path !== places.signature) context.fail(path, `It is not listed in ${places.tagManifest}.`);
  }
  if (context.failures === 0) {
    context.pass(
      'files',
      `${report.digests.size} files have the SHA-256 and SHA-512 of the manifests; none is missing.`,
    );
  }
  return report;
}
