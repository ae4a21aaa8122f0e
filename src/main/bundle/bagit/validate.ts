import { createHash, type Hash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { manifestAlgorithm, readManifest, type DigestName, type ManifestEntry } from './manifest.ts';
import { collisionKey, escapeFault, portabilityFault } from './paths.ts';
import {
  decodeTagFile,
  readBagInfo,
  readDeclaration,
  type BagDeclaration,
  type BagInfo,
} from './tag-file.ts';
import { piecesOf, wholeOf, type Tree, type TreeFile } from './tree.ts';

/** Something a bag should not have. An error makes it invalid; a warning is for a person to judge. */
export interface BagFinding {
  level: 'error' | 'warning';
  /** The file it is about. */
  item: string;
  message: string;
}

export interface BagReport {
  declaration: BagDeclaration | null;
  info: BagInfo;
  findings: BagFinding[];
  /** Every digest that was computed, by path and algorithm. */
  digests: Map<string, Map<DigestName, string>>;
  /** Files beside `data/` that no tag manifest lists; the tag manifests themselves are not among them. */
  unlistedTagFiles: string[];
}

export interface ValidateOptions {
  /** Called as bytes are hashed. */
  onBytes?(path: string, bytes: number): void;
  signal?: AbortSignal;
}

const maxTagFile = 64 * 1024 * 1024;
const systemFiles = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

interface Manifest {
  name: string;
  tag: boolean;
  algorithm: DigestName;
  entries: ManifestEntry[];
}

/**
 * Checks a bag by RFC 8493 section 3: the declaration, every manifest against every file both ways, every digest, the
 * Payload-Oxum, and paths that would lead outside. Streams; each file is read once. Finds and reports, never throws for
 * what a bag holds. Versions 0.93 to 1.0 are read; 1.0 strictly.
 */
export async function validateBag(tree: Tree, options: ValidateOptions = {}): Promise<BagReport> {
  const report: BagReport = {
    declaration: null,
    info: [],
    findings: [],
    digests: new Map(),
    unlistedTagFiles: [],
  };
  for (const { item, message } of tree.faults) find(report, 'error', item, message);
  judgeNames(report, tree);
  const declaration = declarationOf(tree);
  if (typeof declaration === 'string') {
    find(report, 'error', 'bagit.txt', `It cannot be used: ${declaration}.`);
    return report;
  }
  report.declaration = declaration;
  const manifests = readManifests(report, tree, declaration);
  readFetch(report, tree, declaration);
  const expected = compareLists(report, tree, manifests, declaration.version);
  await compareDigests(report, tree, expected, options);
  readInfo(report, tree, declaration);
  return report;
}

function find(report: BagReport, level: BagFinding['level'], item: string, message: string): void {
  report.findings.push({ level, item, message });
}

function judgeNames(report: BagReport, tree: Tree): void {
  const taken = new Map<string, string>();
  for (const { path } of tree.files) {
    const escape = escapeFault(path);
    const fault = escape ?? portabilityFault(path);
    if (fault !== null)
      find(
        report,
        escape === null ? 'warning' : 'error',
        path,
        `Its name cannot be used everywhere: ${fault}.`,
      );
    const key = collisionKey(path);
    const other = taken.get(key);
    if (other === path) find(report, 'error', path, 'It is in the bag more than once.');
    else if (other !== undefined)
      find(report, 'warning', path, `Some systems take it for the same file as “${other}”.`);
    taken.set(key, path);
  }
}

function declarationOf(tree: Tree): BagDeclaration | string {
  const file = tree.files.find(({ path }) => path === 'bagit.txt');
  if (!file) return 'the bag has none';
  try {
    return readDeclaration(wholeOf(file, 1024));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function textOf(report: BagReport, file: TreeFile, declaration: BagDeclaration): string | null {
  try {
    const text = decodeTagFile(wholeOf(file, maxTagFile), declaration.encoding);
    if (text === null)
      find(report, 'error', file.path, `It is not ${declaration.encoding.toUpperCase()} text.`);
    return text;
  } catch (error) {
    find(
      report,
      'error',
      file.path,
      `It cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
    return null;
  }
}

function readManifests(report: BagReport, tree: Tree, declaration: BagDeclaration): Manifest[] {
  const manifests: Manifest[] = [];
  for (const file of tree.files) {
    const kind = manifestAlgorithm(file.path);
    if (!kind) continue;
    if (kind.known === null) {
      find(report, 'error', file.path, `The algorithm ${kind.algorithm} is not known here.`);
      continue;
    }
    const text = textOf(report, file, declaration);
    if (text === null) continue;
    const { entries, errors, warnings } = readManifest(text, kind.known, declaration.version);
    for (const message of errors) find(report, 'error', file.path, `In it, ${message}.`);
    for (const message of warnings) find(report, 'warning', file.path, `In it, ${message}.`);
    const inside = entries.filter(({ path }) => {
      const fault =
        escapeFault(path) ??
        (path.startsWith('data/') === kind.tag
          ? `a ${kind.tag ? 'tag' : 'payload'} manifest does not list it`
          : null);
      if (fault !== null) find(report, 'error', file.path, `It lists “${path}”: ${fault}.`);
      return fault === null;
    });
    manifests.push({ name: file.path, tag: kind.tag, algorithm: kind.known, entries: inside });
  }
  if (!manifests.some(({ tag }) => !tag))
    find(report, 'error', 'manifest', 'The bag has no manifest of its payload.');
  return manifests;
}

/** Nothing is ever fetched: a `fetch.txt` is a warning, and what it names must be there all the same. */
function readFetch(report: BagReport, tree: Tree, declaration: BagDeclaration): void {
  const file = tree.files.find(({ path }) => path === 'fetch.txt');
  if (!file) return;
  find(report, 'warning', 'fetch.txt', 'It asks for files from the network. Nothing was fetched.');
  const text = textOf(report, file, declaration);
  for (const line of text?.split(/\r\n|\r|\n/) ?? []) {
    if (line === '') continue;
    const path = /^\S+[ \t]+(?:\d+|-)[ \t]+(.+)$/.exec(line)?.[1];
    const fault = path === undefined ? 'the line cannot be understood' : escapeFault(path);
    if (fault !== null) find(report, 'error', 'fetch.txt', `It names “${path ?? line}”: ${fault}.`);
  }
}

/** What each file must hash to, after lists and files were compared both ways. */
type Expected = Map<string, { algorithm: DigestName; digest: string; by: string }[]>;

function compareLists(report: BagReport, tree: Tree, manifests: Manifest[], version: string): Expected {
  const present = new Set(tree.files.map(({ path }) => path));
  const alike = new Map(tree.files.map(({ path }) => [collisionKey(path), path]));
  const expected: Expected = new Map();
  const listed = new Map(manifests.map((manifest) => [manifest, new Set<string>()]));
  for (const manifest of manifests) {
    for (const { path, digest } of manifest.entries) {
      const stored = present.has(path) ? path : version === '1.0' ? undefined : alike.get(collisionKey(path));
      if (stored === undefined) {
        const system = version !== '1.0' && systemFiles.has(path.split('/').at(-1) ?? '');
        find(
          report,
          system ? 'warning' : 'error',
          path,
          `It is listed in ${manifest.name} and is not there.`,
        );
        continue;
      }
      if (stored !== path)
        find(
          report,
          'warning',
          path,
          `It is there as “${stored}”, written otherwise than in ${manifest.name}.`,
        );
      listed.get(manifest)?.add(stored);
      expected.set(stored, [
        ...(expected.get(stored) ?? []),
        { algorithm: manifest.algorithm, digest, by: manifest.name },
      ]);
    }
  }
  const payload = manifests.filter(({ tag }) => !tag);
  for (const { path } of tree.files) {
    if (!path.startsWith('data/')) continue;
    const lacking = payload.filter((manifest) => !listed.get(manifest)?.has(path));
    const unlisted = version === '1.0' ? lacking.length > 0 : lacking.length === payload.length;
    if (unlisted)
      find(
        report,
        'error',
        path,
        `It is not listed in ${lacking.map(({ name }) => name).join(', ') || 'any manifest'}.`,
      );
    if (systemFiles.has(path.split('/').at(-1) ?? ''))
      find(report, 'warning', path, 'An operating system left it there.');
  }
  report.unlistedTagFiles = tree.files
    .map(({ path }) => path)
    .filter(
      (path) => !path.startsWith('data/') && !expected.has(path) && manifestAlgorithm(path)?.tag !== true,
    );
  return expected;
}

async function compareDigests(
  report: BagReport,
  tree: Tree,
  expected: Expected,
  options: ValidateOptions,
): Promise<void> {
  for (const file of tree.files) {
    const wanted = expected.get(file.path);
    if (!wanted) continue;
    const digests = await digestsOf(file, new Set(wanted.map(({ algorithm }) => algorithm)), options).catch(
      (error: unknown) => {
        if (options.signal?.aborted) throw error;
        find(
          report,
          'error',
          file.path,
          `It could not be read (${error instanceof Error ? error.message : String(error)}).`,
        );
      },
    );
    if (!digests) continue;
    report.digests.set(file.path, digests);
    for (const { algorithm, digest, by } of wanted) {
      if (digests.get(algorithm) !== digest)
        find(report, 'error', file.path, `Its ${algorithm} digest is not the one in ${by}.`);
    }
  }
}

async function digestsOf(
  file: TreeFile,
  algorithms: Set<DigestName>,
  options: ValidateOptions,
): Promise<Map<DigestName, string>> {
  const hashes = new Map<DigestName, Hash>([...algorithms].map((name) => [name, createHash(name)]));
  const opened = file.open();
  try {
    for (const piece of piecesOf(opened)) {
      for (const hash of hashes.values()) hash.update(piece);
      options.onBytes?.(file.path, piece.length);
      await breathe();
      options.signal?.throwIfAborted();
    }
  } finally {
    opened.close();
  }
  return new Map([...hashes].map(([name, hash]) => [name, hash.digest('hex')]));
}

function readInfo(report: BagReport, tree: Tree, declaration: BagDeclaration): void {
  const file = tree.files.find(({ path }) => path === 'bag-info.txt');
  const text = file ? textOf(report, file, declaration) : null;
  if (text === null) return;
  report.info = readBagInfo(text);
  const oxum = report.info.find(([label]) => label.toLowerCase() === 'payload-oxum')?.[1];
  if (oxum === undefined) return;
  const payload = tree.files.filter(({ path }) => path.startsWith('data/'));
  const bytes = payload.reduce((sum, { size }) => sum + size, 0);
  if (oxum !== `${bytes}.${payload.length}`) {
    const level = declaration.version === '1.0' ? 'error' : 'warning';
    find(
      report,
      level,
      'bag-info.txt',
      `Its Payload-Oxum is ${oxum}; the payload has ${bytes} bytes in ${payload.length} files.`,
    );
  }
}
