import { createHash } from 'node:crypto';
import type { RandomAccess } from '../archive/bytes.ts';
import { chunksOf } from '../archive/random-access.ts';
import { canonicalJson } from '../custody/canonical.ts';
import type { CustodyLog } from '../custody/log.ts';
import type { OperatorKey } from '../custody/operator-key.ts';
import type { BundleRequest } from '../../shared/domain/bundle.ts';
import type { Capture } from '../../shared/domain/capture.ts';
import type { CaseInfo } from '../../shared/domain/case.ts';
import type { Checkpoint, CustodyEvent } from '../../shared/domain/custody.ts';
import { omissionsSchema, type Omissions } from '../../shared/domain/omissions.ts';
import { provenanceSchema, type Provenance } from '../../shared/domain/provenance.ts';
import { ConstatError } from '../../shared/problems.ts';
import { softwareName } from '../../shared/software.ts';
import { artefactsOf } from './artefacts.ts';
import type { BagInfo } from './bagit/tag-file.ts';
import type { BagWriter, WrittenFile } from './bagit/writer.ts';
import type { Contents } from './contents.ts';
import { type Scrub, scrubbedCapture, withholdDetails } from './copies/withhold.ts';
import { makeWorkingCopy } from './copies/working-copy.ts';
import { verifyGuide } from './guide/guide.ts';
import { keyFiles } from './keys.ts';
import { archiveNames, captureFolder, places, prettyJson, sealedDetail } from './layout.ts';
import { logFiles } from './log-files.ts';
import { scaledPicture } from './picture.ts';
import type { Exhibit, ExhibitFile } from './report/input.ts';
import { renderReport } from './report/report.ts';

/** A sealed archive as the case gives it. */
export interface SealedBytes extends RandomAccess {
  stream(): Iterable<Uint8Array>;
}

export interface ContentsInput {
  caseInfo: CaseInfo;
  log: CustodyLog;
  key: OperatorKey;
  operatorName: string;
  request: BundleRequest;
  contents: Contents;
  head: Checkpoint;
  now: Date;
  capturesInCase: number;
  wacz: (id: string) => SealedBytes;
  /** Which captures go as working copies, and where those are made before they are written. */
  copies: {
    redacted: ReadonlySet<string>;
    folder: string;
    signal?: AbortSignal;
    onRead: (bytes: number, item: string) => void;
  };
}

/** A working copy that was written, as the log names it. */
export type WrittenCopy = { capture: string; sha256: string; size: number };

/**
 * Writes everything of a bundle but the signature, in a fixed order: the captures, then the log, then what was made of both,
 * the report last, because it says that the others were checked. Throws EVIDENCE_DAMAGED naming the exhibit or entry.
 */
export async function writeContents(
  bag: BagWriter,
  input: ContentsInput,
): Promise<{ tagManifest: Uint8Array; written: WrittenFile; copies: WrittenCopy[] }> {
  const { log, key, caseInfo, operatorName, request, head, now } = input;
  const exhibits: Exhibit[] = [];
  const scrubs = new Map<string, Scrub>();
  const copies: WrittenCopy[] = [];
  for (const capture of input.contents.captures) {
    if (!input.copies.redacted.has(capture.id)) exhibits.push(await writeSealed(bag, capture, input));
    else {
      const { exhibit, scrub, written } = await writeCopy(bag, capture, input);
      exhibits.push(exhibit);
      scrubs.set(capture.id, scrub);
      copies.push({ capture: capture.id, ...written });
    }
  }
  const contents = { ...input.contents, events: withholdDetails(input.contents.events, scrubs) };
  for (const [path, text] of logFiles(log, contents.events, head)) await bag.payload(path, Buffer.from(text));
  await bag.payload(places.caseInfo, Buffer.from(prettyJson(caseInfo)));
  const { actors, links } = contents;
  await bag.payload(places.actors, Buffer.from(prettyJson({ actors, links })));
  const report = renderReport({
    language: request.language,
    exportedAt: now.toISOString(),
    software: softwareName,
    operator: { name: operatorName, fingerprint: key.fingerprint },
    recipient: request.recipient,
    purpose: request.purpose,
    capturesInCase: input.capturesInCase,
    origin: log.origin,
    vkey: log.vkey,
    checkpoint: head,
    events: contents.events,
    caseInfo,
    exhibits,
    actors,
    links,
  });
  await bag.payload(places.report, Buffer.from(report));
  for (const [path, text] of keyFiles(key, log.vkey)) await bag.tag(path, Buffer.from(text));
  await bag.tag(places.guide, Buffer.from(verifyGuide(request.language, softwareName, key.fingerprint)));
  return { ...(await bag.finish(bagInfo(input))), copies };
}

async function writeSealed(
  bag: BagWriter,
  capture: Capture,
  { contents, wacz }: ContentsInput,
): Promise<Exhibit> {
  const item = `exhibit ${capture.exhibit}`;
  checkRow(capture, contents.events, item);
  const source = wacz(capture.id);
  const name = archiveNames.sealed;
  const bytes = sealed(source, capture, `${item}, ${name}`);
  const { size, sha256 } = await bag.payload(`${captureFolder(capture)}/${name}`, bytes);
  return writeBeside(bag, capture, source, { kind: 'archive', name, size, sha256 });
}

/** Makes the working copy, compares the original with its seal on the way, and writes the copy and what stands beside it. */
async function writeCopy(
  bag: BagWriter,
  capture: Capture,
  { contents, wacz, copies: { folder, signal, onRead } }: ContentsInput,
): Promise<{ exhibit: Exhibit; scrub: Scrub; written: { sha256: string; size: number } }> {
  const item = `exhibit ${capture.exhibit}`;
  checkRow(capture, contents.events, item);
  const copy = await makeWorkingCopy(wacz(capture.id), folder, {
    onProgress: (bytes) => onRead(bytes, item),
    ...(signal ? { signal } : {}),
  });
  try {
    const { original, scrub, source } = copy;
    if (original.sha256 !== capture.sha256 || original.size !== capture.sizeBytes)
      throw damaged(`${item}, ${archiveNames.sealed}`, 'its bytes are not those that were sealed');
    const name = archiveNames.redacted;
    const written = await bag.payload(`${captureFolder(capture)}/${name}`, chunksOf(source));
    const { size, sha256 } = written;
    const shown = scrubbedCapture(capture, scrub);
    const exhibit = await writeBeside(bag, shown, source, { kind: 'copy', name, size, sha256 });
    return { exhibit, scrub, written: { sha256, size } };
  } finally {
    copy.discard();
  }
}

/** What stands beside an archive: the row, the account, the pictures and texts. */
async function writeBeside(
  bag: BagWriter,
  capture: Capture,
  source: RandomAccess,
  archive: ExhibitFile,
): Promise<Exhibit> {
  const item = `exhibit ${capture.exhibit}`;
  const folder = captureFolder(capture);
  const files: ExhibitFile[] = [archive];
  await bag.payload(`${folder}/capture.json`, Buffer.from(prettyJson(capture)));
  let picture: string | null = null;
  let provenance: Provenance | null = null;
  let omissions: Omissions | null = null;
  for await (const { kind, name, bytes } of artefactsOf(source)) {
    const { size, sha256 } = await bag.payload(`${folder}/${name}`, bytes);
    files.push({ kind, name, size, sha256 });
    if (kind === 'screenshot') picture ??= await scaledPicture(bytes);
    if (name === 'provenance.json') provenance = readProvenance(bytes, item);
    if (kind === 'omissions')
      omissions = omissionsSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  }
  if (!provenance) throw damaged(item, 'it has no provenance');
  return { capture, provenance, folder, files, picture, omissions };
}

/** The row of the case says what the log says, or nothing is written. */
function checkRow(capture: Capture, events: readonly CustodyEvent[], item: string): void {
  const event = events.find(({ leaf }) => leaf.type === 'item.sealed' && leaf.subject.id === capture.id);
  const { detail, leaf } = event ?? {};
  if (!detail || !leaf) throw damaged(item, 'the log has no entry of its sealing');
  const same =
    canonicalJson(sealedDetail(capture, detail['jobId'])) === canonicalJson(detail) &&
    leaf.seq === capture.sealedSeq &&
    leaf.evidence?.sha256 === capture.sha256 &&
    leaf.evidence.size === capture.sizeBytes;
  if (!same) throw damaged(item, 'what the case says of it is not what the log says');
}

/** Passes the bytes on and, at their end, compares them with the seal: one reading for both. */
function* sealed(source: SealedBytes, { sha256, sizeBytes }: Capture, item: string): Generator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  for (const piece of source.stream()) {
    hash.update(piece);
    size += piece.length;
    yield piece;
  }
  if (size !== sizeBytes || hash.digest('hex') !== sha256)
    throw damaged(item, 'its bytes are not those that were sealed');
}

function readProvenance(bytes: Uint8Array, item: string): Provenance {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return provenanceSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ConstatError(
      'EVIDENCE_DAMAGED',
      { item, reason: 'its provenance cannot be read' },
      { cause: error },
    );
  }
}

function bagInfo({ caseInfo, operatorName, request, contents, copies, now }: ContentsInput): BagInfo {
  return [
    ['Bag-Software-Agent', softwareName],
    ['Bagging-Date', now.toISOString().slice(0, 10)],
    ['External-Identifier', caseInfo.id],
    ['External-Description', caseInfo.title],
    ...optional('Internal-Sender-Identifier', caseInfo.reference),
    ['Contact-Name', operatorName],
    ['Constat-Captures', String(contents.captures.length)],
    ...(copies.redacted.size === 0
      ? []
      : [['Constat-Redacted-Copies', String(copies.redacted.size)] satisfies [string, string]]),
    ...optional('Constat-Recipient', request.recipient),
    ...optional('Constat-Purpose', request.purpose),
  ];
}

function optional(label: string, value: string): BagInfo {
  return value === '' ? [] : [[label, value]];
}

function damaged(item: string, reason: string): ConstatError {
  return new ConstatError('EVIDENCE_DAMAGED', { item, reason });
}
