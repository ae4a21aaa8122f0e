import { createHash } from 'node:crypto';
import { softwareName } from '../../../shared/software.ts';
import type { ByteSink, RandomAccess } from '../bytes.ts';
import type { CdxEntry } from '../cdx/line.ts';
import { chunksOf } from '../random-access.ts';
import {
  DATAPACKAGE,
  DATAPACKAGE_DIGEST,
  type Datapackage,
  datapackageSchema,
  MAX_TEXT,
  parseJson,
} from '../wacz/datapackage.ts';
import { readIndex } from '../wacz/index-reader.ts';
import { ZipArchive } from '../wacz/zip-archive.ts';
import { readZipDirectory } from '../zip/reader.ts';
import { type WrittenEntry, ZipWriter } from '../zip/writer.ts';
import type { Known } from './edit-body.ts';
import { editFile } from './edit-file.ts';
import { OmittingEditor } from './editor.ts';
import { editUrlsIn } from './form-fields.ts';
import { OmissionLog } from './omission-log.ts';
import { rewriteIndex } from './rewrite-index.ts';
import { rewriteWarc, type WrittenWarc } from './rewrite-warc.ts';
import { surveySecrets } from './survey.ts';

/** Names of the two files in which a copy gives its account. */
export const OMISSIONS = 'evidence/omissions.json';
export const SEALED_RECORDS = 'evidence/sealed-records.jsonl';

export interface RedactOptions {
  /** As the list of omissions names it; what made a copy that is made again. */
  software?: string;
  /** Bytes read since the last call; the archive is read three times. */
  onProgress?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** What the making of a copy leaves to know. */
export interface Redacted {
  readonly original: { sha256: string; size: number };
  /** Takes the same out of a text beside the archive. */
  readonly scrub: (text: string) => string;
}

/**
 * Makes the working copy of a sealed WACZ: every record byte for byte, but without cookies, authorisation, passwords and
 * tokens, and with the list of what was left out. The same archive gives the same bytes on any machine. Memory does not grow
 * with the archive, but with its largest text. Throws ArchiveError where the archive is not sound enough to be read.
 */
export async function redactWacz(
  source: RandomAccess,
  sink: ByteSink,
  options: RedactOptions = {},
): Promise<Redacted> {
  const progress = (bytes: number): void => {
    options.signal?.throwIfAborted();
    options.onProgress?.(bytes);
  };
  const original = { sha256: hashOf(source, progress), size: source.size };
  const archive = new ZipArchive(source, await readZipDirectory(source));
  const described = parseJson(datapackageSchema, await textOf(archive, DATAPACKAGE), DATAPACKAGE);
  const secrets = await surveySecrets(archive, progress);
  const known: Known = { secrets, sent: secrets.matcher(false), anywhere: secrets.matcher(true) };
  const log = new OmissionLog();
  const zip = new ZipWriter(sink, new Date(described.created ?? 0));
  const digests = new Map<string, string>();
  const written: WrittenEntry[] = [];
  const warcs = new Map<string, WrittenWarc>();
  for (const file of archive.warcs) {
    const entry = zip.open(file);
    warcs.set(file, await rewriteWarc(archive.stored(file), file, known, digests, entry, log, progress));
    written.push(entry.close());
  }
  const scrub = (text: string): string => known.sent.replaceText(text, { places: 0, bytes: 0 });
  const warcOf = (line: CdxEntry): WrittenWarc | undefined => warcs.get(`archive/${line.filename}`);
  const sent = new Map([...warcs.values()].flatMap((warc) => [...warc.sent]));
  const index = rewriteIndex(
    await readIndex(archive),
    (line) => warcOf(line)?.places.get(line.offset),
    (id) => sent.get(id),
    scrub,
  );
  for (const [path, bytes] of index) written.push(zip.add(path, bytes));
  for (const { name, size } of archive.entries) {
    if (/^(archive|indexes)\//.test(name) || name === DATAPACKAGE || name === DATAPACKAGE_DIGEST) continue;
    if (name === OMISSIONS || name === SEALED_RECORDS) continue;
    const edited =
      size > MAX_TEXT ? null : editFile(name, await archive.bytes(name, MAX_TEXT), known, digests);
    if (edited === null) {
      log.notLookedInto(name, null, 'It is no text.');
      const entry = zip.open(name);
      for await (const piece of archive.stream(name)) entry.write(piece);
      written.push(entry.close());
    } else {
      log.changed(name, null, edited.changes);
      written.push(zip.add(name, edited.bytes));
    }
  }
  const account = log.files(options.software ?? softwareName, original);
  written.push(zip.add(OMISSIONS, account.omissions), zip.add(SEALED_RECORDS, account.records));
  finishPackage(zip, described, written, scrub, original.sha256);
  return { original, scrub: (text) => scrub(editUrlsIn(text, new OmittingEditor(secrets))) };
}

/** Description and digest of the package; a signature over the sealed one would not fit, so there is none. */
function finishPackage(
  zip: ZipWriter,
  described: Datapackage,
  written: readonly WrittenEntry[],
  scrub: (text: string) => string,
  sha256: string,
): void {
  const said = Object.fromEntries(
    Object.entries(described)
      .filter(([name]) => name !== 'resources')
      .map(([name, value]) => [name, typeof value === 'string' ? scrub(value) : value]),
  );
  const datapackage = {
    ...said,
    description: `A working copy of the sealed archive with SHA-256 ${sha256}, without credentials. What was left out is listed in ${OMISSIONS}.`,
    resources: written.map((entry) => ({
      name: entry.path.slice(entry.path.lastIndexOf('/') + 1).toLowerCase(),
      path: entry.path,
      hash: `sha256:${entry.sha256}`,
      bytes: entry.size,
    })),
  };
  const { sha256: hash } = zip.add(DATAPACKAGE, jsonBytes(datapackage));
  zip.add(DATAPACKAGE_DIGEST, jsonBytes({ path: DATAPACKAGE, hash: `sha256:${hash}` }));
  zip.finish();
}

function hashOf(source: RandomAccess, progress: (bytes: number) => void): string {
  const hash = createHash('sha256');
  for (const piece of chunksOf(source)) {
    hash.update(piece);
    progress(piece.byteLength);
  }
  return hash.digest('hex');
}

async function textOf(archive: ZipArchive, path: string): Promise<string> {
  return new TextDecoder().decode(await archive.bytes(path, MAX_TEXT));
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, null, 2));
}
