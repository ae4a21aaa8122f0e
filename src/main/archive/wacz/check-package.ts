import { createHash } from 'node:crypto';
import {
  DATAPACKAGE,
  DATAPACKAGE_DIGEST,
  type Datapackage,
  datapackageSchema,
  digestFileSchema,
  MAX_TEXT,
  PAGES,
  parseJson,
  parsePages,
  WACZ_VERSION,
} from './datapackage.ts';
import type { ZipArchive } from './zip-archive.ts';
import { signatureProblem } from './signature.ts';
import type { CheckContext } from './check.ts';

/** Reads every file of the package to its end: CRC-32, and the SHA-256 that the package description is compared with. */
export async function checkEntries(archive: ZipArchive, context: CheckContext): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { name } of archive.entries) {
    const hash = createHash('sha256');
    try {
      for await (const chunk of archive.stream(name)) {
        hash.update(chunk);
        context.progress(name, chunk.byteLength);
      }
    } catch (error) {
      context.fail(name, error);
      // What could be read of it is not what it was: no digest, so nothing can be said to match.
      digests.set(name, '');
      continue;
    }
    digests.set(name, hash.digest('hex'));
  }
  return digests;
}

/** Compares datapackage.json with what is there: every file listed, once, with its size and digest, and none missing. */
export async function checkDatapackage(
  archive: ZipArchive,
  digests: ReadonlyMap<string, string>,
  context: CheckContext,
): Promise<Datapackage | null> {
  let datapackage: Datapackage;
  try {
    datapackage = parseJson(datapackageSchema, await text(archive, DATAPACKAGE), DATAPACKAGE);
  } catch (error) {
    context.fail(DATAPACKAGE, error);
    return null;
  }
  if (!context.foreign && datapackage.wacz_version !== WACZ_VERSION)
    context.report(DATAPACKAGE, 'its wacz_version is not 1.1.1');
  const listed = new Set<string>([DATAPACKAGE, DATAPACKAGE_DIGEST]);
  const names = new Set<string>();
  for (const { name, path, hash, bytes } of datapackage.resources) {
    if (listed.has(path)) context.report(path, `${DATAPACKAGE} lists it more than once`);
    if (names.has(name)) context.report(path, `${DATAPACKAGE} has its name ${JSON.stringify(name)} twice`);
    listed.add(path);
    names.add(name);
    const digest = digests.get(path);
    if (digest === undefined) {
      context.report(path, `${DATAPACKAGE} lists it, but it is not there`);
    } else if (archive.entry(path).size !== bytes) {
      context.report(path, `its size is not the one in ${DATAPACKAGE}`);
    } else if (digest !== '' && hash !== `sha256:${digest}`) {
      if (!context.foreign || hash.startsWith('sha256:'))
        context.report(path, `its SHA-256 is not the one in ${DATAPACKAGE}`);
    }
  }
  for (const { name } of archive.entries) {
    if (!listed.has(name)) context.report(name, `${DATAPACKAGE} does not list it`);
  }
  return datapackage;
}

/** Compares datapackage-digest.json with datapackage.json, and checks its signature where it has one. */
export async function checkDigestFile(
  archive: ZipArchive,
  digests: ReadonlyMap<string, string>,
  datapackage: Datapackage | null,
  context: CheckContext,
): Promise<void> {
  if (!archive.has(DATAPACKAGE_DIGEST)) {
    if (!context.foreign) context.report(DATAPACKAGE_DIGEST, 'it is not in the archive');
    return;
  }
  try {
    const file = parseJson(digestFileSchema, await text(archive, DATAPACKAGE_DIGEST), DATAPACKAGE_DIGEST);
    if (file.hash !== `sha256:${digests.get(DATAPACKAGE) ?? ''}`) {
      context.report(DATAPACKAGE, `its SHA-256 is not the one in ${DATAPACKAGE_DIGEST}`);
    }
    const signed = file.signedData;
    if (signed === undefined) return;
    if (signed.hash !== file.hash) context.report(DATAPACKAGE_DIGEST, 'what was signed is another digest');
    if (datapackage !== null && signed.created !== datapackage.created) {
      context.report(DATAPACKAGE_DIGEST, `the time that was signed is not the one in ${DATAPACKAGE}`);
    }
    const problem = signatureProblem(signed, context.foreign);
    if (problem !== null) context.report(DATAPACKAGE_DIGEST, problem);
  } catch (error) {
    context.fail(DATAPACKAGE_DIGEST, error);
  }
}

/** Reads pages.jsonl row by row. */
export async function checkPages(archive: ZipArchive, context: CheckContext): Promise<void> {
  try {
    for (const [at, page] of parsePages(await text(archive, PAGES), PAGES).entries()) {
      if (Number.isNaN(Date.parse(page.ts)))
        context.report(`${PAGES}, line ${at + 2}`, 'its time is not readable');
    }
  } catch (error) {
    context.fail(PAGES, error);
  }
}

async function text(archive: ZipArchive, path: string): Promise<string> {
  return new TextDecoder().decode(await archive.bytes(path, MAX_TEXT));
}
